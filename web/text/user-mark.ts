/**
 * A mark that tells users of one name apart: two letters and a colour, made from the user's id alone. So a
 * user has the same mark everywhere, in every room and for every reader.
 */
export interface UserMark {
  readonly letters: string;
  /** The number of a colour of the theme, from 0 to `MARK_COLOURS` - 1. */
  readonly colour: number;
}

export const MARK_COLOURS = 8;
/** Without those that are easily taken for another letter or a digit. */
const LETTERS = "ABCDEFGHJKMNPRSTVWXYZ";

/** FNV-1a, of 32 bits, with a last step that spreads the differences of similar ids over all bits. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

export const userMark = (id: string): UserMark => {
  const hash = hashOf(id);
  const letter = (number: number): string => LETTERS[number % LETTERS.length] ?? "";
  const rest = Math.floor(hash / MARK_COLOURS);
  return {
    colour: hash % MARK_COLOURS,
    letters: letter(rest) + letter(Math.floor(rest / LETTERS.length)),
  };
};
