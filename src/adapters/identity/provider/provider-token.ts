/**
 * A token of the identity provider (A2), verified: signature, algorithm, issuer, audience, expiry and
 * subject; and what its claims say of the user (A3).
 */
import { jwtVerify, type JWTPayload } from "jose";
import { parseGrants, type Grants } from "../../../domain/rights.ts";
import { parseUserId, parseUserName, type UserId, type UserName } from "../../../domain/user.ts";
import type { VerificationKeys } from "./verification-key.ts";

const LEEWAY_S = 30;

export interface ProviderOptions {
  readonly keys: VerificationKeys;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  readonly nameClaim: string;
  readonly roomsClaim: string;
  /** The grants of a user whose token bears none. */
  readonly defaultGrants: Grants;
}

export interface ProviderClaims {
  readonly id: UserId;
  /** Undefined where the claim is missing, or V2 refuses it. */
  readonly name: UserName | undefined;
  readonly grants: Grants;
  /** Unix ms. */
  readonly expiresAt: number;
}

/** A claim of another type, or grants that don't parse, give nothing: never more than the provider meant. */
const grantsIn = (payload: JWTPayload, { roomsClaim, defaultGrants }: ProviderOptions): Grants => {
  const claim = payload[roomsClaim];
  if (claim === undefined) return defaultGrants;
  const raw: readonly unknown[] = Array.isArray(claim) ? claim : [];
  return parseGrants(raw.filter((grant) => typeof grant === "string"));
};

const nameIn = (payload: JWTPayload, claim: string): UserName | undefined => {
  const raw = payload[claim];
  const name = typeof raw === "string" ? parseUserName(raw) : undefined;
  return name?.ok === true ? name.value : undefined;
};

/** Rejects where the token is not good. `now`: unix ms. */
export const verifyProviderToken = async (
  token: string,
  options: ProviderOptions,
  now: number,
): Promise<ProviderClaims> => {
  const { keys, issuer, audience, nameClaim } = options;
  const { payload } = await jwtVerify(token, keys.keyFor, {
    algorithms: [...keys.algorithms],
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
    requiredClaims: ["exp", "sub"],
    clockTolerance: LEEWAY_S,
    currentDate: new Date(now),
  });
  const id = parseUserId(typeof payload.sub === "string" ? payload.sub : "");
  if (!id.ok || payload.exp === undefined) throw new Error("the token names no user");
  return {
    id: id.value,
    name: nameIn(payload, nameClaim),
    grants: grantsIn(payload, options),
    expiresAt: payload.exp * 1000,
  };
};
