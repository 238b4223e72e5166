/**
 * The periods in which an instance could not do its work, or in which the log failed. In these periods leases
 * may expire, because they could not be renewed.
 */
import type { Instance } from "./instance.ts";

interface Outage {
  /** Undefined: all instances. */
  readonly instance: Instance | undefined;
  readonly from: number;
  readonly until: number;
}

export class Outages {
  readonly #all: Outage[] = [];

  add(instance: Instance | undefined, from: number, until: number): void {
    this.#all.push({ instance, from, until });
  }

  /** Whether this instance, or any instance, had an outage in this period. */
  between(instance: Instance | "any" | undefined, from: number, until: number): boolean {
    return this.#all.some(
      (outage) =>
        (instance === "any" || outage.instance === undefined || outage.instance === instance) &&
        outage.from <= until &&
        outage.until >= from,
    );
  }
}
