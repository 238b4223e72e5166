/**
 * Counts characters. A character is a Unicode code point, everywhere (SPEC, Words). Text that is not
 * well-formed Unicode is refused everywhere (V5), so accepted text can be counted, stored and sent safely.
 */

/** The number of code points. A lone surrogate counts as one. */
export const countCharacters = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** Whether the text has no lone surrogates (V5). */
export const isWellFormed = (text: string): boolean => text.isWellFormed();

/** Whether the text has 1 to `max` characters. A much longer text is refused without counting it. */
export const hasLength = (text: string, max: number): boolean =>
  text.length > 0 && text.length <= max * 2 && countCharacters(text) <= max;
