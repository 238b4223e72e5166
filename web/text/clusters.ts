/**
 * What a reader takes for one character may be many: a letter and its marks, emoji joined to one. Here is where such a cluster ends, and where a text may
 * be cut; and the heaps, which are clusters longer than any that is meant, and which a browser takes long to shape.
 */

/** In characters. Unicode's own bound is 30 marks on one letter (UAX #15, Stream-Safe Text Format). */
const LONGEST = 32;
/** Few enough that a piece of a heap is not wider than a narrow screen. */
const PIECE = 16;

/** What draws the next letter to it: the joiner of emoji, and what makes one syllable of two consonants in the scripts of India. */
const JOINERS = String.raw`[\u200D\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0C4D\u0CCD\u0D4D]`;
const MARKS = String.raw`[\p{M}\p{Emoji_Modifier}]`;
/** No two of these begin alike, so a text is looked through once, whatever it holds. */
const CLINGING = String.raw`(?:${JOINERS}[^${JOINERS}${MARKS}]?|[${MARKS}--${JOINERS}])`;
/** Of the three kinds of them, each makes one syllable with its like; a syllable as people write it has one of each. */
const JAMO = ["[\\u1100-\\u115F]", "[\\u1160-\\u11A7]", "[\\u11A8-\\u11FF]"];
const HEAP = new RegExp(
  [String.raw`\P{M}?${CLINGING}`, ...JAMO].map((each) => `${each}{${LONGEST},}`).join("|"),
  "gv",
);

/** Made for the first text that is cut: it takes a page 15 ms. */
let segmenter: Intl.Segmenter | undefined;
const startOfCluster = (text: string, at: number): number => {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return segmenter.segment(text).containing(at)?.index ?? at;
};

/** The first `most` of a text or a little less, so that no cluster is cut but a heap. */
export const headOf = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const from = startOfCluster(text.slice(0, most + LONGEST), most);
  if (from > 0 && most - from <= LONGEST) return text.slice(0, from);
  const cut = text.slice(0, most);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
};

/** All of a text in parts of about so many. */
export const partsOf = (text: string, most: number): readonly string[] => {
  const parts: string[] = [];
  for (let rest = text; rest !== "";) {
    const part = headOf(rest, most);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return parts;
};

export const isHeaped = (text: string): boolean => text.search(HEAP) >= 0;

/** A heap comes in pieces, that together are all of it. */
export type Run = string | readonly string[];

export const runsOf = (text: string): readonly Run[] => {
  const runs: Run[] = [];
  let from = 0;
  for (const found of text.matchAll(HEAP)) {
    if (found.index > from) runs.push(text.slice(from, found.index));
    const all = [...found[0]];
    const pieces = Math.ceil(all.length / PIECE);
    runs.push(Array.from({ length: pieces }, (_, nth) => all.slice(nth * PIECE, (nth + 1) * PIECE).join("")));
    from = found.index + found[0].length;
  }
  if (from < text.length || runs.length === 0) runs.push(text.slice(from));
  return runs;
};
