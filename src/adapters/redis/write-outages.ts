/**
 * What is told of writes while Redis is there and answers pings and reads as ever: nobody would see otherwise that it stores nothing.
 */
import { Effect } from "effect";
import { isRefusal } from "./attempt.ts";
import { OutageReporter } from "./outage-reporter.ts";
import { Unconfirmed } from "./replicas.ts";

const words = (cause: unknown) => ({ cause: cause instanceof Error ? cause.message : String(cause) });

/** It is full, can't write its snapshot, or is somebody's replica. */
export const refusals = (): OutageReporter =>
  new OutageReporter({
    is: isRefusal,
    begins: (cause) => Effect.logWarning("Redis refuses to store.", words(cause)),
    ends: Effect.logInfo("Redis stores again."),
  });

/** With ACK=replicated: it stores, and no replica has it in time, so nothing is acknowledged. */
export const unconfirmed = (): OutageReporter =>
  new OutageReporter({
    is: (cause) => cause instanceof Unconfirmed,
    begins: (cause) => Effect.logWarning("No replica confirms what is stored.", words(cause)),
    ends: Effect.logInfo("A replica confirms again."),
  });
