/**
 * Turns a synchronous read of the database into an effect of a port. Any exception becomes `LogUnavailable`.
 */
import { Effect } from "effect";
import { LogUnavailable } from "../../app/ports/event-log.ts";

export const reading = <A>(read: () => A): Effect.Effect<A, LogUnavailable> =>
  Effect.try({ try: read, catch: (cause) => new LogUnavailable({ cause }) });
