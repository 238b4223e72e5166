/**
 * The port Identity for guests (A1): the first `hello` makes a user, and a signed token identifies the same
 * user later (`guest-token.ts`).
 */
import { Clock, Effect, Layer } from "effect";
import { Entropy } from "../../app/ports/entropy.ts";
import { Identity, Unauthenticated } from "../../app/ports/identity.ts";
import { WRITE_EVERYWHERE } from "../../domain/rights.ts";
import { parseUserId, type User, type UserName } from "../../domain/user.ts";
import { signGuestToken, verifyGuestToken, type Secrets } from "./guest-token.ts";

const REFUSED = new Unauthenticated({
  message: "The token was changed, has expired, or is from another deployment.",
});

export const layerGuests = (secrets: Secrets): Layer.Layer<Identity, never, Entropy> =>
  Layer.effect(
    Identity,
    Effect.gen(function* () {
      const entropy = yield* Entropy;

      const verify = (token: string, now: number) =>
        Effect.suspend(() => {
          const claims = verifyGuestToken(token, secrets, now);
          return claims === undefined ? Effect.fail(REFUSED) : Effect.succeed(claims);
        });

      const newcomer = (name: UserName): User => {
        const id = parseUserId(entropy.id());
        if (!id.ok) throw new Error("the source of random ids made one that is not a user's id");
        return { id: id.value, name };
      };

      return {
        greet: Effect.fnUntraced(function* (name, token) {
          const now = yield* Clock.currentTimeMillis;
          const user = token === undefined ? newcomer(name) : { id: (yield* verify(token, now)).id, name };
          return {
            user,
            grants: WRITE_EVERYWHERE,
            token: signGuestToken(user, secrets, now),
            expiresAt: undefined,
          };
        }),
        verify: Effect.fnUntraced(function* (token) {
          const { id, name } = yield* verify(token, yield* Clock.currentTimeMillis);
          // The name was accepted before the rules became stricter. A hello with another name gives a new
          // token.
          if (name === undefined) return yield* REFUSED;
          return { user: { id, name }, grants: WRITE_EVERYWHERE, expiresAt: undefined };
        }),
        anonymous: WRITE_EVERYWHERE,
      } satisfies Identity["Service"];
    }),
  );
