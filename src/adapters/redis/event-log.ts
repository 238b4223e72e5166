/**
 * The port EventLog on Redis: the log of each room is a stream. An append is one script: one round trip and
 * one atomic step.
 */
import { Effect } from "effect";
import type { AppendOutcome, EventLog } from "../../app/ports/event-log.ts";
import { targetOf, type MessageFact } from "../../domain/event.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { envelopeOf } from "../../log/entry.ts";
import { attempt } from "./attempt.ts";
import type { Connection } from "./connection.ts";
import { EMPTY_ROOM_MS } from "../../app/ports/retention.ts";
import type { MemoryWatch } from "./memory-watch.ts";
import type { OutageReporter } from "./outage-reporter.ts";
import type { Keys } from "./keys.ts";
import { APPEND_FACT } from "./log-scripts.ts";
import type { RedisOptions } from "./options.ts";
import { Replicas } from "./replicas.ts";
import { headIn, listIn } from "./reply.ts";
import { unconfirmed } from "./write-outages.ts";

/**
 * `appends`: with ACK=replicated a connection of its own, because waiting for a replica blocks the
 * connection.
 */
export const makeEventLog = (
  connection: Connection,
  appends: Connection,
  refusals: OutageReporter,
  memory: MemoryWatch,
  keys: Keys,
  options: RedisOptions,
): EventLog["Service"] => {
  const replicas = options.ack === "replicated" ? new Replicas(appends) : undefined;
  const unconfirmedWrites = unconfirmed();

  const append = async (room: RoomName, fact: MessageFact): Promise<AppendOutcome> => {
    const names = keys.room(room);
    const { version, type, subject, author, body } = envelopeOf(fact);
    const reply = await appends.run(
      APPEND_FACT,
      [names.log, names.deleted, names.keys, names.oldKeys, names.empty, names.erasures, names.rewriteState],
      [
        version,
        type,
        subject ?? "",
        author,
        body,
        `${fact.by.id} ${fact.key}`,
        targetOf(fact) ?? "",
        options.maxEvents,
        options.maxAgeMs,
        options.keyTtlMs,
        room,
        EMPTY_ROOM_MS,
        memory.allowsNewRooms ? 1 : 0,
      ],
    );
    const [id, seq, duplicate] = listIn(reply);
    if (id === undefined) return { tag: "gone" };
    await replicas?.confirm();
    return { tag: "appended", at: headIn(id, seq), duplicate: duplicate === 1 };
  };

  return {
    append: (room, fact) => unconfirmedWrites.watch(refusals.watch(attempt(() => append(room, fact)))),
    reachable: Effect.asVoid(attempt(() => connection.call((redis) => redis.ping()))),
  };
};
