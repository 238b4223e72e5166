/**
 * From a promise of the connection to an effect of a port: every failure is `LogUnavailable`. One that no absence of Redis explains (a bug in a
 * script, a foreign hand in the data) is logged as well, since nobody would see it otherwise. Of refusals to store, storing.ts tells.
 */
import { Effect } from "effect";
import { LogUnavailable } from "../../app/ports/event-log.ts";

/** What Redis answers while it is starting, full, moving or somebody's replica. */
const AWAY =
  /^(?:LOADING|OOM|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MOVED|ASK|BUSY|MISCONF|NOREPLICAS|UNBLOCKED|FULL)\b/;

/** Redis has answered, and said no. */
export const isRefusal = (cause: unknown): cause is Error =>
  cause instanceof Error && cause.name === "ReplyError" && AWAY.test(cause.message);

const isFault = (cause: unknown): boolean => {
  if (!(cause instanceof Error)) return true;
  if (cause.name === "ReplyError") return !isRefusal(cause);
  return cause instanceof TypeError || cause.message.startsWith("the reply of Redis is not");
};

export const attempt = <T>(work: () => Promise<T>): Effect.Effect<T, LogUnavailable> =>
  Effect.tryPromise({ try: work, catch: (cause) => new LogUnavailable({ cause }) }).pipe(
    Effect.tapError(({ cause }) =>
      isFault(cause)
        ? Effect.logError("Redis answered what it should not have.", { cause: String(cause) })
        : Effect.void,
    ),
  );
