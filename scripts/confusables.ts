/**
 * Writes the table of confusable characters that the page loads (web/text/prototypes-table.ts), from the data
 * of Unicode Technical Standard 39 in the package unhomoglyph. Run it after an update of that package:
 *
 *     npx node scripts/confusables.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const TABLE = fileURLToPath(new URL("../web/text/prototypes-table.ts", import.meta.url));
const DATA = fileURLToPath(import.meta.resolve("unhomoglyph/data.json"));
const WIDTH = 110;

/** Characters that no skeleton has when it is mapped: it is decomposed, and has no ignorable characters. */
const isReachable = (character: string): boolean =>
  character.normalize("NFD") === character &&
  !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(character);

const codeOf = (character: string): number => character.codePointAt(0) ?? 0;

/** Each character and its prototype, in the order of the characters. */
export const pairsIn = (json: string): readonly (readonly [string, string])[] =>
  Object.entries<string>(JSON.parse(json))
    .filter(([source]) => [...source].length === 1 && isReachable(source))
    .toSorted(([one], [other]) => codeOf(one) - codeOf(other));

/** Words in lines of at most `WIDTH` columns. */
const inLines = (words: readonly string[]): string => {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
};

/**
 * The table as a module: the distance of each character from the one before, and its prototype's code points.
 */
export const moduleOf = (pairs: readonly (readonly [string, string])[]): string => {
  let before = 0;
  const steps = pairs.map(([source]) => {
    const step = codeOf(source) - before;
    before = codeOf(source);
    return step.toString(36);
  });
  const prototypes = pairs.map(([, prototype]) =>
    Array.from(prototype, (character) => codeOf(character).toString(36)).join("."),
  );
  return `/**
 * Written by scripts/confusables.ts, from the data of Unicode Technical Standard 39. Not to be edited.
 *
 * For each character that looks like another, in order: how far its code point is from the one before, and
 * the code points of its prototype. All numbers have base 36.
 */
export const STEPS = \`
${inLines(steps)}
\`;

export const PROTOTYPES = \`
${inLines(prototypes)}
\`;
`;
};

if (import.meta.main) writeFileSync(TABLE, moduleOf(pairsIn(readFileSync(DATA, "utf8"))));
