/**
 * The keys that verify a provider's tokens (A2), and the algorithms that each kind of key is for. A token
 * that names another algorithm is refused, so a public key never verifies an HMAC.
 */
import { createPublicKey, type KeyObject } from "node:crypto";
import type { JWTVerifyGetKey } from "jose";

export interface VerificationKeys {
  /** The algorithms that a token's header may name. */
  readonly algorithms: readonly string[];
  /** Finds the key for a token's header. Rejects if there is none, or if keys can't be had. */
  readonly keyFor: JWTVerifyGetKey;
}

const RSA = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];
const EC: Readonly<Record<string, readonly string[]>> = {
  prime256v1: ["ES256"],
  secp384r1: ["ES384"],
  secp521r1: ["ES512"],
};
const ED25519 = ["EdDSA", "Ed25519"];

/** The algorithms of public keys: those of a set of keys by URL. Each key of the set is for its own kind. */
export const ASYMMETRIC: readonly string[] = [...RSA, ...Object.values(EC).flat(), ...ED25519];

export const secretKeys = (secret: string): VerificationKeys => {
  const key = new TextEncoder().encode(secret);
  return { algorithms: ["HS256"], keyFor: () => key };
};

const algorithmsOf = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): readonly string[] => {
  switch (asymmetricKeyType) {
    case "rsa":
      return RSA;
    case "ec":
      return EC[asymmetricKeyDetails?.namedCurve ?? ""] ?? [];
    case "ed25519":
      return ED25519;
    default:
      return [];
  }
};

/** Undefined where the text is not the PEM of a public key (or certificate) of a kind that is supported. */
export const publicKeys = (pem: string): VerificationKeys | undefined => {
  try {
    const key = createPublicKey(pem);
    const algorithms = algorithmsOf(key);
    return algorithms.length === 0 ? undefined : { algorithms, keyFor: () => key };
  } catch {
    return undefined;
  }
};
