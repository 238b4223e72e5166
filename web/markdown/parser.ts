/**
 * The parser, which comes to the browser with the first text that has any mark in it; until it is here, and where it can't come, such a text
 * is shown as it was written.
 */
import { signal } from "@preact/signals";
import { FrameBudget } from "../frame-budget.ts";
import type { Node } from "./node.ts";

export type Parse = (text: string) => readonly Node[];

export const parser = signal<Parse | undefined>(undefined);

/** How many characters are read in one frame: as many as all that a screen shows, unless people mean to take long. */
export const parsing = new FrameBudget(3000);

const MARKS = /[*_`~[\\]|<http|^[ \t]*(?:>|[-+] |\d+[.)] )/mu;

export const mayBeFormatted = (text: string): boolean => MARKS.test(text);

let asked = false;

export const askForParser = async (): Promise<void> => {
  if (asked) return;
  asked = true;
  try {
    const { parse } = await import("./parse.ts");
    parser.value = parse;
  } catch {
    // The network is away; the next text asks again.
    asked = false;
  }
};
