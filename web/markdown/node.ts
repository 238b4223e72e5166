/**
 * A formatted text as a tree of plain data. The page shows these kinds and no other, so markup has no place
 * in it.
 */
export type Node =
  | { readonly kind: "text" | "code"; readonly text: string }
  /** `language` is the text behind the opening marks; it may be empty. */
  | { readonly kind: "codeBlock"; readonly language: string; readonly text: string }
  | { readonly kind: Span; readonly nodes: readonly Node[] }
  | { readonly kind: "link"; readonly href: string; readonly nodes: readonly Node[] }
  | { readonly kind: "numbers"; readonly start: number; readonly nodes: readonly Node[] };

/** Kinds that only contain other nodes. */
export type Span = "strong" | "emphasis" | "struck" | "paragraph" | "quote" | "bullets" | "item";
