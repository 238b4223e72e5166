/**
 * How much of a long text is in the page before one asks for all of it, and how high that is.
 */
import { headOf } from "./clusters.ts";

const LONG = 1200;
const MANY_LINES = 16;
/** Characters in a line, as wide as a message mostly is. */
const LINE = 100;

/** All of it, where it is not long. */
export const headLines = (text: string): string => headOf(text.split("\n", MANY_LINES).join("\n"), LONG);

/** About how many lines are shown of it. What is said at length takes as much of the page as several messages do, and as long to be put there. */
export const linesOf = (text: string): number => {
  let breaks = 0;
  for (let at = text.indexOf("\n"); at >= 0 && breaks < MANY_LINES - 1; at = text.indexOf("\n", at + 1)) {
    breaks += 1;
  }
  return Math.max(breaks + 1, Math.ceil(Math.min(text.length, LONG) / LINE));
};
