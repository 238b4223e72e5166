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

/** As names are compared: in one case, and with one kind of space. */
export const folded = (name: string): string => name.replaceAll(/[^\S\n]/gu, " ").toLowerCase();

export const mentionOf = (name: string): string => `@${name.replaceAll(/\s/gu, "\u00A0")}`;

const hasEnded = (text: string, at: number): boolean => {
  END.lastIndex = at;
  return END.test(text);
};

const lengthOfAnyName = (text: string, from: number): number => {
  ANY_NAME.lastIndex = from;
  return ANY_NAME.exec(text)?.[0].length ?? 0;
};

/** The name that begins here. `own`: one's own, folded. What it takes does not depend on how many names there are. */
const nameAt = (
  text: string,
  from: number,
  own: string,
  names: Names,
): { readonly to: number; readonly who: "me" | "somebody" } | undefined => {
  const last = Math.min(text.length, from + Math.max(own.length, names.longest));
  for (let to = last; to > from; to -= 1) {
    if (!hasEnded(text, to)) continue;
    const name = folded(text.slice(from, to));
    if (name === own) return { to, who: "me" };
    if (names.has(name)) return { to, who: "somebody" };
  }
  const length = lengthOfAnyName(text, from);
  return length > 0 ? { to: from + length, who: "somebody" } : undefined;
};

export const piecesOf = (text: string, own: string, names: Names): readonly Piece[] => {
  const pieces: Piece[] = [];
  const me = folded(own);
  let from = 0;
  for (const { index } of text.matchAll(AT)) {
    const name = index < from ? undefined : nameAt(text, index + 1, me, names);
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
