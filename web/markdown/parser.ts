/**
 * The Markdown parser. It is loaded with the first text that has formatting marks. Until it is there, texts
 * are shown as they were written.
 */
import { signal } from "@preact/signals";
import { FrameBudget } from "../frame-budget.ts";
import type { Node } from "./node.ts";

export type Parse = (text: string) => readonly Node[];

export const parser = signal<Parse | undefined>(undefined);

/** How many characters are parsed in one frame. A screen of usual messages has fewer. */
export const parsing = new FrameBudget(3000);

const MARKS = /[*_`~[\\]|<http|^[ \t]*(?:>|[-+] |\d+[.)] )/mu;

export const mayBeFormatted = (text: string): boolean => MARKS.test(text);

let isRequested = false;

export const loadParser = async (): Promise<void> => {
  if (isRequested) return;
  isRequested = true;
  try {
    const { parse } = await import("./parse.ts");
    parser.value = parse;
  } catch {
    // Offline. The next text tries again.
    isRequested = false;
  }
};
