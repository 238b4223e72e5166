/**
 * Light or dark: as the system has it, unless chosen.
 */
import { effect, signal } from "@preact/signals";
import { read, write } from "./storage/saved-values.ts";

export type Theme = "system" | "light" | "dark";

const themeOf = (text: string | undefined): Theme => (text === "light" || text === "dark" ? text : "system");

const NEXT = { system: "light", light: "dark", dark: "system" } as const satisfies Record<Theme, Theme>;

export const theme = signal<Theme>(themeOf(read("theme")));

export const nextTheme = (): void => {
  theme.value = NEXT[theme.value];
  write("theme", theme.value === "system" ? undefined : theme.value);
};

effect(() => {
  if (theme.value === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme.value;
});
