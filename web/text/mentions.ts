/**
 * Who is spoken to in a text: `@` and a name. Of the names that are known the longest one that stands there is meant, in whatever case it is
 * written. A name that is not known ends with its word; its spaces are no-break spaces where the mention was completed, so that it is found whole,
 * whoever is in the room.
 */
export interface Piece {
  readonly text: string;
  readonly who: "me" | "somebody" | "nobody";
}

/** Names that can be looked up, each as `folded` makes it. */
export interface Names {
  readonly has: (name: string) => boolean;
  /** How long the longest one is. */
  readonly longest: number;
}

export const NO_NAMES: Names = { has: () => false, longest: 0 };

/** Not within a word or an address. */
const AT = /(?<![\p{L}\p{N}_@./:])@/gu;
/** A word that may be a name, whoever bears it. */
const ANY_NAME = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\u00A0_'’.-]*[\p{L}\p{N}\p{M}])?/uy;
/** A name has ended: what comes next is not more of its last word, nor of a completed mention, nor of an emoji. */
const END = /(?![\p{L}\p{N}\p{M}\p{Emoji_Modifier}\u200D_]|\u00A0[\p{L}\p{N}])/uy;

/**
 * As names are compared: in one case, and with one kind of space. Each character by itself becomes one of its own length, so that a part of a folded
 * text is that part, folded.
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

interface Sought {
  readonly text: string;
  /** The text and one's own name, folded. */
  readonly plain: string;
  readonly own: string;
  readonly names: Names;
}

/** The name that begins here. What it takes to find it does not depend on how many names there are. */
const nameAt = (
  { text, plain, own, names }: Sought,
  from: number,
): { readonly to: number; readonly who: "me" | "somebody" } | undefined => {
  const last = Math.min(text.length, from + Math.max(own.length, names.longest));
  for (let to = last; to > from; to -= 1) {
    const name = plain.slice(from, to);
    const who = name === own ? "me" : names.has(name) ? "somebody" : undefined;
    if (who !== undefined && hasEnded(text, to)) return { to, who };
  }
  const length = lengthOfAnyName(text, from);
  return length > 0 ? { to: from + length, who: "somebody" } : undefined;
};

export const piecesOf = (text: string, own: string, names: Names): readonly Piece[] => {
  if (!text.includes("@")) return [{ text, who: "nobody" }];
  const pieces: Piece[] = [];
  const sought = { text, plain: folded(text), own: folded(own), names };
  let from = 0;
  for (const { index } of text.matchAll(AT)) {
    const name = index < from ? undefined : nameAt(sought, index + 1);
    if (name === undefined) continue;
    if (index > from) pieces.push({ text: text.slice(from, index), who: "nobody" });
    pieces.push({ text: text.slice(index, name.to), who: name.who });
    from = name.to;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), who: "nobody" });
  return pieces;
};

/** Whether two readings of one text come to the same. */
export const areSamePieces = (some: readonly Piece[], others: readonly Piece[]): boolean =>
  some.length === others.length &&
  some.every(
    ({ text, who }, index) => others[index]?.who === who && others[index].text.length === text.length,
  );

export const isMentioned = (text: string, own: string, names: Names): boolean =>
  piecesOf(text, own, names).some(({ who }) => who === "me");
