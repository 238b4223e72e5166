/**
 * The two outages of writes: Redis refuses writes, or no replica confirms them. Redis still answers pings and
 * reads in both cases, so nothing else would report them.
 */
import { Effect } from "effect";
import { isRefusal } from "./attempt.ts";
import { OutageReporter } from "./outage-reporter.ts";
import { Unconfirmed } from "./replicas.ts";

const fieldsOf = (cause: unknown) => ({ cause: cause instanceof Error ? cause.message : String(cause) });

/** Redis is full, can't write its snapshot, lacks replicas, or is a replica itself. */
export const refusals = (): OutageReporter =>
  new OutageReporter({
    isCause: isRefusal,
    reportBegin: (cause) => Effect.logWarning("Redis refuses writes.", fieldsOf(cause)),
    reportEnd: Effect.logInfo("Redis accepts writes again."),
  });

/** With ACK=replicated: Redis stores, but no replica confirms in time, so nothing is acknowledged. */
export const unconfirmed = (): OutageReporter =>
  new OutageReporter({
    isCause: (cause) => cause instanceof Unconfirmed,
    reportBegin: (cause) => Effect.logWarning("No replica confirms writes.", fieldsOf(cause)),
    reportEnd: Effect.logInfo("A replica confirms writes again."),
  });
