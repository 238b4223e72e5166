/**
 * The options of the Redis adapters. Durations are in milliseconds.
 */
import type { RedisAccess } from "./access.ts";

export interface RedisOptions {
  readonly access: RedisAccess;
  /** The beginning of all keys and channels. */
  readonly prefix: string;
  readonly leaseMs: number;
  readonly graceMs: number;
  /** The maximum number of entries of a room; 0: no bound. */
  readonly maxEvents: number;
  /** The maximum age of an entry, checked with each append; 0: no bound. */
  readonly maxAgeMs: number;
  /** The time after which a room without messages and members is forgotten (L5); 0: never. */
  readonly roomIdleMs: number;
  /** The minimum time for which an idempotency key is kept. */
  readonly keyTtlMs: number;
  /** `replicated`: an append is acknowledged once a replica has it too. */
  readonly ack: "stored" | "replicated";
}
