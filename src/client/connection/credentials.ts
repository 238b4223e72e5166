/**
 * The token that a chat sends in its `hello`, and its replacement when the server refuses it (4401).
 *
 * The server gives a guest a token, and the store keeps it. Tabs share the store: if another tab has got a
 * new token meanwhile, this one takes it, so that all tabs stay one user. Without a token, the next `hello`
 * makes a new guest.
 */
import type { Store } from "../platform/store.ts";

/** The name of a guest's token in the store. */
export const TOKEN = "token";

export interface CredentialOptions {
  readonly token: string | undefined;
  readonly refreshToken: (() => Promise<string>) | undefined;
  readonly store: Store;
}

export class Credentials {
  /** Whether a guest's token was refused and given up since the last welcome. */
  wasReplaced = false;
  readonly #options: CredentialOptions;
  readonly #isGuest: boolean;
  #token: string | undefined;

  constructor(options: CredentialOptions) {
    this.#options = options;
    this.#isGuest = options.token === undefined && options.refreshToken === undefined;
    this.#token = options.token ?? (this.#isGuest ? options.store.load().get(TOKEN) : undefined);
  }

  get token(): string | undefined {
    return this.#token;
  }

  /** A welcome brought a token. Returns the value to store, if any. */
  given(token: string): { readonly name: string; readonly value: string } | undefined {
    if (!this.#isGuest || token === this.#token) return undefined;
    this.#token = token;
    return { name: TOKEN, value: token };
  }

  /** The program brings a new token. */
  renew(token: string): void {
    this.#token = token;
  }

  /** Replaces a token that was refused. `failed`: try again later. `none`: there is no other token. */
  async replace(): Promise<"ready" | "failed" | "none"> {
    const { refreshToken, store } = this.#options;
    if (refreshToken !== undefined) {
      try {
        this.#token = await refreshToken();
        return "ready";
      } catch {
        return "failed";
      }
    }
    if (!this.#isGuest || this.#token === undefined) return "none";
    const stored = store.load().get(TOKEN);
    const isOther = stored !== undefined && stored !== this.#token;
    if (!isOther) store.save(TOKEN, undefined);
    this.#token = isOther ? stored : undefined;
    this.wasReplaced = true;
    return "ready";
  }
}
