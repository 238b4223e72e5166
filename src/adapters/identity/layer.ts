/**
 * The port Identity for guests (A1): the first `hello` makes a user, and a signed token identifies the same
 * user later.
 *
 * The token is a JWT, signed by HMAC-SHA-256 with the deployment's secret. A token that was changed, has
 * expired, or was signed with another secret or another algorithm is refused.
 */
import { Clock, Effect, Layer } from "effect";
import { jwtVerify, SignJWT } from "jose";
import { Entropy } from "../../app/ports/entropy.ts";
import { Identity, Unauthenticated } from "../../app/ports/identity.ts";
import { WRITE_EVERYWHERE } from "../../domain/rights.ts";
import { parseUserId, parseUserName, type User, type UserName } from "../../domain/user.ts";

const ALGORITHM = "HS256";
const ISSUER = "gapless";
const AUDIENCE = "gapless:guest";
/**
 * The lifetime of a token. A guest who is away for longer becomes a new user. Every `hello` gives a fresh
 * token.
 */
const LASTS_S = 180 * 24 * 60 * 60;

const REFUSED = new Unauthenticated({
  message: "The token was changed, has expired, or is from another deployment.",
});

export const layerGuests = (secret: string): Layer.Layer<Identity, never, Entropy> =>
  Layer.effect(
    Identity,
    Effect.gen(function* () {
      const entropy = yield* Entropy;
      const key = new TextEncoder().encode(secret);

      const sign = Effect.fnUntraced(function* (user: User) {
        const now = Math.floor((yield* Clock.currentTimeMillis) / 1000);
        return yield* Effect.promise(() =>
          new SignJWT({ name: user.name })
            .setProtectedHeader({ alg: ALGORITHM })
            .setSubject(user.id)
            .setIssuer(ISSUER)
            .setAudience(AUDIENCE)
            .setIssuedAt(now)
            .setExpirationTime(now + LASTS_S)
            .sign(key),
        );
      });

      const verify = Effect.fnUntraced(function* (token: string) {
        const currentDate = new Date(yield* Clock.currentTimeMillis);
        const { payload } = yield* Effect.tryPromise({
          try: () =>
            jwtVerify(token, key, {
              algorithms: [ALGORITHM],
              issuer: ISSUER,
              audience: AUDIENCE,
              currentDate,
            }),
          catch: () => REFUSED,
        });
        const id = parseUserId(payload.sub ?? "");
        const name = parseUserName(typeof payload["name"] === "string" ? payload["name"] : "");
        return id.ok && name.ok ? { id: id.value, name: name.value } : yield* REFUSED;
      });

      const newGuest = (name: UserName): User => {
        const id = parseUserId(entropy.id());
        if (!id.ok) throw new Error("the generated id is not a valid user id");
        return { id: id.value, name };
      };

      return {
        greet: Effect.fnUntraced(function* (name, token) {
          const user = token === undefined ? newGuest(name) : { ...(yield* verify(token)), name };
          return { user, grants: WRITE_EVERYWHERE, token: yield* sign(user), expiresAt: undefined };
        }),
        verify: (token) =>
          Effect.map(verify(token), (user) => ({ user, grants: WRITE_EVERYWHERE, expiresAt: undefined })),
        anonymous: WRITE_EVERYWHERE,
      } satisfies Identity["Service"];
    }),
  );
