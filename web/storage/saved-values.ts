/**
 * The small values that the page saves on this device: the user's name, the theme, drafts, which rooms are
 * open and how far each was read.
 *
 * A browser may forbid storage or have no room left. A value that it refused is held until the page closes,
 * is offered again at each later write, and `isIncomplete` is true until it is stored. Nothing else changes.
 */
import { signal, type Signal } from "@preact/signals";
import type { Unsubscribe } from "../../src/client/index.ts";
import type { KeyValueStorage } from "../device/device.ts";

const PREFIX = "gapless.";
/** Also matches what the client saves under a prefix of its own: the token and the unsent messages. */
const OWN_KEYS = /^gapless[./]/;
/** The one value that belongs to the device and not to a person. */
const THEME_KEY = `${PREFIX}theme`;

export class SavedValues {
  /** Whether a value could not be read or stored. */
  readonly isIncomplete: Signal<boolean> = signal(false);
  readonly #storage: KeyValueStorage;
  /** What the device did not store; undefined for a value to be removed. */
  readonly #refused = new Map<string, string | undefined>();

  constructor(storage: KeyValueStorage) {
    this.#storage = storage;
  }

  read(name: string): string | undefined {
    if (this.#refused.has(name)) return this.#refused.get(name);
    try {
      return this.#storage.get(PREFIX + name);
    } catch {
      this.isIncomplete.value = true;
      return undefined;
    }
  }

  /** `undefined` removes the value. */
  write(name: string, value: string | undefined): void {
    this.#refused.set(name, value);
    for (const [each, itsValue] of this.#refused) {
      if (this.#store(PREFIX + each, itsValue)) this.#refused.delete(each);
    }
    this.isIncomplete.value = this.#refused.size > 0;
  }

  /** Calls the listener for each value that another tab of this browser writes or removes. */
  onChangeElsewhere(listener: (name: string, value: string | undefined) => void): Unsubscribe {
    return this.#storage.onChangeElsewhere((key, value) => {
      if (key.startsWith(PREFIX)) listener(key.slice(PREFIX.length), value);
    });
  }

  /**
   * Removes everything that belongs to this person, with their token and their unsent messages. The theme
   * stays.
   */
  forgetPerson(): void {
    this.#refused.clear();
    try {
      for (const key of this.#storage.keys()) {
        if (OWN_KEYS.test(key) && key !== THEME_KEY) this.#storage.remove(key);
      }
    } catch {
      this.isIncomplete.value = true;
    }
  }

  #store(key: string, value: string | undefined): boolean {
    try {
      if (value === undefined) this.#storage.remove(key);
      else this.#storage.set(key, value);
      return true;
    } catch {
      return false;
    }
  }
}
