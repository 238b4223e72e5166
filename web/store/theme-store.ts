/** The colour theme: the system's, unless the user chose one. */
import { effect, signal, type Signal } from "@preact/signals";
import type { SavedValues } from "../storage/saved-values.ts";

export type Theme = "system" | "light" | "dark";

const themeOf = (text: string | undefined): Theme => (text === "light" || text === "dark" ? text : "system");

const NEXT = { system: "light", light: "dark", dark: "system" } as const satisfies Record<Theme, Theme>;

export class ThemeStore {
  readonly theme: Signal<Theme>;
  readonly #saved: SavedValues;

  constructor(saved: SavedValues) {
    this.#saved = saved;
    this.theme = signal(themeOf(saved.read("theme")));
  }

  next(): void {
    const next = NEXT[this.theme.peek()];
    this.theme.value = next;
    this.#saved.write("theme", next === "system" ? undefined : next);
  }
}

/** Sets the theme on the page's root element, now and whenever it changes. */
export const showTheme = ({ theme }: ThemeStore, root: HTMLElement): void => {
  effect(() => {
    if (theme.value === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = theme.value;
  });
};
