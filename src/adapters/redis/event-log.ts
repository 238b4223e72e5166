/**
 * The port EventLog on Redis: the log of each room is a stream. An append is one script: one round trip and
 * one atomic step.
 */
import type { AppendOutcome, EventLog } from "../../app/ports/event-log.ts";
import { targetOf, type MessageFact } from "../../domain/event.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { envelopeOf } from "../../log/entry.ts";
import { attempt } from "./attempt.ts";
import type { Connections } from "./connections.ts";
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
 * `appends`: with ACK=replicated connections of their own, because waiting for a replica blocks the
 * connection. `reachable` fails unless all connections are up.
 */
export const makeEventLog = (
  appends: Connections,
  reachable: () => Promise<void>,
  refusals: OutageReporter,
  memory: MemoryWatch,
  keys: Keys,
  options: RedisOptions,
): EventLog["Service"] => {
  const replicas =
    options.ack === "replicated" ? appends.all.map((connection) => new Replicas(connection)) : [];
  const unconfirmedWrites = unconfirmed();

  const append = async (room: RoomName, fact: MessageFact): Promise<AppendOutcome> => {
    const names = keys.room(room);
    const { version, type, subject, author, body } = envelopeOf(fact);
    const reply = await appends
      .of(names.partition)
      .run(
        APPEND_FACT,
        [
          names.log,
          names.deleted,
          names.keys,
          names.oldKeys,
          names.empty,
          names.erasures,
          names.rewriteState,
        ],
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
          memory.allowsNewRooms(names.partition) ? 1 : 0,
        ],
      );
    const [id, seq, duplicate] = listIn(reply);
    if (id === undefined) return { tag: "gone" };
    await replicas[appends.groupOf(names.partition)]?.confirm();
    return { tag: "appended", at: headIn(id, seq), duplicate: duplicate === 1 };
  };

  return {
    append: (room, fact) => unconfirmedWrites.watch(refusals.watch(attempt(() => append(room, fact)))),
    reachable: attempt(reachable),
  };
};
