/**
 * A contender of the comparison: a service of several instances behind a front end, with clients that post.
 * Each contender has clients of its own, and counts the messages that they lost.
 */
import type { FrontEnd, Retirable } from "../../test/support/front-end.ts";
import type { Lifetime } from "../../test/support/lifetime.ts";

export interface Count {
  /** Messages that the service acknowledged. */
  readonly acknowledged: number;
  /** Acknowledged messages that a client never received, summed over all clients. */
  readonly lost: number;
  /** Repeated deliveries of messages, summed over all clients. */
  readonly repeated: number;
}

/** A started contender: all instances run, and all clients are connected. */
export interface Running {
  readonly frontEnd: FrontEnd;
  readonly instances: readonly Retirable[];
  /** Starts another instance. */
  readonly launch: () => Promise<Retirable>;
  /** Posts this many messages a second. Returns a function that stops it. */
  readonly post: (perSecond: number) => () => void;
  /** Waits until everything has settled, and counts. */
  readonly count: () => Promise<Count>;
}

export interface Contender {
  readonly name: string;
  readonly start: (life: Lifetime, redisUrl: string, clients: number, instances: number) => Promise<Running>;
}
