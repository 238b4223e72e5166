/**
 * The port Identity on an identity provider (A2): callers bring its tokens, or Identity-Aware Proxy brings
 * them. Guests come beside it where they are allowed.
 */
import { Clock, Effect } from "effect";
import { Unauthenticated, type Identity, type Verified } from "../../../app/ports/identity.ts";
import type { Grants } from "../../../domain/rights.ts";
import { parseUserName, type UserId, type UserName } from "../../../domain/user.ts";
import { isRecord, parseJson } from "../../../log/json.ts";
import { GUEST_ISSUER } from "../guest-token.ts";
import { verifyProviderToken, type ProviderClaims, type ProviderOptions } from "./provider-token.ts";

const REFUSED = new Unauthenticated({
  message: "The token can't be verified, has expired, or is for somebody else's service.",
});
const NO_GUESTS = new Unauthenticated({ message: "Sign in first: this service has no guests." });

/** The name of a user over HTTP whose token bears none: the beginning of the id. */
const nameFrom = (id: UserId): UserName => {
  const name = parseUserName([...id].slice(0, 40).join(""));
  if (name.ok) return name.value;
  const fallback = parseUserName("user");
  if (!fallback.ok) throw new Error("the fallback for a user's name is refused");
  return fallback.value;
};

/** A guest's token names its issuer; whether it is one, its signature tells. */
const claimsToBeGuest = (token: string): boolean => {
  const payload = parseJson(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
  return isRecord(payload) && payload["iss"] === GUEST_ISSUER;
};

const claimsOf = (token: string, options: ProviderOptions): Effect.Effect<ProviderClaims, Unauthenticated> =>
  Effect.flatMap(Clock.currentTimeMillis, (now) =>
    Effect.tryPromise({ try: () => verifyProviderToken(token, options, now), catch: () => REFUSED }),
  );

const verifiedOf = ({ id, name, grants, expiresAt }: ProviderClaims): Verified => ({
  user: { id, name: name ?? nameFrom(id) },
  grants,
  choosesName: name === undefined,
  expiresAt,
});

/** `guests`: undefined where guests are off. */
export const providerIdentity = (
  options: ProviderOptions,
  guests: Identity["Service"] | undefined,
  defaultGrants: Grants,
): Identity["Service"] => ({
  verify: (token) =>
    guests !== undefined && claimsToBeGuest(token)
      ? guests.verify(token)
      : Effect.map(claimsOf(token, options), verifiedOf),
  greet: (hello, token) => {
    if (token === undefined || claimsToBeGuest(token)) {
      return guests === undefined ? Effect.fail(NO_GUESTS) : guests.greet(hello, token);
    }
    return Effect.map(claimsOf(token, options), (claims) => {
      const verified = verifiedOf(claims);
      return { ...verified, user: { id: claims.id, name: claims.name ?? hello }, token };
    });
  },
  anonymous: guests === undefined ? undefined : defaultGrants,
  verifyAssertion: undefined,
  guestsAllowed: guests !== undefined,
});

/** Behind Identity-Aware Proxy every caller bears its assertion, and nobody needs a token. */
export const proxiedIdentity = (options: ProviderOptions): Identity["Service"] => ({
  verify: () => Effect.fail(REFUSED),
  greet: () => Effect.fail(NO_GUESTS),
  anonymous: undefined,
  // The proxy renews its assertion for each request: a connection outlives the one that it came with.
  verifyAssertion: (assertion) =>
    Effect.map(claimsOf(assertion, options), (claims) => ({ ...verifiedOf(claims), expiresAt: undefined })),
  guestsAllowed: false,
});
