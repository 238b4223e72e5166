/**
 * The token that a chat says hello with, and where the next one comes from when it is refused (4401).
 *
 * A guest's is given by the server and kept in the store, which other tabs share: where another tab has got a new one meanwhile, that is
 * taken, so that all stay one user. Without any, the next hello makes a new guest.
 */
import type { Store } from "../platform/store.ts";

export const TOKEN = "token";

export interface CredentialParts {
  readonly token: string | undefined;
  readonly refreshToken: (() => Promise<string>) | undefined;
  readonly store: Store;
}

export class Credentials {
  /** The token was refused since the last welcome, and a guest's was given up. */
  wasReplaced = false;
  readonly #parts: CredentialParts;
  readonly #isGuest: boolean;
  #token: string | undefined;

  constructor(parts: CredentialParts) {
    this.#parts = parts;
    this.#isGuest = parts.token === undefined && parts.refreshToken === undefined;
    this.#token = parts.token ?? (this.#isGuest ? parts.store.load().get(TOKEN) : undefined);
  }

  get token(): string | undefined {
    return this.#token;
  }

  /** A welcome brought a token: what is to be kept of it. */
  given(token: string): { readonly name: string; readonly value: string } | undefined {
    if (!this.#isGuest || token === this.#token) return undefined;
    this.#token = token;
    return { name: TOKEN, value: token };
  }

  renew(token: string): void {
    this.#token = token;
  }

  /** Puts another token in the place of the one that was refused. */
  async replace(): Promise<"ready" | "failed" | "none"> {
    const { refreshToken, store } = this.#parts;
    if (refreshToken !== undefined) {
      try {
        this.#token = await refreshToken();
        return "ready";
      } catch {
        return "failed";
      }
    }
    if (!this.#isGuest || this.#token === undefined) return "none";
    const kept = store.load().get(TOKEN);
    const isOther = kept !== undefined && kept !== this.#token;
    if (!isOther) store.save(TOKEN, undefined);
    this.#token = isOther ? kept : undefined;
    this.wasReplaced = true;
    return "ready";
  }
}
