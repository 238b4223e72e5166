/**
 * The port to persistent storage: the guest's token, and each unsettled command under a name of its own.
 *
 * Tabs share one store. No tab overwrites a value of another, because the name of a command holds its key,
 * and one tab made the key. If two tabs send the same command after a reload, its key makes it one event
 * (I1).
 */
export interface Store {
  /** All stored values, by name. */
  readonly load: () => ReadonlyMap<string, string>;
  /**
   * Stores a value under a name, or deletes it if the value is undefined. False if the storage refused it.
   */
  readonly save: (name: string, value: string | undefined) => boolean;
}

/** A store in memory: it is lost when the program ends. */
export const memoryStore = (): Store => {
  const kept = new Map<string, string>();
  return {
    load: () => new Map(kept),
    save(name, value) {
      if (value === undefined) kept.delete(name);
      else kept.set(name, value);
      return true;
    },
  };
};

/** The part of Web Storage that the client uses. */
export interface WebStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/**
 * A store in `localStorage` or `sessionStorage`. `prefix` comes before each name. `storage` is a function,
 * because reading `window.localStorage` may throw in a private window. If the storage is full or forbidden,
 * nothing throws: `save` returns false, and `chat.stored` is false.
 */
export const webStore = (storage: () => WebStorage, prefix = "gapless/"): Store => ({
  load() {
    const kept = new Map<string, string>();
    try {
      const from = storage();
      for (let index = 0; index < from.length; index += 1) {
        const name = from.key(index);
        const value = name?.startsWith(prefix) === true ? from.getItem(name) : null;
        if (name !== null && value !== null) kept.set(name.slice(prefix.length), value);
      }
    } catch {
      // Nothing can be read. The first write that fails reports it.
    }
    return kept;
  },
  save(name, value) {
    try {
      if (value === undefined) storage().removeItem(prefix + name);
      else storage().setItem(prefix + name, value);
      return true;
    } catch {
      return false;
    }
  },
});
