/**
 * Turns a promise of the connection into an effect of a port. Every failure becomes `LogUnavailable`.
 *
 * A failure that an absence of Redis can't explain (a bug in a script, data of another program) is logged as
 * well, since nothing else would show it. `write-outages.ts` reports refused writes.
 */
import { Effect } from "effect";
import { LogUnavailable } from "../../app/ports/event-log.ts";
import { UNEXPECTED_REPLY } from "./reply.ts";

/** The error replies of a Redis that is starting, full, moving, or a replica. */
const REFUSAL =
  /^(?:LOADING|OOM|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MOVED|ASK|BUSY|MISCONF|NOREPLICAS|UNBLOCKED|FULL)\b/;

/** Redis has answered, and has refused the command. */
export const isRefusal = (cause: unknown): cause is Error =>
  cause instanceof Error && cause.name === "ReplyError" && REFUSAL.test(cause.message);

const isFault = (cause: unknown): boolean => {
  if (!(cause instanceof Error)) return true;
  if (cause.name === "ReplyError") return !isRefusal(cause);
  return cause instanceof TypeError || cause.message.startsWith(UNEXPECTED_REPLY);
};

export const attempt = <T>(work: () => Promise<T>): Effect.Effect<T, LogUnavailable> =>
  Effect.tryPromise({ try: work, catch: (cause) => new LogUnavailable({ cause }) }).pipe(
    Effect.tapError(({ cause }) =>
      isFault(cause)
        ? Effect.logError("Redis sent an unexpected reply.", { cause: String(cause) })
        : Effect.void,
    ),
  );
