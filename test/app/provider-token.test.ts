/**
 * Tokens of an identity provider (A2, A3): which are good, what they say of the user, and every way in
 * which a token can be bad. Each bad one ends in a refusal.
 */
import { createServer, type Server } from "node:http";
import { Effect, Layer, Context, Exit } from "effect";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from "jose";
import { afterEach, describe, expect, it } from "vitest";
import { layerIdentity, type IdentityOptions } from "../../src/adapters/identity/layer.ts";
import { discovered, RemoteKeys } from "../../src/adapters/identity/provider/remote-keys.ts";
import {
  publicKeys,
  secretKeys,
  type VerificationKeys,
} from "../../src/adapters/identity/provider/verification-key.ts";
import { Entropy } from "../../src/app/ports/entropy.ts";
import { Identity } from "../../src/app/ports/identity.ts";
import { mayDo, parseGrants } from "../../src/domain/rights.ts";
import { parseRoomName } from "../../src/domain/room-name.ts";
import { parseUserName, type UserName } from "../../src/domain/user.ts";

const valid = <T>(parsed: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!parsed.ok) throw new Error("the test's own value is not valid");
  return parsed.value;
};

const SECRET = "a secret of thirty-two bytes or more";
const HELLO: UserName = valid(parseUserName("Hello"));
const now = (): number => Math.floor(Date.now() / 1000);

const identityOf = (keys: VerificationKeys, more: Partial<IdentityOptions> = {}): Identity["Service"] => {
  const defaultGrants = parseGrants(["read:*"]);
  const provider = {
    keys,
    issuer: "https://id.example",
    audience: "chat",
    nameClaim: "name",
    roomsClaim: "rooms",
    defaultGrants,
  };
  const options = {
    secrets: [SECRET] as const,
    guests: false,
    proxy: undefined,
    provider,
    defaultGrants,
    ...more,
  };
  let ids = 0;
  const entropy = Layer.succeed(Entropy, { id: () => `guest-${(ids += 1)}`, fraction: () => 0 });
  const built = Layer.build(layerIdentity(options).pipe(Layer.provide(entropy)));
  return Context.get(Effect.runSync(Effect.scoped(built)), Identity);
};

const claims = { sub: "ann", iss: "https://id.example", aud: "chat", name: "Ann" };

const signed = (
  payload: JWTPayload,
  key: Parameters<SignJWT["sign"]>[0] = new TextEncoder().encode(SECRET),
  header: { alg: string; kid?: string } = { alg: "HS256" },
): Promise<string> => new SignJWT({ exp: now() + 60, ...payload }).setProtectedHeader(header).sign(key);

const greet = (identity: Identity["Service"], token: string | undefined) =>
  Effect.runPromiseExit(identity.greet(HELLO, token));

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A provider's HTTP side; `answers` is asked for each request. */
const providerAt = async (answers: (path: string) => unknown) => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    const answer = answers(path);
    response.statusCode = answer === undefined ? 503 : 200;
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer ?? {}));
  });
  servers.push(server);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, requests };
};

describe("[A2] a good token", () => {
  it("names the user, and is given back", async () => {
    const token = await signed(claims);
    const greeted = await Effect.runPromise(identityOf(secretKeys(SECRET)).greet(HELLO, token));
    expect(greeted).toMatchObject({ user: { id: "ann", name: "Ann" }, token, choosesName: false });
    expect(greeted.expiresAt).toBeGreaterThan(Date.now());
  });

  it.each([
    ["missing", {}],
    ["refused by V2", { name: "\u2800" }],
    ["of another type", { name: 5 }],
  ])("whose name is %s has the name of hello, and over HTTP the beginning of the id", async (_, name) => {
    const sub = "auth0|".padEnd(60, "x");
    const token = await signed({ ...claims, name: undefined, sub, ...name });
    const identity = identityOf(secretKeys(SECRET));
    expect((await Effect.runPromise(identity.greet(HELLO, token))).user).toEqual({ id: sub, name: "Hello" });
    expect((await Effect.runPromise(identity.verify(token))).user).toEqual({
      id: sub,
      name: sub.slice(0, 40),
    });
  });

  it.each(["RS256", "PS384", "ES256", "ES384", "EdDSA"])("is verified by a public key: %s", async (alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const keys = publicKeys(await exportSPKI(publicKey));
    if (keys === undefined) throw new Error("the key is refused");
    const token = await signed(claims, privateKey, { alg });
    expect(Exit.isSuccess(await greet(identityOf(keys), token))).toBe(true);
  });

  it("is good for 30 s after its expiry, and from 30 s before it begins", async () => {
    const identity = identityOf(secretKeys(SECRET));
    for (const times of [{ exp: now() - 20 }, { nbf: now() + 20 }]) {
      expect(Exit.isSuccess(await greet(identity, await signed({ ...claims, ...times })))).toBe(true);
    }
  });
});

