/**
 * The messages between the load processes and the process that runs the bench.
 */

/** The task of a load process. It is the first argument of the process. */
export interface Role {
  readonly ports: readonly number[];
  readonly connections: number;
  /** The number of rooms over which its connections are spread. */
  readonly rooms: number;
  /** The number of its connections that measure the time from send to receipt. */
  readonly probes: number;
  /** The prefix of the keys of its posts. It differs for each process. */
  readonly name: string;
}

export type LoadCommand =
  | { readonly tag: "report" }
  /** Every connection posts, and posts again after each ack. */
  | { readonly tag: "flood"; readonly inFlight: number }
  /** Posts at this rate over all its connections, independently of the acks. */
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

export const isLoadCommand = (value: unknown): value is LoadCommand =>
  isRecord(value) && typeof value["tag"] === "string";

export const isRole = (value: unknown): value is Role =>
  isRecord(value) && Array.isArray(value["ports"]) && typeof value["connections"] === "number";

/** The time in microseconds on a clock that all processes of a machine share. */
export const sharedClock = (): number => Number(process.hrtime.bigint() / 1000n);
