/** The storage of a browser in memory: what `localStorage` is to one of its tabs. */
import type { WebStorage } from "../../src/client/index.ts";

/** What all tabs of a browser share. */
export interface SharedStorage {
  readonly values: Map<string, string>;
  /** For how many characters there is room. */
  readonly capacity: number;
  readonly isStorageForbidden: boolean;
}

export class MemoryStorage implements WebStorage {
  readonly #shared: SharedStorage;
  /** Is told of each change. */
  readonly #onChange: (key: string, value: string | undefined) => void;

  constructor(shared: SharedStorage, onChange: (key: string, value: string | undefined) => void) {
    this.#shared = shared;
    this.#onChange = onChange;
  }

  get length(): number {
    return this.#values.size;
  }

  key(index: number): string | null {
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(name: string): string | null {
    return this.#values.get(name) ?? null;
  }

  setItem(name: string, value: string): void {
    const values = new Map(this.#values).set(name, value);
    const size = [...values].reduce((sum, [each, its]) => sum + each.length + its.length, 0);
    if (size > this.#shared.capacity) throw new Error("full");
    this.#values.set(name, value);
    this.#onChange(name, value);
  }

  removeItem(name: string): void {
    if (this.#values.delete(name)) this.#onChange(name, undefined);
  }

  get #values(): Map<string, string> {
    if (this.#shared.isStorageForbidden) throw new Error("forbidden");
    return this.#shared.values;
  }
}
