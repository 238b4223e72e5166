/**
 * Keys by URL (A2): a set of keys that is fetched when it is first needed, and again for a `kid` that it
 * does not have.
 *
 * Always true:
 * - For all unknown `kid`s together, the set is fetched again at most once in 30 s, failed fetches
 *   included. The first fetch does not count.
 * - While the set can't be had, keys that are known go on.
 * - One fetch is under way at a time, and everybody waits for it.
 */
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import { isRecord } from "../../../log/json.ts";
import { fetchJson } from "./bounded-fetch.ts";
import { ASYMMETRIC, type VerificationKeys } from "./verification-key.ts";

const AGAIN_MS = 30_000;

const isKeySet = (value: unknown): value is JSONWebKeySet =>
  isRecord(value) && Array.isArray(value["keys"]) && value["keys"].every(isRecord);

/** The address of the key set; a function where it has to be discovered first. */
export type KeySetUrl = () => Promise<URL>;

export class RemoteKeys implements VerificationKeys {
  readonly algorithms = ASYMMETRIC;
  readonly #url: KeySetUrl;
  readonly #now: () => number;
  #known: JWTVerifyGetKey | undefined;
  #underWay: Promise<void> | undefined;
  #hasFetched = false;
  #fetchedAgainAt = Number.NEGATIVE_INFINITY;

  constructor(url: KeySetUrl, now: () => number = Date.now) {
    this.#url = url;
    this.#now = now;
  }

  readonly keyFor: JWTVerifyGetKey = async (header, token) => {
    try {
      return await this.#find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.#fetchAgain();
      return this.#find(header, token);
    }
  };

  #find: JWTVerifyGetKey = (header, token) => {
    if (this.#known === undefined) throw new errors.JWKSNoMatchingKey();
    return this.#known(header, token);
  };

  async #fetchAgain(): Promise<void> {
    if (this.#underWay === undefined) {
      if (this.#hasFetched) {
        if (this.#now() - this.#fetchedAgainAt < AGAIN_MS) return;
        this.#fetchedAgainAt = this.#now();
      }
      this.#hasFetched = true;
      this.#underWay = this.#fetch().finally(() => {
        this.#underWay = undefined;
      });
    }
    await this.#underWay;
  }

  async #fetch(): Promise<void> {
    const keys = await fetchJson(await this.#url());
    if (!isKeySet(keys)) throw new Error("the provider's answer is not a set of keys");
    this.#known = createLocalJWKSet(keys);
  }
}

/**
 * Where the provider's keys are, by OpenID Connect discovery. The provider must name itself as this issuer.
 */
export const discovered = (issuer: string): KeySetUrl => {
  const url = new URL(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
  return async () => {
    const found = await fetchJson(url);
    if (!isRecord(found) || found["issuer"] !== issuer || typeof found["jwks_uri"] !== "string") {
      throw new Error(`the discovery document of ${issuer} does not name this issuer and its keys`);
    }
    return new URL(found["jwks_uri"]);
  };
};
