/**
 * Identifies callers, as one layer: guests by tokens of this service (A1), and users of an identity
 * provider (A2).
 */
import { Clock, Effect, Layer } from "effect";
import { Entropy } from "../../app/ports/entropy.ts";
import { Identity, Unauthenticated } from "../../app/ports/identity.ts";
import type { Grants } from "../../domain/rights.ts";
import { parseUserId, type User, type UserName } from "../../domain/user.ts";
import { signGuestToken, verifyGuestToken, type Secrets } from "./guest-token.ts";
import { providerIdentity, proxiedIdentity } from "./provider/provider-identity.ts";
import type { ProviderOptions } from "./provider/provider-token.ts";

export type { ProviderOptions } from "./provider/provider-token.ts";

const REFUSED = new Unauthenticated({
  message: "The token was changed, has expired, or is from another deployment.",
});

export interface IdentityOptions {
  readonly secrets: Secrets;
  /** The grants of guests, of readers without a token, and of users whose token bears none (A3). */
  readonly defaultGrants: Grants;
  readonly provider: ProviderOptions | undefined;
  /** Identity-Aware Proxy in front of the service, if there is one. */
  readonly proxy: ProviderOptions | undefined;
  /** Whether guests are allowed beside a provider. Without one they always are. */
  readonly guests: boolean;
}

const guestIdentity = (
  secrets: Secrets,
  grants: Grants,
  entropy: Entropy["Service"],
): Identity["Service"] => {
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
        grants,
        token: signGuestToken(user, secrets, now),
        choosesName: true,
        expiresAt: undefined,
      };
    }),
    verify: Effect.fnUntraced(function* (token) {
      const { id, name } = yield* verify(token, yield* Clock.currentTimeMillis);
      // The name was accepted before the rules became stricter. A hello with another name gives a new
      // token.
      if (name === undefined) return yield* REFUSED;
      return { user: { id, name }, grants, choosesName: true, expiresAt: undefined };
    }),
    anonymous: grants,
    verifyAssertion: undefined,
    guestsAllowed: true,
  };
};

export const layerIdentity = ({
  secrets,
  defaultGrants,
  provider,
  proxy,
  guests,
}: IdentityOptions): Layer.Layer<Identity, never, Entropy> =>
  Layer.effect(
    Identity,
    Effect.map(Entropy, (entropy) => {
      const asGuests = guestIdentity(secrets, defaultGrants, entropy);
      if (proxy !== undefined) return proxiedIdentity(proxy);
      if (provider === undefined) return asGuests;
      return providerIdentity(provider, guests ? asGuests : undefined, defaultGrants);
    }),
  );
