/**
 * Hostile texts by name, each as long as a message may be (V3). The tests check the layout of the page with
 * them, and bench/page/bad-input.ts measures the time.
 */
const LONGEST = 4000;
const DEPTH = 1000;

/** The text repeated as often as it fits into a message. */
const filled = (text: string): string => text.repeat(Math.floor(LONGEST / [...text].length)).trim();

const IMAGE = "![x](javascript:document.title=1)";
const CODE = "const a = (b) => `${b}` + 'c'; // {[(\n";

/** This many characters, as far from each other as possible. */
const everyOther = (many: number): readonly number[] => {
  const letters: number[] = [];
  for (let code = 0xa1; code < 0x1f000; code += 1) {
    if (/[\p{L}\p{N}\p{S}]/u.test(String.fromCodePoint(code))) letters.push(code);
  }
  const step = letters.length / many;
  return Array.from({ length: many }, (_, nth) => letters[Math.floor(((nth * 997) % many) * step)] ?? 0x61);
};

export const HOSTILE_TEXTS = {
  emoji: filled("😀"),
  families: filled("👩‍👩‍👧‍👦"),
  "marks on one letter": `e${"\u0301".repeat(LONGEST - 1)}`,
  "marks on every letter": filled(`e${"\u0301\u0323\u0330".repeat(13)}`),
  "joined without end": `👩${"\u200D👩".repeat(LONGEST / 2 - 1)}`,
  "joiners alone": `a${"\u200D".repeat(LONGEST - 2)}b`,
  "variations without end": `☺${"\uFE0F".repeat(LONGEST - 1)}`,
  "a syllable without end": `${"\u0915\u094D".repeat(LONGEST / 2 - 1)}\u0915`,
  "jamo without end": filled("\u1100\u1161\u11A8"),
  "jamo of one syllable": "\u1100".repeat(LONGEST),
  flags: filled("\u{1F1E6}"),
  "a letter of each script": String.fromCodePoint(...everyOther(LONGEST)),
  "overrides of direction": filled("\u202Eabc\u2066\u202D"),
  "Arabic and Hebrew": filled("مرحبا שלום "),
  "ligatures of whole phrases": filled("﷽"),
  "one long word": filled("m"),
  "lines without end": filled("a\n"),
  "quotes in quotes": `${">".repeat(LONGEST - 1)}a`,
  "quotes a thousand deep": `${">".repeat(DEPTH)} a`,
  "lists in lists": `${"- ".repeat(LONGEST / 2 - 1)}a`,
  "lists a thousand deep": `${"- ".repeat(DEPTH)}a`,
  "stars upon stars": filled("*a_b"),
  "stars around stars": `${"*".repeat(LONGEST / 2 - 1)}a${"*".repeat(LONGEST / 2 - 1)}`,
  "emphasis a thousand deep": `${"*_".repeat(DEPTH / 2)}a${"_*".repeat(DEPTH / 2)}`,
  "half links": filled("[a]("),
  "brackets in brackets": `${"[".repeat(LONGEST / 2 - 1)}a${"]".repeat(LONGEST / 2 - 1)}`,
  "images that are scripts": filled(`${IMAGE} `),
  "links that are scripts": filled("[x](javascript:alert(1)) <javascript:alert(1)> "),
  "links to everywhere": filled("https://a.example "),
  "ticks upon ticks": filled("`a``b```"),
  "code without a language": `\`\`\`\n${CODE.repeat(100).slice(0, LONGEST - 8)}\n\`\`\``,
  "code in a language": `\`\`\`typescript\n${CODE.repeat(100).slice(0, LONGEST - 18)}\n\`\`\``,
  mentions: filled("@a "),
} as const;

export type HostileText = keyof typeof HOSTILE_TEXTS;
