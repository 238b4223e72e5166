/** The completion of the word at the caret: what is offered, which one is chosen, and whether it was waved away. */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { suggestionsFor, termBefore, type Suggestion, type Term } from "../text/completion.ts";
import { askForEmoji, emojiList } from "../emoji/search.ts";

/** A piece of the text, up to the caret, and what it becomes. */
export interface Replacement {
  readonly from: number;
  readonly inserts: string;
}

export class CompletionStore {
  readonly suggestions: ReadonlySignal<readonly Suggestion[]>;
  readonly chosen: Signal<number> = signal(0);
  readonly #term: Signal<Term | undefined> = signal(undefined);
  /** Where the term began that one did not want completed. */
  #dismissed: number | undefined;

  /** `names`: who can be mentioned. */
  constructor(names: () => readonly string[]) {
    this.suggestions = computed(() => {
      const term = this.#term.value;
      return term === undefined ? [] : suggestionsFor(term, names(), emojiList.value);
    });
  }

  /** The text or the caret has changed. */
  look(text: string, caret: number): void {
    const term = termBefore(text, caret);
    if (term?.kind === "emoji") void askForEmoji();
    if (term?.from !== this.#dismissed) this.#dismissed = undefined;
    this.chosen.value = 0;
    this.#term.value = this.#dismissed === undefined ? term : undefined;
  }

  /** Whether the one that is chosen has been typed already, so that nothing is left to complete. */
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

  /** The text is another now: what was waved away in it has gone with it. */
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
