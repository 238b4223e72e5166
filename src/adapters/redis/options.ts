/**
 * What the Redis adapters are told. Durations are milliseconds.
 */
export interface RedisOptions {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  /** Whom to trust where the certificate is not signed by a public authority, as Memorystore's is not. */
  readonly tls?: { readonly ca: string } | undefined;
  readonly leaseMs: number;
  readonly graceMs: number;
  /** How many entries of a room are kept; 0: no bound. */
  readonly maxEvents: number;
  /** How old a kept entry gets, checked with each append; 0: no bound. */
  readonly maxAgeMs: number;
  /** After how long a room is forgotten in which nothing was said and nobody was (L5); 0: never. */
  readonly roomIdleMs: number;
  /** For how long at least an idempotency key is kept. */
  readonly keyTtlMs: number;
  /** `replicated`: an append is acknowledged once a replica has it as well. */
  readonly ack: "stored" | "replicated";
}
