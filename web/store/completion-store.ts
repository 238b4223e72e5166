/**
 * The completion of the word at the caret: the suggestions, the chosen one, and whether the user has
 * dismissed them.
 */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { suggestionsFor, termBefore, type Suggestion, type Term } from "../text/completion.ts";
import { loadEmoji, emojiList } from "../emoji/search.ts";

/** The text that replaces everything from an index up to the caret. */
export interface Replacement {
  readonly from: number;
  readonly inserts: string;
}

export class CompletionStore {
  readonly suggestions: ReadonlySignal<readonly Suggestion[]>;
  readonly chosen: Signal<number> = signal(0);
  readonly #term: Signal<Term | undefined> = signal(undefined);
  /** Where the term begins whose suggestions the user has dismissed. */
  #dismissed: number | undefined;

  /** `names` are the names that can be mentioned. */
  constructor(names: () => readonly string[]) {
    this.suggestions = computed(() => {
      const term = this.#term.value;
      return term === undefined ? [] : suggestionsFor(term, names(), emojiList.value);
    });
  }

  /** The text or the caret has changed. */
  look(text: string, caret: number): void {
    const term = termBefore(text, caret);
    if (term?.kind === "emoji") void loadEmoji();
    if (term?.from !== this.#dismissed) this.#dismissed = undefined;
    this.chosen.value = 0;
    this.#term.value = this.#dismissed === undefined ? term : undefined;
  }

  /** Whether the user has typed the chosen suggestion in full, so that nothing is left to complete. */
  isWhole(): boolean {
    return this.suggestions.peek()[this.chosen.peek()]?.isWhole === true;
  }

  step(by: 1 | -1): void {
    const count = this.suggestions.peek().length;
    this.chosen.value = (this.chosen.peek() + by + count) % count;
  }

  dismiss(): void {
    this.#dismissed = this.#term.peek()?.from;
    this.#term.value = undefined;
  }

  /** The text was sent: nothing is dismissed in the next one. */
  forget(): void {
    this.#dismissed = undefined;
    this.#term.value = undefined;
  }

  choose(index: number): Replacement | undefined {
    const term = this.#term.peek();
    const suggestion = this.suggestions.peek()[index];
    this.#term.value = undefined;
    return term === undefined || suggestion === undefined
      ? undefined
      : { from: term.from, inserts: suggestion.inserts };
  }
}
