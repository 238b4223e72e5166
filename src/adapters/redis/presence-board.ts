/**
 * The port PresenceBoard on Redis. Each room is changed by one script, so the change and its entries in the
 * log are one atomic step.
 */
import type { Members, Presence, PresenceBoard } from "../../app/ports/presence-board.ts";
import { parseRoomName, type RoomName } from "../../domain/room-name.ts";
import { decodeAuthor } from "../../log/decode-event.ts";
import { attempt } from "./attempt.ts";
import type { Connections } from "./connections.ts";
import type { MemoryWatch } from "./memory-watch.ts";
import type { OutageReporter } from "./outage-reporter.ts";
import { PARTITIONS, type Keys } from "./keys.ts";
import type { RedisOptions } from "./options.ts";
import { DROP, DUE, ENTER, LEAVE, MEMBERS_OF, SWEEP } from "./presence-scripts.ts";
import type { Script } from "./script.ts";
import { headIn, listIn, numberIn, textIn } from "./reply.ts";

/** The limits of one script, so that it never blocks Redis for long. */
const MAX_PRESENCES = 200;
const MAX_ROOMS = 100;

/** The presences by room, in chunks for one script each. */
const chunksByRoom = (
  presences: readonly Presence[],
): readonly (readonly [RoomName, readonly Presence[]])[] =>
  [...Map.groupBy(presences, ({ room }) => room)].flatMap(([room, all]) =>
    Array.from(
      { length: Math.ceil(all.length / MAX_PRESENCES) },
      (_, index) => [room, all.slice(index * MAX_PRESENCES, (index + 1) * MAX_PRESENCES)] as const,
    ),
  );

export const makePresenceBoard = (
  connections: Connections,
  refusals: OutageReporter,
  memory: MemoryWatch,
  keys: Keys,
  { maxEvents, maxAgeMs, leaseMs, graceMs }: RedisOptions,
): PresenceBoard["Service"] => {
  const run = (script: Script, room: RoomName, args: readonly (string | number)[]): Promise<unknown> => {
    const { log, leases, listed, counted, due, empty, partition } = keys.room(room);
    return connections.of(partition).run(script, [log, leases, listed, counted, due, empty], args);
  };

  const enter = async (presences: readonly Presence[]): Promise<void> => {
    await Promise.all(
      chunksByRoom(presences).map(([room, some]) =>
        run(ENTER, room, [
          room,
          maxEvents,
          maxAgeMs,
          leaseMs,
          memory.allowsNewRooms(keys.room(room).partition) ? 1 : 0,
          ...some.flatMap(({ user: { id, name }, connection }) => [
            id,
            connection,
            JSON.stringify({ id, name }),
          ]),
        ]),
      ),
    );
  };

  const leave = async (presences: readonly Presence[]): Promise<void> => {
    await Promise.all(
      chunksByRoom(presences).map(([room, some]) =>
        run(LEAVE, room, [
          room,
          maxEvents,
          maxAgeMs,
          ...some.flatMap(({ user, connection }) => [user.id, connection]),
        ]),
      ),
    );
  };

  const drop = async (presences: readonly Presence[]): Promise<void> => {
    await Promise.all(
      chunksByRoom(presences).map(([room, some]) =>
        run(DROP, room, [room, graceMs, ...some.flatMap(({ user, connection }) => [user.id, connection])]),
      ),
    );
  };

  /** Sweeps a partition once. The result is whether there may be more to do. */
  const sweepOnce = async (partition: number): Promise<boolean> => {
    const due = listIn(await connections.of(partition).run(DUE, [keys.due(partition)], [MAX_ROOMS]));
    const rooms = due.flatMap((name) => {
      const parsed = parseRoomName(textIn(name));
      return parsed.ok ? [parsed.value] : [];
    });
    const more = await Promise.all(
      rooms.map((room) => run(SWEEP, room, [room, maxEvents, maxAgeMs, MAX_PRESENCES])),
    );
    return more.some((some) => numberIn(some) === 1) || due.length === MAX_ROOMS;
  };

  /** A partition that can't be reached stops no other. */
  const sweep = async (): Promise<void> => {
    const swept = await Promise.allSettled(
      Array.from({ length: PARTITIONS }, async (_, partition) => {
        while (await sweepOnce(partition));
      }),
    );
    for (const result of swept) if (result.status === "rejected") throw result.reason;
  };

  const members = async (room: RoomName): Promise<Members> => {
    const reply = await run(MEMBERS_OF, room, []);
    const [authors, memberCount, headId, headSeq] = listIn(reply);
    return {
      members: listIn(authors).flatMap((author) => decodeAuthor(JSON.parse(textIn(author))) ?? []),
      memberCount: numberIn(memberCount),
      at: headIn(headId, headSeq),
    };
  };

  return {
    enter: (presences) => refusals.watch(attempt(() => enter(presences))),
    leave: (presences) => attempt(() => leave(presences)),
    drop: (presences) => attempt(() => drop(presences)),
    sweep: attempt(sweep),
    members: (room) => attempt(() => members(room)),
  };
};
