/**
 * What the page keeps on this device: who one is, the theme, drafts, which rooms are open and how far each was read.
 *
 * A browser may have no room for it, or forbid it. Then it is kept until the page closes, and `forgetful` says so; what there was no room for is offered
 * again with whatever is written next. Nothing else changes.
 */
import { signal } from "@preact/signals";
import { webStore } from "../../src/client/index.ts";

export const forgetful = signal(false);

const PREFIX = "gapless.";
const device = webStore(() => localStorage, PREFIX);
/** What the device has not taken; undefined where it is to be forgotten. */
const refused = new Map<string, string | undefined>();

export const read = (name: string): string | undefined => {
  if (refused.has(name)) return refused.get(name);
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    forgetful.value = true;
    return undefined;
  }
};

/** `undefined` forgets it. */
export const write = (name: string, value: string | undefined): void => {
  refused.set(name, value);
  for (const [each, its] of refused) if (device.save(each, its)) refused.delete(each);
  forgetful.value = refused.size > 0;
};

/** Tells of each thing that another tab of this browser writes, or forgets, from now on. */
export const onElsewhere = (
  take: (name: string, value: string | undefined) => void,
  options?: AddEventListenerOptions,
): void =>
  addEventListener(
    "storage",
    ({ key, newValue }) => {
      if (key?.startsWith(PREFIX) === true) take(key.slice(PREFIX.length), newValue ?? undefined);
    },
    options,
  );

/** Forgets all that is this person's: their token and what they have not sent, as well. The theme stays. */
export const forgetPerson = (): void => {
  refused.clear();
  try {
    for (const name of Object.keys(localStorage)) {
      if (/^gapless[./]/.test(name) && name !== `${PREFIX}theme`) localStorage.removeItem(name);
    }
  } catch {
    forgetful.value = true;
  }
};
