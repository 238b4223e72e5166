/**
 * What takes part: a service of several instances behind a front end, with clients that post to all of them. Each brings its own clients, and counts by itself
 * what they did not get.
 */
import type { FrontEnd, Retirable } from "../../test/support/front-end.ts";
import type { Lifetime } from "../../test/support/lifetime.ts";

export interface Count {
  /** Messages that the service acknowledged. */
  readonly acknowledged: number;
  /** Acknowledged messages that a client never got, over all clients. */
  readonly lost: number;
  /** Messages that a client got once more, over all clients. */
  readonly repeated: number;
}

/** All of it runs, and everybody is connected. */
export interface Running {
  readonly frontEnd: FrontEnd;
  readonly instances: readonly Retirable[];
  /** Starts one instance more. */
  readonly launch: () => Promise<Retirable>;
  /** Posts so many messages a second until the answer is called. */
  readonly post: (perSecond: number) => () => void;
  /** Lets all come to rest, and counts. */
  readonly count: () => Promise<Count>;
}

export interface Contender {
  readonly name: string;
  readonly start: (life: Lifetime, redisUrl: string, clients: number, instances: number) => Promise<Running>;
}
