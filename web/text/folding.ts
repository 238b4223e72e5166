/**
 * How much of a long text the page shows before the user asks for all of it, and how many lines that takes.
 */
import { headOf } from "./clusters.ts";

const LONG = 1200;
const MANY_LINES = 16;
/** How many characters a line has in a message of the usual width. */
const LINE = 100;

/** The part that is shown at first. A text that is not long is shown whole. */
export const headLines = (text: string): string => headOf(text.split("\n", MANY_LINES).join("\n"), LONG);

/**
 * About how many lines the shown part takes. A long message costs as much to render as several short ones.
 */
export const linesOf = (text: string): number => {
  let breaks = 0;
  for (let at = text.indexOf("\n"); at >= 0 && breaks < MANY_LINES - 1; at = text.indexOf("\n", at + 1)) {
    breaks += 1;
  }
  return Math.max(breaks + 1, Math.ceil(Math.min(text.length, LONG) / LINE));
};
