/**
 * A formatted text as a tree of plain data. It has no place for markup: what is shown is made of these kinds and of nothing else.
 */
export type Node =
  | { readonly kind: "text" | "code"; readonly text: string }
  /** `language`: what stands behind the marks that open it; empty where nothing does. */
  | { readonly kind: "codeBlock"; readonly language: string; readonly text: string }
  | { readonly kind: Span; readonly nodes: readonly Node[] }
  | { readonly kind: "link"; readonly href: string; readonly nodes: readonly Node[] }
  | { readonly kind: "numbers"; readonly start: number; readonly nodes: readonly Node[] };

/** What only stands around others. */
export type Span = "strong" | "emphasis" | "struck" | "paragraph" | "quote" | "bullets" | "item";
