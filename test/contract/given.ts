/**
 * Fixtures for the contract suites: users, rooms that no other test uses, facts, and a follower that records.
 */
import { randomUUID } from "node:crypto";
import type { AppendOutcome } from "../../src/app/ports/event-log.ts";
import type { Author, MessageFact, RoomEvent } from "../../src/domain/event.ts";
import { parseIdempotencyKey, type IdempotencyKey } from "../../src/domain/idempotency-key.ts";
import type { Head, Position } from "../../src/domain/position.ts";
import { parseConnectionId, type ConnectionId } from "../../src/domain/presence.ts";
import { parseRoomName, type RoomName } from "../../src/domain/room-name.ts";
import { parseUserId } from "../../src/domain/user.ts";
import { eventOf } from "../../src/log/decode-event.ts";
import type { Entry } from "../../src/log/entry.ts";
import { run, type LogPorts } from "./deployment.ts";

type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };

export const valid = <T>(parsed: Parsed<T>): T => {
  if (!parsed.ok) throw new Error("the test's own value is not valid");
  return parsed.value;
};

export const user = (id: string, name = id): Author => ({ id: valid(parseUserId(id)), name });
export const ANN = user("ann", "Ann");
export const BEN = user("ben", "Ben");

export const roomNamed = (name: string): RoomName => valid(parseRoomName(name));
export const newRoom = (): RoomName => roomNamed(`room-${randomUUID()}`);

export const newConnection = (): ConnectionId => parseConnectionId(randomUUID());

export const key = (raw: string = randomUUID()): IdempotencyKey => valid(parseIdempotencyKey(raw));

export const post = (text: string, by: Author = ANN, used = key()): MessageFact => ({
  type: "message.posted",
  by,
  key: used,
  text,
});
export const reply = (replyTo: Position, text: string): MessageFact => ({
  type: "message.posted",
  by: BEN,
  key: key(),
  replyTo,
  text,
});
export const edit = (message: Position, text: string, used = key()): MessageFact => ({
  type: "message.edited",
  by: ANN,
  key: used,
  message,
  text,
});
export const deletion = (message: Position, used = key()): MessageFact => ({
  type: "message.deleted",
  by: ANN,
  key: used,
  message,
});
export const reaction = (message: Position): MessageFact => ({
  type: "reaction.added",
  by: BEN,
  key: key(),
  message,
  emoji: "👍",
});

/** The id and seq of an append. Throws if the message that it is about is gone. */
export const placeOf = (outcome: AppendOutcome): Head => {
  if (outcome.tag === "gone") throw new Error("the message that the fact is about is gone");
  return outcome.at;
};

export const append = async (
  log: Pick<LogPorts, "append">,
  room: RoomName,
  fact: MessageFact,
): Promise<Head> => placeOf(await run(log.append(room, fact)));

/** Posts `count` messages, up to 500 at a time, and returns their ids and seqs in the order of the calls. */
export const fill = async (log: LogPorts, room: RoomName, count: number): Promise<readonly Head[]> => {
  const heads: Head[] = [];
  while (heads.length < count) {
    const some = Array.from({ length: Math.min(500, count - heads.length) }, (_, n) =>
      append(log, room, post(`message ${heads.length + n + 1}`)),
    );
    heads.push(...(await Promise.all(some)));
  }
  return heads;
};

export const seqs = (entries: readonly Entry[]): readonly number[] => entries.map(({ seq }) => seq);
export const counting = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** Whether each entry names the one before it, and the first one names `previous`. */
export const chained = (previous: Position, entries: readonly Entry[]): boolean =>
  entries.every((entry, index) => entry.previous === (entries[index - 1]?.id ?? previous));

/** An event as a short text that is easy to compare. */
export const words = (event: RoomEvent): string => {
  switch (event.type) {
    case "message.posted":
    case "message.edited":
      return event.deleted === true ? "(deleted)" : event.text;
    case "member.joined":
    case "member.left":
      return `${event.type} ${event.by.name}`;
    case "message.deleted":
    case "reaction.added":
    case "reaction.removed":
    case "unknown":
      return event.type;
  }
};
export const wordsOf = (entries: readonly Entry[]): readonly string[] =>
  entries.map((entry) => words(eventOf(entry)));

/** The entry at an id. Throws if the log holds none. */
export const entryAt = async (log: LogPorts, room: RoomName, id: Position): Promise<Entry> => {
  const entry = await run(log.entry(room, id));
  if (entry === undefined) throw new Error(`the log holds no entry at ${id}`);
  return entry;
};

/** All entries of a room, read page by page. */
export const wholeLog = async (log: LogPorts, room: RoomName): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  for (;;) {
    const page = await run(log.before(room, entries[0]?.id, 500));
    entries.unshift(...page.entries);
    if (!page.more) return entries;
  }
};

/** A follower that records its entries. */
export class RecordingFollower {
  readonly entries: Entry[] = [];
  readonly stop: () => void;
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  constructor(log: LogPorts, room: RoomName, from: Position) {
    this.stop = log.follow(room, from, (entries) => {
      this.entries.push(...entries);
      for (const { count, resolve } of this.#waiting) if (this.entries.length >= count) resolve();
      this.#waiting = this.#waiting.filter(({ count }) => this.entries.length < count);
    });
  }

  /** Waits until it has received `count` entries. */
  async received(count: number): Promise<readonly Entry[]> {
    if (this.entries.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }));
    }
    return this.entries;
  }
}
