/**
 * The port Retention on Redis: erases deleted text by rewriting logs in slices (D9), and forgets rooms (L5).
 *
 * The state of a rewrite is in Redis, so any instance continues where another one stopped.
 */
import type { Retention } from "../../app/ports/retention.ts";
import { parseRoomName, type RoomName } from "../../domain/room-name.ts";
import { redactedBody } from "../../log/redaction.ts";
import { attempt } from "./attempt.ts";
import type { Connections } from "./connections.ts";
import { PARTITIONS, type Keys } from "./keys.ts";
import type { RedisOptions } from "./options.ts";
import { listIn, numberIn, textIn } from "./reply.ts";
import { DUE_ROOMS, FORGET, NEXT_SLICE, REWRITE_SLICE } from "./retention-scripts.ts";

export { RETENTION_SCRIPTS } from "./retention-scripts.ts";

/** The number of entries that one script rewrites, so that it never blocks Redis for long. */
const SLICE = 250;
/** The maximum of rooms of a partition in one round. */
const MAX_ROOMS = 100;
/** A rewrite waits this long, so that deletions in quick succession share it. */
const GATHER_MS = 2_000;
/** The time until an empty room that is kept is checked again: the bound on idle rooms may change. */
const CHECK_AGAIN_MS = 86_400_000;

export const makeRetention = (
  connections: Connections,
  keys: Keys,
  { roomIdleMs }: Pick<RedisOptions, "roomIdleMs">,
): Retention["Service"] => {
  /** The rooms of a sorted set that are due. */
  const rooms = async (partition: number, key: string, olderThanMs: number): Promise<readonly RoomName[]> => {
    const due = listIn(await connections.of(partition).run(DUE_ROOMS, [key], [olderThanMs, MAX_ROOMS]));
    return due.flatMap((name) => {
      const parsed = parseRoomName(textIn(name));
      return parsed.ok ? [parsed.value] : [];
    });
  };

  /** Rewrites one slice. The result is whether there is more to rewrite. */
  const rewriteSlice = async (room: RoomName): Promise<boolean> => {
    const { log, deleted, rewrite, rewriteState, erasures, partition } = keys.room(room);
    const connection = connections.of(partition);
    const reply = await connection.run(NEXT_SLICE, [log, deleted, rewrite, rewriteState], [SLICE]);
    const [from, to, texts] = listIn(reply);
    const replaced = listIn(texts).map((text, index) =>
      index % 2 === 0 ? textIn(text) : redactedBody(textIn(text)),
    );
    const more = await connection.run(
      REWRITE_SLICE,
      [log, rewrite, rewriteState, erasures],
      [room, textIn(from), textIn(to), ...replaced],
    );
    return numberIn(more) === 1;
  };

  const erase = async (partition: number): Promise<void> => {
    const due = await rooms(partition, keys.erasures(partition), GATHER_MS);
    for (const room of due) while (await rewriteSlice(room));
  };

  const forget = async (partition: number): Promise<void> => {
    for (const room of await rooms(partition, keys.empty(partition), 0)) {
      const {
        log,
        leases,
        keys: current,
        oldKeys,
        empty,
        due,
        erasures,
        partition: _,
        ...others
      } = keys.room(room);
      await connections
        .of(partition)
        .run(
          FORGET,
          [log, leases, current, oldKeys, empty, due, erasures, ...Object.values(others)],
          [room, roomIdleMs, CHECK_AGAIN_MS],
        );
    }
  };

  /** A partition that can't be reached stops no other. */
  const enforce = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      try {
        await erase(partition);
        await forget(partition);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };

  return { enforce: attempt(enforce) };
};
