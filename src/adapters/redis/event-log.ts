/**
 * The log of each room as a Redis stream. Every call is one script: one round trip, one atomic step.
 */
import { Effect } from "effect";
import type { AppendOutcome, EventLog, PageAfter, PageBefore } from "../../app/ports/event-log.ts";
import { targetOf, type MessageFact } from "../../domain/event.ts";
import type { Head, Position } from "../../domain/position.ts";
import { positionStatus } from "../../domain/resume.ts";
import type { Target } from "../../domain/room.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { encodeFact, eventOf } from "../../wire/event.ts";
import { attempt } from "./attempt.ts";
import type { Connection } from "./connection.ts";
import type { OutageReporter } from "./outage-reporter.ts";
import { roomKeys } from "./keys.ts";
import { APPEND_FACT, READ_AFTER, READ_BEFORE, READ_ONE, DIVERGED } from "./log-scripts.ts";
import type { RedisOptions } from "./options.ts";
import { Replicas } from "./replicas.ts";
import { entriesIn, headIn, listIn, numberIn, withRedactions } from "./reply.ts";
import { unconfirmed } from "./write-outages.ts";
import type { Tail } from "./tail.ts";

/** `appends` is a connection of its own where an append waits for a replica, since that holds its connection up. */
export const makeEventLog = (
  connection: Connection,
  appends: Connection,
  tail: Tail,
  refusals: OutageReporter,
  options: RedisOptions,
): EventLog["Service"] => {
  const replicas = options.ack === "replicated" ? new Replicas(appends) : undefined;
  const lags = unconfirmed();

  const append = async (room: RoomName, fact: MessageFact): Promise<AppendOutcome> => {
    const { log, deleted, keys, oldKeys } = roomKeys(room);
    const reply = await appends.run(
      APPEND_FACT,
      [log, deleted, keys, oldKeys],
      [
        encodeFact(fact),
        `${fact.by.id} ${fact.key}`,
        targetOf(fact) ?? "",
        fact.type === "message.deleted" ? 1 : 0,
        options.maxEvents,
        options.maxAgeMs,
        options.keyTtlMs,
      ],
    );
    const [id, seq, duplicate] = listIn(reply);
    if (id === undefined) return { tag: "gone" };
    await replicas?.confirm();
    return { tag: "appended", at: headIn(id, seq), duplicate: duplicate === 1 };
  };

  const after = async (room: RoomName, position: Position, limit: number): Promise<PageAfter> => {
    const { log, deleted } = roomKeys(room);
    const reply = await connection.run(READ_AFTER, [log, deleted], [position, limit]);
    const [found, firstId, firstSeq, headId, headSeq, page, redactions] = listIn(reply);
    const first = headIn(firstId, firstSeq);
    const stands = positionStatus(position, found === 1, first.seq === 0 ? undefined : first);
    if (stands !== "held") return { status: stands };
    const entries = withRedactions(entriesIn(page, position), redactions);
    const more = entries.length > limit;
    return { status: "held", entries: entries.slice(0, limit), more, head: headIn(headId, headSeq) };
  };

  const before = async (
    room: RoomName,
    position: Position | undefined,
    limit: number,
  ): Promise<PageBefore> => {
    const { log, deleted } = roomKeys(room);
    const newest = position === undefined ? "+" : `(${position}`;
    const reply = await connection.run(READ_BEFORE, [log, deleted], [newest, limit]);
    const [headId, headSeq, page, redactions] = listIn(reply);
    const entries = withRedactions(entriesIn(page), redactions);
    const more = entries.length > limit;
    return { entries: entries.slice(0, limit).toReversed(), more, head: headIn(headId, headSeq) };
  };

  const message = async (room: RoomName, id: Position): Promise<Target | undefined> => {
    const { log, deleted } = roomKeys(room);
    const [page, redactions] = listIn(await connection.run(READ_ONE, [log, deleted], [id]));
    const [entry] = entriesIn(page);
    if (entry === undefined) return undefined;
    const event = eventOf(entry);
    if (event.type !== "message.posted") return undefined;
    return { author: event.by.id, deleted: listIn(redactions).length > 0 };
  };

  const diverged = async (heads: ReadonlyMap<RoomName, Head>): Promise<readonly RoomName[]> => {
    const asked = [...heads].filter(([, head]) => head.seq > 0);
    const answers = await Promise.all(
      asked.map(([room, { id, seq }]) => connection.run(DIVERGED, [roomKeys(room).log], [id, seq])),
    );
    return asked.filter((_, index) => numberIn(answers[index]) === 1).map(([room]) => room);
  };

  return {
    append: (room, fact) => lags.watch(refusals.watch(attempt(() => append(room, fact)))),
    after: (room, position, limit) => attempt(() => after(room, position, limit)),
    before: (room, position, limit) => attempt(() => before(room, position, limit)),
    message: (room, id) => attempt(() => message(room, id)),
    follow: (room, from, onEntries) => tail.follow(roomKeys(room).log, from, onEntries),
    diverged: (heads) => attempt(() => diverged(heads)),
    reachable: Effect.asVoid(attempt(() => connection.call((redis) => redis.ping()))),
  };
};
