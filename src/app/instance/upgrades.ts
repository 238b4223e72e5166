/**
 * G3: when a newer revision of the service starts, the connections that this one holds at that moment are sent on. Once for a revision: who comes later,
 * because traffic is split or was rolled back, stays.
 */
import { Effect, Schedule } from "effect";
import { Gateway } from "./gateway.ts";
import { Revisions } from "../ports/revisions.ts";

const LOOK_EVERY = "3 seconds";

/** Announces this instance's revision, and looks for newer ones as long as the scope lasts. */
export const followRevisions = Effect.fnUntraced(function* (name: string) {
  const revisions = yield* Revisions;
  const gateway = yield* Gateway;
  let answered: string | undefined;
  const look = Effect.gen(function* () {
    const mine = yield* revisions.announce(name);
    const newest = yield* revisions.newest;
    if (newest === undefined || newest.name === answered || newest.since <= mine.since) return;
    answered = newest.name;
    yield* Effect.logInfo("A newer revision is running: this one's connections are sent on.", {
      revision: newest.name,
    });
    yield* gateway.upgrade;
  });
  yield* Effect.forkScoped(Effect.repeat(Effect.ignore(look), Schedule.spaced(LOOK_EVERY)));
});
