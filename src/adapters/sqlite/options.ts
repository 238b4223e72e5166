/**
 * What the embedded log is told to be.
 */
export interface SqliteOptions {
  /** The database's file; its folder is made if it is not there. `:memory:` keeps nothing. */
  readonly file: string;
  /** The clock of the log and of the board (unix ms); the machine's own if left out. */
  readonly now?: () => number;
  readonly leaseMs: number;
  readonly graceMs: number;
  /** How many events the log keeps of a room; 0: no bound. */
  readonly maxEvents: number;
  /** How old the events get that the log keeps; 0: no bound. The last one stays, however old. */
  readonly maxAgeMs: number;
  /** After how long a room is forgotten in which nothing was said and nobody was (L5); 0: never. */
  readonly roomIdleMs: number;
  /** How long an idempotency key is kept (I1). */
  readonly keyTtlMs: number;
}
