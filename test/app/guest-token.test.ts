/**
 * Tests of guests' tokens: which are accepted, and that they are ordinary JWTs, checked against another
 * implementation.
 */
import { jwtVerify, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, it } from "vitest";
import {
  LASTS_S,
  signGuestToken,
  verifyGuestToken,
  type Secrets,
} from "../../src/adapters/identity/guest-token.ts";
import { parseUserId, parseUserName, type User } from "../../src/domain/user.ts";

const NOW = Date.parse("2026-11-25T12:00:00Z");
const SECRET = "the secret of this deployment, of 32 bytes or more";
const OTHER = "the secret of another deployment, as long as that";
const SECRETS: Secrets = [SECRET];

const user = (): User => {
  const [id, name] = [parseUserId("guest-1"), parseUserName("Ада 日本")];
  if (!id.ok || !name.ok) throw new Error("the example is not a user");
  return { id: id.value, name: name.value };
};
const ADA = user();

const key = (secret: string): Uint8Array => new TextEncoder().encode(secret);

/** A token as another implementation of JWT makes it, with some claims changed. */
const foreign = (claims: Readonly<Record<string, unknown>>, header = { alg: "HS256" }, secret = SECRET) =>
  new SignJWT({
    name: ADA.name,
    sub: ADA.id,
    iss: "gapless",
    aud: "gapless:guest",
    exp: NOW / 1000 + 60,
    ...claims,
  })
    .setProtectedHeader(header)
    .sign(key(secret));

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a guest's token", () => {
  it("[A1] names the same user again until it expires, after 180 days", () => {
    const token = signGuestToken(ADA, SECRETS, NOW);
    expect(verifyGuestToken(token, SECRETS, NOW)).toEqual(ADA);
    expect(verifyGuestToken(token, SECRETS, NOW + LASTS_S * 1000 - 1)).toEqual(ADA);
    expect(verifyGuestToken(token, SECRETS, NOW + LASTS_S * 1000)).toBeUndefined();
  });

  it("[A1] is a JWT that another implementation verifies", async () => {
    const { payload, protectedHeader } = await jwtVerify(signGuestToken(ADA, SECRETS, NOW), key(SECRET), {
      algorithms: ["HS256"],
      issuer: "gapless",
      audience: "gapless:guest",
      currentDate: new Date(NOW),
    });
    expect(protectedHeader).toEqual({ alg: "HS256" });
    expect(payload).toMatchObject({ sub: ADA.id, name: ADA.name, iat: NOW / 1000 });
  });

  it("[A1] is verified when another implementation made it", async () => {
    expect(verifyGuestToken(await foreign({}), SECRETS, NOW)).toEqual(ADA);
  });

  it.each<[string, () => Promise<string> | string]>([
    ["another deployment's secret", () => foreign({}, { alg: "HS256" }, OTHER)],
    ["another algorithm of the same secret", () => foreign({}, { alg: "HS512" })],
    ["no signature", () => new UnsecuredJWT({ sub: ADA.id, iss: "gapless" }).encode()],
    ["another issuer", () => foreign({ iss: "someone" })],
    ["another audience", () => foreign({ aud: "gapless:admin" })],
    ["several audiences", () => foreign({ aud: ["gapless:guest", "other"] })],
    ["no issuer", () => foreign({ iss: undefined })],
    ["no end", () => foreign({ exp: undefined })],
    ["an end in the past", () => foreign({ exp: NOW / 1000 - 1 })],
    ["a beginning in the future", () => foreign({ nbf: NOW / 1000 + 60 })],
    ["no user", () => foreign({ sub: undefined })],
    ["a user that is no id", () => foreign({ sub: "two words" })],
    ["an empty text", () => ""],
    ["no parts", () => "token"],
    ["empty parts", () => ".."],
    ["a fourth part", () => `${signGuestToken(ADA, SECRETS, NOW)}.more`],
    ["a null for its header", () => `${encoded(null)}.${encoded({})}.AAAA`],
  ])("[A1] is refused with %s", async (_, made) => {
    expect(verifyGuestToken(await made(), SECRETS, NOW)).toBeUndefined();
  });

  it("[A1] is refused with a header that names another algorithm, or a critical extension", async () => {
    // Signed by hand with the right secret: another implementation refuses to make such a token.
    const { createHmac } = await import("node:crypto");
    const made = (header: unknown): string => {
      const signed = `${encoded(header)}.${signGuestToken(ADA, SECRETS, NOW).split(".")[1]}`;
      return `${signed}.${createHmac("sha256", SECRET).update(signed).digest("base64url")}`;
    };
    expect(verifyGuestToken(made({ alg: "HS256" }), SECRETS, NOW)).toEqual(ADA);
    for (const header of [
      { alg: "none" },
      { alg: "RS256" },
      {},
      [],
      "HS256",
      { alg: "HS256", crit: ["b64"], b64: false },
    ]) {
      expect(verifyGuestToken(made(header), SECRETS, NOW)).toBeUndefined();
    }
  });

  it("[A1] is refused when any of its characters was changed, also where the bytes stay the same", () => {
    const token = signGuestToken(ADA, SECRETS, NOW);
    for (let at = 0; at < token.length; at += 1) {
      for (const character of ["A", "B", "Q", "-", "=", "."]) {
        if (token[at] === character) continue;
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        expect([changed, verifyGuestToken(changed, SECRETS, NOW)]).toEqual([changed, undefined]);
      }
    }
    expect(verifyGuestToken(`${token}=`, SECRETS, NOW)).toBeUndefined();
  });

  it("[A4] is signed with the first secret, and verified with each", async () => {
    const token = signGuestToken(ADA, [OTHER, SECRET], NOW);
    await expect(jwtVerify(token, key(OTHER), { currentDate: new Date(NOW) })).resolves.toBeDefined();
    const old = signGuestToken(ADA, [SECRET], NOW);
    expect(verifyGuestToken(old, [OTHER, SECRET], NOW)).toEqual(ADA);
    expect(verifyGuestToken(token, [SECRET, OTHER], NOW)).toEqual(ADA);
    expect(verifyGuestToken(old, [OTHER], NOW)).toBeUndefined();
  });

  it("[V2] keeps its user when its name is refused by today's rules", async () => {
    expect(verifyGuestToken(await foreign({ name: "\u3164" }), SECRETS, NOW)).toEqual({
      id: ADA.id,
      name: undefined,
    });
  });
});
