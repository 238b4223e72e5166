/**
 * The user of a chat: the name and the token that it sends in each `hello`, and the user that the server's
 * `welcome` returns.
 */
import type { Author } from "../../domain/event.ts";
import type { Welcome } from "../../wire/server-frame.ts";
import { Credentials, type CredentialOptions } from "../connection/credentials.ts";
import type { Request } from "../connection/client-message.ts";

export interface IdentityOptions extends CredentialOptions {
  readonly name: string;
}

/** The effects of a `welcome`. */
export interface Welcomed {
  /**
   * The user, if it is new or has changed. `replaced`: the old token was refused, and this is another guest.
   */
  readonly change: { readonly user: Author; readonly replaced: boolean } | undefined;
  /** A guest's token to keep in the store. */
  readonly saved: { readonly name: string; readonly value: string } | undefined;
}

export class Identity {
  readonly #credentials: Credentials;
  #name: string;
  /** The name to return to if the server refuses a new one. */
  #formerName: string;
  #user: Author | undefined;

  constructor(options: IdentityOptions) {
    this.#credentials = new Credentials(options);
    this.#name = options.name;
    this.#formerName = options.name;
  }

  /** Undefined until the first welcome. */
  get user(): Author | undefined {
    return this.#user;
  }

  hello(): Request {
    return { type: "hello", name: this.#name, token: this.#credentials.token };
  }

  rename(name: string): void {
    this.#formerName = this.#user?.name ?? this.#name;
    this.#name = name;
  }

  renameRefused(): void {
    this.#name = this.#formerName;
  }

  renew(token: string): void {
    this.#credentials.renew(token);
  }

  /** Replaces a token that the server refused. */
  replaceToken(): Promise<"ready" | "failed" | "none"> {
    return this.#credentials.replace();
  }

  welcomed({ user, token }: Welcome): Welcomed {
    const saved = this.#credentials.given(token);
    const isOther = this.#user?.id !== user.id;
    const replaced = this.#credentials.wasReplaced && isOther;
    const isChanged = isOther || this.#user?.name !== user.name;
    this.#credentials.wasReplaced = false;
    this.#user = user;
    return { change: isChanged ? { user, replaced } : undefined, saved };
  }
}
