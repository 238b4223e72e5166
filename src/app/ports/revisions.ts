/**
 * The port of the running revisions of the service (G3). When a newer revision starts, older ones move their
 * connections.
 */
import { Context, type Effect } from "effect";
import type { LogUnavailable } from "./event-log.ts";

export interface Revision {
  readonly name: string;
  /** When its first instance was announced, by the clock of the shared store (unix ms). */
  readonly since: number;
}

export class Revisions extends Context.Service<
  Revisions,
  {
    /** Announces that an instance of this revision has started. The first announcement sets `since`. */
    readonly announce: (name: string) => Effect.Effect<Revision, LogUnavailable>;
    /** The revision whose first announcement came last. Undefined if there is none. */
    readonly newest: Effect.Effect<Revision | undefined, LogUnavailable>;
  }
>()("gapless/Revisions") {}