describe("[A2] a bad token", () => {
  const bad: readonly [string, Readonly<Record<string, unknown>>][] = [
    ["expired", { exp: now() - 40 }],
    ["not good yet", { nbf: now() + 90 }],
    ["of another issuer", { iss: "https://evil.example" }],
    ["without an issuer", { iss: undefined }],
    ["for another audience", { aud: "mail" }],
    ["without a subject", { sub: undefined }],
    ["of an empty subject", { sub: "" }],
    ["of a huge subject", { sub: "x".repeat(129) }],
    ["that claims to be a guest's", { iss: "gapless", aud: "gapless:guest" }],
  ];

  it.each(bad)("%s is refused", async (_, changed) => {
    const identity = identityOf(secretKeys(SECRET));
    expect(Exit.isFailure(await greet(identity, await signed({ ...claims, ...changed })))).toBe(true);
  });

  it("without an expiry is refused", async () => {
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode(SECRET));
    expect(Exit.isFailure(await greet(identityOf(secretKeys(SECRET)), token))).toBe(true);
  });

  it("that is none, garbage, unsigned, or signed with another secret is refused", async () => {
    const identity = identityOf(secretKeys(SECRET));
    const other = new TextEncoder().encode("another secret of thirty-two bytes.");
    const tokens = [
      "",
      "x",
      "a.b.c",
      `${"x".repeat(10_000)}.y.z`,
      new UnsecuredJWT(claims).setExpirationTime("1h").encode(),
      await signed(claims, other),
      `${await signed(claims)}x`,
    ];
    for (const token of tokens) expect(Exit.isFailure(await greet(identity, token))).toBe(true);
  });

  it("whose HMAC is made with the public key is refused", async () => {
    const { publicKey } = await generateKeyPair("RS256", { extractable: true });
    const pem = await exportSPKI(publicKey);
    const keys = publicKeys(pem);
    if (keys === undefined) throw new Error("the key is refused");
    const token = await signed(claims, new TextEncoder().encode(pem));
    expect(Exit.isFailure(await greet(identityOf(keys), token))).toBe(true);
  });
});

describe("[A2] keys by URL", () => {
  const keySet = async (kid: string) => {
    const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid, use: "sig", alg: "ES256" };
    const token = () => signed(claims, privateKey, { alg: "ES256", kid });
    return { jwk, token };
  };

  it("are found by discovery, cached, and fetched again for a new kid", async () => {
    const [one, two] = [await keySet("one"), await keySet("two")];
    const keys = [one.jwk];
    const provider = await providerAt((path) =>
      path === "/keys" ? { keys } : { issuer: provider.url, jwks_uri: `${provider.url}/keys` },
    );
    const identity = identityOf(new RemoteKeys(discovered(provider.url)));
    for (const token of [await one.token(), await one.token()]) {
      expect(Exit.isSuccess(await greet(identity, token))).toBe(true);
    }
    expect(provider.requests.filter((path) => path === "/keys")).toHaveLength(1);
    keys.push(two.jwk);
    expect(Exit.isSuccess(await greet(identity, await two.token()))).toBe(true);
    expect(provider.requests.filter((path) => path === "/keys")).toHaveLength(2);
  });

  it("are fetched again at most once in 30 s for all unknown kids, and known keys go on meanwhile", async () => {
    const [one, two] = [await keySet("one"), await keySet("two")];
    let isDown = false;
    const keys = [one.jwk];
    const provider = await providerAt(() => (isDown ? undefined : { keys }));
    let time = 0;
    const url = new URL(provider.url);
    const remote = new RemoteKeys(
      () => Promise.resolve(url),
      () => time,
    );
    const identity = identityOf(remote);
    expect(Exit.isSuccess(await greet(identity, await one.token()))).toBe(true);
    isDown = true;
    const forged = await Promise.all(["x", "y", "z"].map(async (kid) => (await keySet(kid)).token()));
    for (const token of forged) expect(Exit.isFailure(await greet(identity, token))).toBe(true);
    expect(provider.requests).toHaveLength(2);
    expect(Exit.isSuccess(await greet(identity, await one.token()))).toBe(true);
    isDown = false;
    keys.push(two.jwk);
    time = 29_999;
    expect(Exit.isFailure(await greet(identity, await two.token()))).toBe(true);
    time = 30_000;
    expect(Exit.isSuccess(await greet(identity, await two.token()))).toBe(true);
  });

  it.each<[string, unknown]>([
    ["down", undefined],
    ["no JSON", "<html>"],
    ["no set of keys", { keys: "none" }],
    ["huge", { keys: [], padding: "x".repeat(300_000) }],
  ])("that are %s let nobody in", async (_, answer) => {
    const provider = await providerAt(() => answer);
    const url = new URL(provider.url);
    const identity = identityOf(new RemoteKeys(() => Promise.resolve(url)));
    expect(Exit.isFailure(await greet(identity, await (await keySet("one")).token()))).toBe(true);
  });

  it("of a provider that names another issuer are not used", async () => {
    const one = await keySet("one");
    const provider = await providerAt((path) =>
      path === "/keys"
        ? { keys: [one.jwk] }
        : { issuer: "https://id.example", jwks_uri: `${provider.url}/keys` },
    );
    const identity = identityOf(new RemoteKeys(discovered(provider.url)));
    expect(Exit.isFailure(await greet(identity, await one.token()))).toBe(true);
  });
});

