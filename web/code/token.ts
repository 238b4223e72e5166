/**
 * A token of a program text. The tokens of a text, joined, are the text: no character is lost, and none is
 * added.
 */
export type Kind =
  | "added"
  | "comment"
  | "keyword"
  | "meta"
  | "name"
  | "number"
  | "removed"
  | "string"
  | "type";

export interface Token {
  readonly text: string;
  /** Undefined for text without a colour. */
  readonly kind: Kind | undefined;
}

/** A request to the worker. */
export interface Job {
  readonly language: string;
  readonly text: string;
}

/** What the worker says. There are no tokens for a language that it does not know. */
export type Answer =
  | { readonly type: "ready" }
  | { readonly type: "done"; readonly tokens: readonly Token[] };
