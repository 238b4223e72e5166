/**
 * Grapheme clusters: what a reader takes for one character may be several, such as a letter with its marks,
 * or joined emoji. This file finds where a text may be cut between clusters. It also finds oversized
 * clusters, which are longer than any that a language needs, and which take a browser long to shape.
 */

/** In code points. Unicode's own bound is 30 marks on one letter (UAX #15, Stream-Safe Text Format). */
const LONGEST = 32;
/** The length of one piece of an oversized cluster. A piece is not wider than a narrow screen. */
const PIECE = 16;

/**
 * Characters that join the next one to the cluster: the joiner of emoji, and the viramas of the scripts of
 * India.
 */
const JOINERS = String.raw`[\u200D\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0C4D\u0CCD\u0D4D]`;
const MARKS = String.raw`[\p{M}\p{Emoji_Modifier}]`;
/** No two alternatives begin with the same character, so the search takes linear time for every text. */
const EXTENDING = String.raw`(?:${JOINERS}[^${JOINERS}${MARKS}]?|[${MARKS}--${JOINERS}])`;
/**
 * The three kinds of Hangul letters. A written syllable has one of each; letters of one kind in a row join
 * without end.
 */
const JAMO = ["[\\u1100-\\u115F]", "[\\u1160-\\u11A7]", "[\\u11A8-\\u11FF]"];
const OVERSIZED = new RegExp(
  [String.raw`\P{M}?${EXTENDING}`, ...JAMO].map((each) => `${each}{${LONGEST},}`).join("|"),
  "gv",
);

/** Created for the first text that is cut, because it takes 15 ms. */
let segmenter: Intl.Segmenter | undefined;
const startOfCluster = (text: string, at: number): number => {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return segmenter.segment(text).containing(at)?.index ?? at;
};

/**
 * The first `most` characters of a text, or a few less, so that no cluster is cut. Only oversized clusters
 * are cut.
 */
export const headOf = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const from = startOfCluster(text.slice(0, most + LONGEST), most);
  if (from > 0 && most - from <= LONGEST) return text.slice(0, from);
  const cut = text.slice(0, most);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
};

/** A whole text in parts of at most `most` characters, cut between clusters. */
export const partsOf = (text: string, most: number): readonly string[] => {
  const parts: string[] = [];
  for (let rest = text; rest !== "";) {
    const part = headOf(rest, most);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return parts;
};

export const hasOversizedCluster = (text: string): boolean => text.search(OVERSIZED) >= 0;

/** Normal text, or the pieces of an oversized cluster. The pieces, joined, are the cluster. */
export type Run = string | readonly string[];

export const runsOf = (text: string): readonly Run[] => {
  const runs: Run[] = [];
  let from = 0;
  for (const found of text.matchAll(OVERSIZED)) {
    if (found.index > from) runs.push(text.slice(from, found.index));
    const all = [...found[0]];
    const pieces = Math.ceil(all.length / PIECE);
    runs.push(Array.from({ length: pieces }, (_, nth) => all.slice(nth * PIECE, (nth + 1) * PIECE).join("")));
    from = found.index + found[0].length;
  }
  if (from < text.length || runs.length === 0) runs.push(text.slice(from));
  return runs;
};
