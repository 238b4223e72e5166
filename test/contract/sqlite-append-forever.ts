/**
 * A process for `sqlite-durability.test.ts`: appends to the log whose file it is given, eight at a time, and says each seq on a line of its own once
 * that was acknowledged, until it is killed.
 */
import { Effect } from "effect";
import { writeSync } from "node:fs";
import { layerSqlite } from "../../src/adapters/sqlite/layer.ts";
import { EventLog } from "../../src/app/ports/event-log.ts";
import { append, post, roomNamed } from "./given.ts";

const [, , file = ""] = process.argv;
const layer = layerSqlite({
  file,
  leaseMs: 30_000,
  graceMs: 15_000,
  maxEvents: 0,
  maxAgeMs: 0,
  keyTtlMs: 86_400_000,
  roomIdleMs: 0,
});

const appendForever = EventLog.use((log) =>
  Effect.promise(() =>
    Promise.all(
      Array.from({ length: 8 }, async () => {
        for (;;) {
          const { seq } = await append(log, roomNamed("hall"), post("until I am killed"));
          writeSync(1, `${seq}\n`);
        }
      }),
    ),
  ),
);

await Effect.runPromise(Effect.provide(appendForever, layer));
