/**
 * When which instance could not do its work, or the log itself was wrong: for so long, leases may lapse that nobody could renew.
 */
import type { Instance } from "./instance.ts";

interface Trouble {
  /** Undefined: everybody's. */
  readonly instance: Instance | undefined;
  readonly from: number;
  readonly until: number;
}

export class Troubles {
  readonly #all: Trouble[] = [];

  add(instance: Instance | undefined, from: number, until: number): void {
    this.#all.push({ instance, from, until });
  }

  /** Whether this one, or any of them, was in trouble at some time in between. */
  between(instance: Instance | "any" | undefined, from: number, until: number): boolean {
    return this.#all.some(
      (trouble) =>
        (instance === "any" || trouble.instance === undefined || trouble.instance === instance) &&
        trouble.from <= until &&
        trouble.until >= from,
    );
  }
}
