/**
 * Upgrades (G3): when a newer revision of the service starts, this instance asks its present connections to
 * move. It asks once for each revision. A connection that comes later, because traffic is split or was rolled
 * back, stays.
 */
import { Effect, Schedule } from "effect";
import { Gateway } from "./gateway.ts";
import { Revisions } from "../ports/revisions.ts";

const CHECK_EVERY = "3 seconds";

/** Announces this instance's revision, and checks for newer ones as long as the scope exists. */
export const followRevisions = Effect.fnUntraced(function* (name: string) {
  const revisions = yield* Revisions;
  const gateway = yield* Gateway;
  let lastAnswered: string | undefined;
  const check = Effect.gen(function* () {
    const mine = yield* revisions.announce(name);
    const newest = yield* revisions.newest;
    if (newest === undefined || newest.name === lastAnswered || newest.since <= mine.since) return;
    lastAnswered = newest.name;
    yield* Effect.logInfo("A newer revision is running: this instance asks its connections to move.", {
      revision: newest.name,
    });
    yield* gateway.upgrade;
  });
  yield* Effect.forkScoped(Effect.repeat(Effect.ignore(check), Schedule.spaced(CHECK_EVERY)));
});
