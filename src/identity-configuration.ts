/**
 * Reads the settings of the identity provider (SPEC, Settings, AUTH_*; A2, A3).
 */
import { MIN_SECRET_BYTES } from "./adapters/identity/guest-token.ts";
import type { IdentityOptions } from "./adapters/identity/layer.ts";
import { discovered, RemoteKeys } from "./adapters/identity/provider/remote-keys.ts";
import {
  publicKeys,
  secretKeys,
  type VerificationKeys,
} from "./adapters/identity/provider/verification-key.ts";
import { utf8Length, type EnvironmentReader } from "./environment-reader.ts";
import type { ReadFile } from "./redis-settings.ts";
import { parseGrants, WRITE_EVERYWHERE, type Grants } from "./domain/rights.ts";

/** The keys of Identity-Aware Proxy, which signs with its own issuer. */
const IAP_KEYS = new URL("https://www.gstatic.com/iap/verify/public_key-jwk");
const IAP_ISSUER = "https://cloud.google.com/iap";

const httpUrl = (reader: EnvironmentReader, name: string): URL | undefined => {
  const raw = reader.text(name);
  if (raw === undefined) return undefined;
  const url = URL.canParse(raw) ? new URL(raw) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  reader.fault(`${name} must be a URL such as https://accounts.example`);
  return undefined;
};

/** AUTH_DEFAULT_ROOMS may be set and empty: then nothing is granted by default. */
const defaultGrants = (reader: EnvironmentReader): Grants => {
  const raw = reader.raw("AUTH_DEFAULT_ROOMS");
  if (raw === undefined) return WRITE_EVERYWHERE;
  const given = raw
    .split(",")
    .map((grant) => grant.trim())
    .filter((grant) => grant !== "");
  const grants = parseGrants(given);
  if (grants.length !== given.length) {
    reader.fault("AUTH_DEFAULT_ROOMS must be grants such as read:*, write:team-* separated by commas");
  }
  return grants;
};

/** The PEM that is given, or that the named file contains; empty if the file can't be read. */
const pemIn = (given: string, readFile: ReadFile): string => {
  if (given.includes("-----BEGIN")) return given.replaceAll(String.raw`\n`, "\n");
  try {
    return readFile(given);
  } catch {
    return "";
  }
};

const keysOf = (
  reader: EnvironmentReader,
  issuer: URL | undefined,
  jwks: URL | undefined,
  readFile: ReadFile,
): VerificationKeys | undefined => {
  const pem = reader.text("AUTH_PUBLIC_KEY");
  const secret = reader.text("AUTH_SECRET");
  const given = [
    reader.text("AUTH_JWKS_URL") && "AUTH_JWKS_URL",
    pem && "AUTH_PUBLIC_KEY",
    secret && "AUTH_SECRET",
  ].filter((name) => name !== undefined && name !== "");
  if (given.length > 1) reader.fault(`${given.join(" and ")} are set: set one of them at most`);
  if (secret !== undefined) {
    if (utf8Length(secret) < MIN_SECRET_BYTES) {
      reader.fault(`AUTH_SECRET must have ${MIN_SECRET_BYTES} bytes or more`);
    }
    return secretKeys(secret);
  }
  if (pem !== undefined) {
    const keys = publicKeys(pemIn(pem, readFile));
    if (keys === undefined) {
      reader.fault(
        "AUTH_PUBLIC_KEY must be the PEM of a public key: RSA, EC (P-256, P-384, P-521) or Ed25519",
      );
    }
    return keys;
  }
  if (jwks !== undefined) return new RemoteKeys(() => Promise.resolve(jwks));
  return issuer === undefined ? undefined : new RemoteKeys(discovered(reader.text("AUTH_ISSUER") ?? ""));
};

export const readIdentity = (
  reader: EnvironmentReader,
  readFile: ReadFile,
): Omit<IdentityOptions, "secrets"> => {
  const issuer = httpUrl(reader, "AUTH_ISSUER");
  const iapAudience = reader.text("AUTH_IAP_AUDIENCE");
  const jwks = httpUrl(reader, "AUTH_JWKS_URL");
  const keys = keysOf(reader, issuer, jwks, readFile);
  const grants = defaultGrants(reader);
  const claims = {
    nameClaim: reader.text("AUTH_NAME_CLAIM") ?? "name",
    roomsClaim: reader.text("AUTH_ROOMS_CLAIM") ?? "rooms",
    defaultGrants: grants,
  };
  // Behind the proxy, AUTH_JWKS_URL has the proxy's keys.
  const provider =
    keys === undefined || iapAudience !== undefined
      ? undefined
      : { ...claims, keys, issuer: reader.text("AUTH_ISSUER"), audience: reader.text("AUTH_AUDIENCE") };
  const proxyKeys = jwks ?? IAP_KEYS;
  const proxy =
    iapAudience === undefined
      ? undefined
      : {
          ...claims,
          keys: { algorithms: ["ES256"], keyFor: new RemoteKeys(() => Promise.resolve(proxyKeys)).keyFor },
          issuer: IAP_ISSUER,
          audience: iapAudience,
        };
  if (provider === undefined && proxy === undefined && reader.text("AUTH_AUDIENCE") !== undefined) {
    reader.fault("AUTH_AUDIENCE is set, but no keys are: set AUTH_ISSUER or a key as well");
  }
  const guests = reader.text("AUTH_GUESTS");
  if (guests !== undefined && guests !== "on" && guests !== "off") {
    reader.fault(`AUTH_GUESTS must be "on" or "off"`);
  }
  const hasProvider = provider !== undefined || proxy !== undefined;
  if (guests === "off" && !hasProvider) {
    reader.fault("AUTH_GUESTS is off, but there is no identity provider: nobody could sign in");
  }
  return { provider, proxy, defaultGrants: grants, guests: guests === "on" || !hasProvider };
};
