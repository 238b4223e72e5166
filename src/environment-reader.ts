/**
 * Reads single values from the environment, and collects one line for each fault, which names the variable
 * and says which values it accepts. An empty value counts as not set.
 */
import type { Rate } from "./domain/token-bucket.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads settings, and collects the faults. */
export class EnvironmentReader {
  readonly faults: string[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** The value as it is: empty is not the same as not set. */
  raw(name: string): string | undefined {
    return this.#environment[name];
  }

  text(name: string): string | undefined {
    const value = this.#environment[name]?.trim();
    return value === "" ? undefined : value;
  }

  /** A text as it is, with all its spaces. */
  secret(name: string): string | undefined {
    const value = this.#environment[name];
    return value === "" ? undefined : value;
  }

  /** A whole number from `min` to `max`. */
  count(name: string, byDefault: number, min: number, max = Number.MAX_SAFE_INTEGER): number {
    const raw = this.text(name);
    if (raw === undefined) return byDefault;
    const value = /^\d+$/.test(raw) ? Number(raw) : Number.NaN;
    if (value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    this.faults.push(`${name} must be a whole number ${range}, and is ${quoted(raw)}`);
    return byDefault;
  }

  /**
   * A rate in tokens per period, with a burst of `burstPeriods` periods. Undefined for 0, which is no bound.
   */
  bound(name: string, byDefault: number, periodS: number, burstPeriods: number): Rate | undefined {
    const tokens = this.count(name, byDefault, 0, 1_000_000);
    return tokens === 0 ? undefined : { perSecond: tokens / periodS, burst: tokens * burstPeriods };
  }

  /** The items of a comma-separated list. */
  list(name: string): readonly string[] {
    const items = (this.text(name) ?? "").split(",").map((item) => item.trim());
    return items.filter((item) => item !== "");
  }

  /** A number above zero. */
  rate(name: string, byDefault: number): number {
    const raw = this.text(name);
    if (raw === undefined) return byDefault;
    const value = /^\d+(\.\d+)?$/.test(raw) ? Number(raw) : Number.NaN;
    if (value > 0 && Number.isFinite(value)) return value;
    this.faults.push(`${name} must be a number above 0, and is ${quoted(raw)}`);
    return byDefault;
  }

  fault(message: string): void {
    this.faults.push(message);
  }
}

export const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

export const quoted = (raw: string): string => JSON.stringify(raw.length > 60 ? `${raw.slice(0, 60)}…` : raw);
