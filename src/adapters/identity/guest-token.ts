/**
 * The token of a guest (A1): a JWT under HMAC-SHA-256 with one of the deployment's secrets (A4).
 *
 * Always true:
 * - The algorithm is fixed. A token that names another one is refused, and so is one with critical
 *   extensions.
 * - The first secret signs. All secrets verify, so that a secret can be replaced without a new user for each
 *   guest.
 * - Signatures are compared in constant time, as text: no other encoding of a signature is accepted.
 * - Everything is synchronous: no join waits for the thread pool.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { isRecord, parseJson, type Fields } from "../../log/json.ts";
import { parseUserId, parseUserName, type User, type UserId, type UserName } from "../../domain/user.ts";

const ALGORITHM = "HS256";
export const GUEST_ISSUER = "gapless";
const AUDIENCE = "gapless:guest";
/**
 * The lifetime of a token. A guest who is away for longer becomes a new user. Every `hello` gives a fresh
 * token.
 */
export const LASTS_S = 180 * 24 * 60 * 60;

/** An attacker with a token could find a shorter secret by trying. */
export const MIN_SECRET_BYTES = 32;

/** At least one secret. The first one signs. */
export type Secrets = readonly [string, ...(readonly string[])];

/** The claims of a token that was verified. */
export interface GuestClaims {
  readonly id: UserId;
  /** Undefined if the name does not follow the rules of today (V2). */
  readonly name: UserName | undefined;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const HEADER = encode({ alg: ALGORITHM });

const signature = (signed: string, secret: string): string =>
  createHmac("sha256", secret).update(signed).digest("base64url");

export const signGuestToken = ({ id, name }: User, [secret]: Secrets, nowMs: number): string => {
  const issuedAt = Math.floor(nowMs / 1000);
  const claims = { name, sub: id, iss: GUEST_ISSUER, aud: AUDIENCE, iat: issuedAt, exp: issuedAt + LASTS_S };
  const signed = `${HEADER}.${encode(claims)}`;
  return `${signed}.${signature(signed, secret)}`;
};

const isSignature = (given: Buffer, signed: string, secret: string): boolean => {
  const expected = Buffer.from(signature(signed, secret));
  return given.length === expected.length && timingSafeEqual(given, expected);
};

const decode = (part: string): Fields | undefined => {
  const value = parseJson(Buffer.from(part, "base64url").toString("utf8"));
  return isRecord(value) ? value : undefined;
};

const isForUs = ({ iss, aud, exp, nbf }: Fields, nowMs: number): boolean =>
  iss === GUEST_ISSUER &&
  aud === AUDIENCE &&
  typeof exp === "number" &&
  nowMs < exp * 1000 &&
  (nbf === undefined || (typeof nbf === "number" && nowMs >= nbf * 1000));

/** Undefined if the token was changed, has expired, or is from another deployment. */
export const verifyGuestToken = (token: string, secrets: Secrets, nowMs: number): GuestClaims | undefined => {
  const [header, payload, given, ...rest] = token.split(".");
  if (header === undefined || payload === undefined || given === undefined || rest.length > 0)
    return undefined;
  const signed = `${header}.${payload}`;
  const bytes = Buffer.from(given);
  if (!secrets.some((secret) => isSignature(bytes, signed, secret))) return undefined;
  const fields = decode(header);
  if (fields?.["alg"] !== ALGORITHM || "crit" in fields) return undefined;
  const claims = decode(payload);
  if (claims === undefined || !isForUs(claims, nowMs)) return undefined;
  const id = parseUserId(typeof claims["sub"] === "string" ? claims["sub"] : "");
  const name = parseUserName(typeof claims["name"] === "string" ? claims["name"] : "");
  return id.ok ? { id: id.value, name: name.ok ? name.value : undefined } : undefined;
};
