/**
 * What the page keeps on this device: who one is, the theme, drafts, which rooms are open and how far each was read.
 *
 * A browser may have no room for it, or forbid it. Then it is kept until the page closes, and `forgetful` says so; nothing else changes.
 */
import { signal } from "@preact/signals";

export const forgetful = signal(false);

const fallback = new Map<string, string>();
const named = (name: string): string => `gapless.${name}`;

export const read = (name: string): string | undefined => {
  try {
    return fallback.get(name) ?? localStorage.getItem(named(name)) ?? undefined;
  } catch {
    forgetful.value = true;
    return fallback.get(name);
  }
};

/** `undefined` forgets it. */
export const write = (name: string, value: string | undefined): void => {
  try {
    fallback.delete(name);
    if (value === undefined) localStorage.removeItem(named(name));
    else localStorage.setItem(named(name), value);
  } catch {
    forgetful.value = true;
    if (value !== undefined) fallback.set(name, value);
  }
};

/** Forgets all that is this person's: their token and what they have not sent, as well. The theme stays. */
export const forgetPerson = (): void => {
  fallback.clear();
  try {
    for (const name of Object.keys(localStorage)) {
      if (/^gapless[./]/.test(name) && name !== named("theme")) localStorage.removeItem(name);
    }
  } catch {
    forgetful.value = true;
  }
};
