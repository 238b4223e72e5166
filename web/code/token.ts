/**
 * A piece of program text and what it is to its language. A program is its tokens put together again: no character is lost, and none comes in.
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
  /** Undefined for what is not coloured. */
  readonly kind: Kind | undefined;
}

/** What is asked of the worker, and what it answers: nothing for a language that it does not know. */
export interface Job {
  readonly language: string;
  readonly text: string;
}
export type Answer =
  | { readonly type: "ready" }
  | { readonly type: "done"; readonly tokens: readonly Token[] };
