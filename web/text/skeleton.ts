/**
 * The skeleton of a name (UTS 39, section 4): each character becomes the prototype of those that look like
 * it. Two names look alike if their skeletons are the same. A skeleton is for comparison, and never shown.
 */

/** For each character that looks like another, the one or more characters that stand for it. */
export type Prototypes = ReadonlyMap<string, string>;

/** Without data: names are alike if they are the same but for characters that are not displayed. */
export const NO_PROTOTYPES: Prototypes = new Map();

const wordsIn = (text: string): readonly string[] => text.trim().split(/\s+/);
const fromBase36 = (word: string): number => Number.parseInt(word, 36);

/** Reads the table that scripts/confusables.ts writes. */
export const readPrototypes = (steps: string, prototypes: string): Prototypes => {
  const targets = wordsIn(prototypes);
  let code = 0;
  return new Map(
    wordsIn(steps).map((step, index) => {
      code += fromBase36(step);
      const target = (targets[index] ?? "").split(".").map(fromBase36);
      return [String.fromCodePoint(code), String.fromCodePoint(...target)];
    }),
  );
};

export const skeletonOf = (name: string, prototypes: Prototypes): string => {
  const displayed = name.normalize("NFD").replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "");
  const mapped = Array.from(displayed, (character) => prototypes.get(character) ?? character).join("");
  // The page shows several spaces as one.
  return mapped.normalize("NFD").replaceAll(/\s+/gu, " ");
};
