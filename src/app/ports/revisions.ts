/**
 * The port to which revisions of the service are running (G3), so that an older one can send its connections on when a newer one starts.
 */
import { Context, type Effect } from "effect";
import type { LogUnavailable } from "./event-log.ts";

export interface Revision {
  readonly name: string;
  /** When its first instance was announced, by the shared store's clock (unix ms). */
  readonly since: number;
}

export class Revisions extends Context.Service<
  Revisions,
  {
    /** Says that an instance of this revision has started; the first one sets since when the revision runs. */
    readonly announce: (name: string) => Effect.Effect<Revision, LogUnavailable>;
    /** The revision that was last announced anew; undefined where none has been. */
    readonly newest: Effect.Effect<Revision | undefined, LogUnavailable>;
  }
>()("gapless/Revisions") {}
