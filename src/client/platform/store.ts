/**
 * The port to what outlives the program: the guest's token, and each command that has not been settled, under a name of its own.
 *
 * Several tabs share one store. None ever writes what another wrote, for a command's name holds its key, which one tab made; and if two
 * tabs take up the same command after a reload, the key makes it one event however often it is sent (I1).
 */
export interface Store {
  /** All that is kept, by its name. */
  readonly load: () => ReadonlyMap<string, string>;
  /** Keeps a value under a name, or forgets it where that is undefined. False where it could not. */
  readonly save: (name: string, value: string | undefined) => boolean;
}

/** Keeps nothing beyond the program's end. */
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

/** What is used of Web Storage. */
export interface WebStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/**
 * `localStorage` or `sessionStorage`, under a prefix. It comes as a function, since in a private window the mere reading of
 * `window.localStorage` may throw. Where storage is full or forbidden nothing is thrown: `save` says false, and the client says so.
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
      // What can't be read is as good as not there; the first save that fails tells of it.
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
