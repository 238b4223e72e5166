/**
 * Characters are Unicode code points, everywhere (SPEC, Words). Text that is not well-formed is refused wherever it
 * stands (V5), so what has passed here can be counted, stored and sent without surprise.
 */

/** The number of code points. A lone surrogate counts as one. */
export const countCharacters = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** V5: no lone surrogates. */
export const isWellFormed = (text: string): boolean => text.isWellFormed();

/** At least one character and at most `most`, without walking a text that is far longer. */
export const hasLength = (text: string, most: number): boolean =>
  text.length > 0 && text.length <= most * 2 && countCharacters(text) <= most;
