/**
 * Finds the mentions in a text: `@` and a name. The longest known name that matches is meant, in any case. An
 * unknown name ends with its word. Completion writes a name's spaces as no-break spaces, so that such a name
 * is found whole, known or not.
 */
export interface Piece {
  readonly text: string;
  /** Whom the piece mentions: the user, another person, or nobody. */
  readonly mentions: "me" | "other" | "none";
}

/** Known names, each as `folded` returns it. */
export interface Names {
  readonly has: (name: string) => boolean;
  /** The length of the longest name. */
  readonly longest: number;
}

export const NO_NAMES: Names = { has: () => false, longest: 0 };

/** Not within a word or an address. */
const AT = /(?<![\p{L}\p{N}_@./:])@/gu;
/** A word that may be a name. */
const ANY_NAME = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\u00A0_'’.-]*[\p{L}\p{N}\p{M}])?/uy;
/** The end of a name: no more of its last word follows, nor of a completed mention, nor of an emoji. */
const END = /(?![\p{L}\p{N}\p{M}\p{Emoji_Modifier}\u200D_]|\u00A0[\p{L}\p{N}])/uy;

/**
 * The form in which names are compared: lower case, and one kind of space. Each character becomes one of the
 * same length, so a slice of a folded text is the same slice of the text, folded.
 */
export const folded = (text: string): string =>
  text
    .replaceAll(/[^\S\n]/gu, " ")
    .replaceAll("İ", "i")
    .toLowerCase()
    .replaceAll("ς", "σ");

export const mentionOf = (name: string): string => `@${name.replaceAll(/\s/gu, "\u00A0")}`;

const hasEnded = (text: string, at: number): boolean => {
  END.lastIndex = at;
  return END.test(text);
};

const lengthOfAnyName = (text: string, from: number): number => {
  ANY_NAME.lastIndex = from;
  return ANY_NAME.exec(text)?.[0].length ?? 0;
};

interface Search {
  readonly text: string;
  /** The text and the user's own name, folded. */
  readonly plain: string;
  readonly own: string;
  readonly names: Names;
}

/** The name that begins at an index. Its cost does not depend on the number of known names. */
const nameAt = (
  { text, plain, own, names }: Search,
  from: number,
): { readonly to: number; readonly mentions: "me" | "other" } | undefined => {
  const last = Math.min(text.length, from + Math.max(own.length, names.longest));
  for (let to = last; to > from; to -= 1) {
    const name = plain.slice(from, to);
    const mentions = name === own ? "me" : names.has(name) ? "other" : undefined;
    if (mentions !== undefined && hasEnded(text, to)) return { to, mentions };
  }
  const length = lengthOfAnyName(text, from);
  return length > 0 ? { to: from + length, mentions: "other" } : undefined;
};

export const piecesOf = (text: string, own: string, names: Names): readonly Piece[] => {
  if (!text.includes("@")) return [{ text, mentions: "none" }];
  const pieces: Piece[] = [];
  const search = { text, plain: folded(text), own: folded(own), names };
  let from = 0;
  for (const { index } of text.matchAll(AT)) {
    const name = index < from ? undefined : nameAt(search, index + 1);
    if (name === undefined) continue;
    if (index > from) pieces.push({ text: text.slice(from, index), mentions: "none" });
    pieces.push({ text: text.slice(index, name.to), mentions: name.mentions });
    from = name.to;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), mentions: "none" });
  return pieces;
};

/** Whether two results for one text are the same. */
export const areSamePieces = (some: readonly Piece[], others: readonly Piece[]): boolean =>
  some.length === others.length &&
  some.every(
    ({ text, mentions }, index) =>
      others[index]?.mentions === mentions && others[index].text.length === text.length,
  );

export const isMentioned = (text: string, own: string, names: Names): boolean =>
  piecesOf(text, own, names).some(({ mentions }) => mentions === "me");
