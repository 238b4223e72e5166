/**
 * The options of the embedded log.
 */
export interface SqliteOptions {
  /** The file of the database. Its folder is made if it does not exist. `:memory:` stores nothing. */
  readonly file: string;
  /** The clock of the log and of the board (unix ms). The default is the machine's clock. */
  readonly now?: () => number;
  readonly leaseMs: number;
  readonly graceMs: number;
  /** The maximum number of events of a room; 0: no bound. */
  readonly maxEvents: number;
  /** The maximum age of an event; 0: no bound. The last event always stays. */
  readonly maxAgeMs: number;
  /** The time after which a room without messages and members is forgotten (L5); 0: never. */
  readonly roomIdleMs: number;
  /** The lifetime of an idempotency key (I1). */
  readonly keyTtlMs: number;
}