describe("[A2] guests beside a provider", () => {
  it("are off: a hello without a token, and a reader without one, are refused", async () => {
    const identity = identityOf(secretKeys(SECRET));
    expect(Exit.isFailure(await greet(identity, undefined))).toBe(true);
    expect([identity.anonymous, identity.guestsAllowed]).toEqual([undefined, false]);
  });

  it("are on where the setting says so, and their tokens are told from the provider's", async () => {
    const identity = identityOf(secretKeys(SECRET), { guests: true });
    const guest = await Effect.runPromise(identity.greet(HELLO, undefined));
    const again = await Effect.runPromise(identity.greet(HELLO, guest.token));
    expect(again.user).toEqual(guest.user);
    expect(again.grants).toEqual(parseGrants(["read:*"]));
    expect(Exit.isSuccess(await greet(identity, await signed(claims)))).toBe(true);
  });
});

describe("[A3] the rooms claim", () => {
  const tea = valid(parseRoomName("tea"));

  it.each<[string, unknown, readonly boolean[]]>([
    ["is a list of grants", ["write:te*"], [true, true, false]],
    ["is missing: the default holds", undefined, [true, false, false]],
    ["has grants that do not parse", ["admin:*", "read", "moderate:coffee", 5], [false, false, false]],
    ["is empty", [], [false, false, false]],
    ["is of another type", "moderate:*", [false, false, false]],
  ])("%s", async (_, rooms, rights) => {
    const token = await signed({ ...claims, ...(rooms !== undefined && { rooms }) });
    const { grants } = await Effect.runPromise(identityOf(secretKeys(SECRET)).verify(token));
    const actual = (["read", "write", "moderate"] as const).map((right) => mayDo(grants, right, tea));
    expect(actual).toEqual(rights);
  });
});

describe("[A2] behind Identity-Aware Proxy", () => {
  it("the assertion takes the token's place, and does not end the connection", async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
    const keys = publicKeys(await exportSPKI(publicKey));
    if (keys === undefined) throw new Error("the key is refused");
    const proxy = {
      keys: { ...keys, algorithms: ["ES256"] },
      issuer: "https://cloud.google.com/iap",
      audience: "/projects/1",
      nameClaim: "name",
      roomsClaim: "rooms",
      defaultGrants: parseGrants(["write:*"]),
    };
    const identity = identityOf(secretKeys(SECRET), { proxy });
    const { verifyAssertion } = identity;
    if (verifyAssertion === undefined) throw new Error("there is no proxy");
    const assertion = (more: JWTPayload) =>
      signed({ ...claims, iss: "https://cloud.google.com/iap", aud: "/projects/1", ...more }, privateKey, {
        alg: "ES256",
      });
    const verified = await Effect.runPromise(verifyAssertion(await assertion({})));
    expect(verified).toMatchObject({ user: { id: "ann", name: "Ann" }, expiresAt: undefined });
    for (const other of [{ aud: "/projects/2" }, { iss: "https://id.example" }, { exp: now() - 40 }]) {
      expect(Exit.isFailure(await Effect.runPromiseExit(verifyAssertion(await assertion(other))))).toBe(true);
    }
    expect(Exit.isFailure(await greet(identity, await signed(claims)))).toBe(true);
  });
});
