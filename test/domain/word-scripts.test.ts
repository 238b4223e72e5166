/**
 * Which scripts a word may mix (UTS 39, section 5): every pair of scripts in one word, and in two.
 */
import { expect, test } from "vitest";
import { mixesScripts } from "../../src/domain/word-scripts.ts";

const WORDS = {
  Latin: "ada",
  Cyrillic: "вера",
  Greek: "λητώ",
  Arabic: "مريم",
  Hebrew: "דנה",
  Devanagari: "सीता",
  Bengali: "মিতা",
  Thai: "สมชาย",
  Armenian: "հայկ",
  Georgian: "ნინო",
  Tamil: "தமிழ்",
  Telugu: "తెలుగు",
  Kannada: "ಕನ್ನಡ",
  Malayalam: "മലയാളം",
  Gujarati: "ગુજરાતી",
  Gurmukhi: "ਪੰਜਾਬੀ",
  Sinhala: "සිංහල",
  Khmer: "ខ្មែរ",
  Lao: "ລາວ",
  Myanmar: "မြန်မာ",
  Tibetan: "བོད",
  Ethiopic: "ሰላም",
  Mongolian: "ᠮᠣᠩᠭᠣᠯ",
  Thaana: "ދިވެހި",
  Syriac: "ܣܘܪܝܝܐ",
  Cherokee: "ᏣᎳᎩ",
  Canadian: "ᐃᓄᒃ",
  Tifinagh: "ⵜⴰⵎⴰ",
  Adlam: "𞤆𞤵𞤤",
  Cuneiform: "𒀀𒀁",
  Han: "王明",
  Hiragana: "やま",
  Katakana: "タロ",
  Hangul: "김수",
  Bopomofo: "ㄅㄆ",
} as const;
type Script = keyof typeof WORDS;

const ALLOWED: readonly (readonly Script[])[] = [
  ["Latin", "Han", "Hiragana", "Katakana"],
  ["Latin", "Han", "Bopomofo"],
  ["Latin", "Han", "Hangul"],
];
const isScript = (name: string): name is Script => Object.hasOwn(WORDS, name);
const SCRIPTS = Object.keys(WORDS).filter(isScript);

const mayMix = (...scripts: readonly Script[]): boolean =>
  new Set(scripts).size === 1 ||
  ALLOWED.some((allowed) => scripts.every((script) => allowed.includes(script)));

test.each(SCRIPTS)("[V2] a word of %s mixes with the words of its level alone", (script) => {
  for (const other of SCRIPTS) {
    const [one, two] = [WORDS[script], WORDS[other]];
    expect([other, mixesScripts(one + two)]).toEqual([other, !mayMix(script, other)]);
    expect([other, mixesScripts(`${one} ${two}`)]).toEqual([other, false]);
    expect([other, mixesScripts(`${one}-${two}`)]).toEqual([other, false]);
    // Digits, signs and emoji are of every script, and separate nothing.
    expect([other, mixesScripts(`${one}1+🦊${two}`)]).toEqual([other, !mayMix(script, other)]);
  }
});

test("[V2] of three scripts in a word, all are of one level", () => {
  for (const one of SCRIPTS) {
    for (const two of SCRIPTS) {
      const word = `${WORDS.Latin}${WORDS[one]}${WORDS[two]}`;
      expect([word, mixesScripts(word)]).toEqual([word, !mayMix("Latin", one, two)]);
    }
  }
});
