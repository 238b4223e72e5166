/**
 * Who is spoken to in a text: `@` and a name. A name's spaces become no-break spaces in a mention that is completed, so that anyone can tell where it
 * ends, whoever is in the room; one's own name is known, and is found however it is written.
 */
export interface Piece {
  readonly text: string;
  readonly who: "me" | "somebody" | "nobody";
}

/** Not within a word or an address. */
const AT = String.raw`(?<![\p{L}\p{N}_@.\/:])@`;
const ANY_NAME = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\u00A0_'’.\-]*[\p{L}\p{N}\p{M}])?`;

const nameIn = (name: string): string =>
  name
    .split(/\s/u)
    .map((word) => RegExp.escape(word))
    .join(String.raw`[ \u00A0]`);

const ownMention = (own: string): RegExp =>
  new RegExp(String.raw`${AT}${nameIn(own)}(?![\p{L}\p{N}\p{M}_])`, "giu");
const SOMEBODY = new RegExp(`${AT}${ANY_NAME}`, "gu");

export const mentionOf = (name: string): string => `@${name.replaceAll(/\s/gu, "\u00A0")}`;

export const isMentioned = (text: string, own: string): boolean =>
  text.includes("@") && own !== "" && ownMention(own).test(text);

const split = (text: string, by: RegExp, who: Piece["who"]): readonly Piece[] => {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(by)) {
    if (found.index > from) pieces.push({ text: text.slice(from, found.index), who: "nobody" });
    pieces.push({ text: found[0], who });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), who: "nobody" });
  return pieces;
};

export const piecesOf = (text: string, own: string): readonly Piece[] => {
  if (!text.includes("@")) return [{ text, who: "nobody" }];
  const pieces = own === "" ? [{ text, who: "nobody" } as const] : split(text, ownMention(own), "me");
  return pieces.flatMap((piece) =>
    piece.who === "nobody" ? split(piece.text, SOMEBODY, "somebody") : [piece],
  );
};
