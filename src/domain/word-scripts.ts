/**
 * Checks whether a word mixes scripts (V2), by the highly restrictive level of Unicode Technical Standard 39,
 * section 5.
 *
 * A word has one script, or it is covered by Latin and the scripts of one East Asian language. A word is what
 * spaces and punctuation separate. Characters that all scripts share (digits, signs, emoji, most accents) fit
 * each script. The engine's own Unicode data says which scripts use a character (Script_Extensions).
 */

/**
 * East Asian languages are written in several scripts at once (UTS 39, table 1a), and in Latin beside them.
 */
const EAST_ASIAN = [
  ["Hani", "Hira", "Kana"],
  ["Hani", "Bopo"],
  ["Hani", "Hang"],
];

/**
 * The scripts of Unicode 17 by their short names, those of living languages first. An engine may not know the
 * newest.
 */
const SCRIPTS = (
  "Latn Cyrl Grek Arab Hebr Deva Beng Thai Armn Geor Taml Telu Knda Mlym Gujr Guru Orya Sinh Khmr Laoo Mymr Tibt " +
  "Ethi Mong Hani Hira Kana Hang Bopo Thaa Syrc Nkoo Tfng Cher Cans Adlm Copt Aghb Ahom Armi Avst Bali Bamu Bass " +
  "Batk Berf Bhks Brah Brai Bugi Buhd Cakm Cari Cham Chrs Cpmn Cprt Diak Dogr Dsrt Dupl Egyp Elba Elym Gara Glag " +
  "Gong Gonm Goth Gran Gukh Hano Hatr Hluw Hmng Hmnp Hung Ital Java Kali Kawi Khar Khoj Kits Krai Kthi Lana Lepc " +
  "Limb Lina Linb Lisu Lyci Lydi Mahj Maka Mand Mani Marc Medf Mend Merc Mero Modi Mroo Mtei Mult Nagm Nand Narb " +
  "Nbat Newa Nshu Ogam Olck Onao Orkh Osge Osma Ougr Palm Pauc Perm Phag Phli Phlp Phnx Plrd Prti Rjng Rohg Runr " +
  "Samr Sarb Saur Sgnw Shaw Shrd Sidd Sidt Sind Sogd Sogo Sora Soyo Sund Sunu Sylo Tagb Takr Tale Talu Tang Tavt " +
  "Tayo Tglg Tirh Tnsa Todr Tols Toto Tutg Ugar Vaii Vith Wara Wcho Xpeo Xsux Yezi Yiii Zanb"
).split(" ");

const NOTHING_ELSE = /^[\p{scx=Latn}\p{scx=Zyyy}\p{scx=Zinh}\p{Extended_Pictographic}]*$/u;
const SHARED = /[\p{scx=Zyyy}\p{scx=Zinh}\p{Extended_Pictographic}]+/gu;
const SEPARATORS = /[\p{Z}\p{P}\s]+/u;

/**
 * For a set of scripts, the pattern that finds a character of none of them; undefined if the engine does not
 * know one.
 */
const foreign = new Map<string, RegExp | undefined>();

/** Patterns are compiled on first use: most names need none of them. */
const foreignTo = (scripts: readonly string[]): RegExp | undefined => {
  const key = scripts.join();
  if (foreign.has(key)) return foreign.get(key);
  let pattern: RegExp | undefined;
  try {
    pattern = new RegExp(`[^${scripts.map((script) => `\\p{scx=${script}}`).join("")}]`, "u");
  } catch {
    pattern = undefined;
  }
  foreign.set(key, pattern);
  return pattern;
};

const isWithin = (letters: string, scripts: readonly string[]): boolean =>
  foreignTo(scripts)?.test(letters) === false;

const mixes = (word: string): boolean => {
  const letters = word.replace(SHARED, "");
  return (
    letters !== "" &&
    !SCRIPTS.some((script) => isWithin(letters, [script])) &&
    !EAST_ASIAN.some((scripts) => isWithin(letters, ["Latn", ...scripts]))
  );
};

/** Whether some word of the text mixes scripts. Characters that Unicode does not have yet fit no script. */
export const mixesScripts = (text: string): boolean =>
  !NOTHING_ELSE.test(text) && text.split(SEPARATORS).some(mixes);
