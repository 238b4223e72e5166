/**
 * What the processes of the load and the one that runs the bench say to each other.
 */

/** What a process of the load is to be, as its first argument. */
export interface Role {
  readonly ports: readonly number[];
  readonly connections: number;
  /** Its connections are spread over so many rooms. */
  readonly rooms: number;
  /** The first so many of its connections take the time from send to receipt. */
  readonly probes: number;
  /** Distinguishes the keys of its posts from those of the others. */
  readonly name: string;
}

export type Order =
  | { readonly tag: "report" }
  /** Every connection posts, and posts again with each ack. */
  | { readonly tag: "flood"; readonly inFlight: number }
  /** So many posts a second, over all its connections, whatever the acks do. */
  | { readonly tag: "pace"; readonly perSecond: number }
  | { readonly tag: "rest" };

export interface Report {
  readonly deliveries: number;
  readonly acks: number;
  readonly errors: number;
  /** Microseconds from send to receipt, since the last report. */
  readonly delays: readonly number[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

export const isReport = (value: unknown): value is Report =>
  isRecord(value) && typeof value["deliveries"] === "number" && Array.isArray(value["delays"]);

export const isOrder = (value: unknown): value is Order =>
  isRecord(value) && typeof value["tag"] === "string";

export const isRole = (value: unknown): value is Role =>
  isRecord(value) && Array.isArray(value["ports"]) && typeof value["connections"] === "number";

/** Microseconds on a clock that all processes of a machine share. */
export const sharedClock = (): number => Number(process.hrtime.bigint() / 1000n);
