/**
 * The port Identity for guests with unsigned tokens: `good:<id>` is valid, any other token is refused.
 */
import { Effect } from "effect";
import { Unauthenticated, type Identity } from "../../src/app/ports/identity.ts";
import { WRITE_EVERYWHERE } from "../../src/domain/rights.ts";
import { parseUserId } from "../../src/domain/user.ts";

const PREFIX = "good:";

/** `tokenMs`: the lifetime of a token after its `hello`. Undefined: no limit. */
export const virtualIdentity = (
  newId: () => string,
  now: () => number,
  tokenMs: number | undefined,
): Identity["Service"] => ({
  greet: (name, token) =>
    Effect.suspend(() => {
      const given = token ?? PREFIX + newId();
      const id = parseUserId(given.slice(PREFIX.length));
      if (!given.startsWith(PREFIX) || !id.ok) {
        return Effect.fail(new Unauthenticated({ message: "This token is not valid." }));
      }
      return Effect.succeed({
        user: { id: id.value, name },
        grants: WRITE_EVERYWHERE,
        choosesName: true,
        token: given,
        expiresAt: tokenMs === undefined ? undefined : now() + tokenMs,
      });
    }),
  verify: () => Effect.die("no request comes over HTTP"),
  anonymous: WRITE_EVERYWHERE,
  verifyAssertion: undefined,
  guestsAllowed: true,
});
