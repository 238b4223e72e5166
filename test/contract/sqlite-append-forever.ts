/**
 * A process for `sqlite-durability.test.ts`. It appends to the log in a given file, eight entries at a time,
 * until it is killed. It prints each acknowledged seq on a line.
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
