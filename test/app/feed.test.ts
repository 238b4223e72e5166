/**
 * Tests of the feed and its cursors, without any infrastructure: batches for live subscribers, logs that
 * diverge, and slow readers.
 */
import { Effect, Fiber } from "effect";
import { describe, expect, it } from "vitest";
import type { Batch, BatchEncoder } from "../../src/app/fan-out/batch.ts";
import { catchUp } from "../../src/app/fan-out/catch-up.ts";
import type { Cursor, Start, Subscriber } from "../../src/app/fan-out/cursor.ts";
import { Feed } from "../../src/app/fan-out/feed.ts";
import type { PageAfter } from "../../src/app/ports/history.ts";
import { Backlog } from "../../src/domain/backlog.ts";
import { unbounded } from "../../src/domain/byte-budget.ts";
import type { Fact } from "../../src/domain/event.ts";
import { EMPTY_HEAD, position, START } from "../../src/domain/position.ts";
import { parseConnectionId, type ConnectionId } from "../../src/domain/presence.ts";
import { EMPTY_ROSTER } from "../../src/domain/roster.ts";
import { parseIdempotencyKey } from "../../src/domain/idempotency-key.ts";
import { parseRoomName } from "../../src/domain/room-name.ts";
import { parseUserId } from "../../src/domain/user.ts";
import { entryOf, envelopeOf, type Entry } from "../../src/log/entry.ts";
import { encodeEventList } from "../../src/wire/encode.ts";
import { Outgoing } from "../../src/wire/outgoing.ts";

const valid = <T>(parsed: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!parsed.ok) throw new Error("the test's own value is not valid");
  return parsed.value;
};
const ROOM = valid(parseRoomName("hall"));
const ANN = { id: valid(parseUserId("ann")), name: "Ann" };
const KEY = valid(parseIdempotencyKey("k"));
const id = (seq: number) => (seq === 0 ? START : position(`${1000 + seq}-0`));
const entry = (seq: number, fact: Fact): Entry => entryOf(id(seq), seq, id(seq - 1), envelopeOf(fact));
const posted = (seq: number): Entry =>
  entry(seq, { type: "message.posted", by: ANN, key: KEY, text: `text ${seq}` });
const range = (from: number, to: number): Entry[] =>
  Array.from({ length: to - from + 1 }, (_, index) => posted(from + index));

const LIST: BatchEncoder = (_, entries) => new Outgoing(encodeEventList(entries));

class Reader implements Subscriber {
  readonly connection: ConnectionId;
  readonly starts: Start[] = [];
  readonly batches: Batch[] = [];
  readonly notices: Outgoing[] = [];
  congested = false;

  constructor(connection = "c1") {
    this.connection = parseConnectionId(connection);
  }

  start(start: Start): void {
    this.starts.push(start);
  }

  events(batch: Batch): void {
    this.batches.push(batch);
  }

  notice(frame: Outgoing): void {
    this.notices.push(frame);
  }

  get seqs(): readonly number[] {
    return this.batches.flatMap(({ entries }) => entries.map(({ seq }) => seq));
  }
}

const seqsTo = (from: number, to: number): readonly number[] => range(from, to).map(({ seq }) => seq);

const setUp = (kept = 100) => {
  const diverged: Feed[] = [];
  const behind: Cursor[] = [];
  const feed = new Feed(
    ROOM,
    new Backlog<Entry>(kept, 1_000_000),
    unbounded(),
    { head: EMPTY_HEAD, entries: [], more: false, roster: EMPTY_ROSTER },
    { onDiverged: (one) => diverged.push(one), onBehind: (_, cursor) => behind.push(cursor) },
  );
  return { feed, diverged, behind };
};

const live = (feed: Feed, reader: Reader): Cursor =>
  feed.subscribe(reader, { replay: "recent" }, feed.batch(feed.recent(50).entries), false);

describe("a feed", () => {
  it("[D2] [D3] gives all live subscribers the same encoded batch, once and in order", () => {
    const { feed } = setUp();
    const [one, other] = [new Reader("c1"), new Reader("c2")];
    live(feed, one);
    live(feed, other);
    feed.take(range(1, 3));
    feed.take(range(4, 4));
    expect(one.seqs).toEqual([1, 2, 3, 4]);
    expect(one.batches[0]).toBe(other.batches[0]);
    expect(one.batches[0]?.encoded(LIST)).toBe(other.batches[0]?.encoded(LIST));
  });

  it("[D2] tells a new subscriber where it starts, and then sends only later entries", () => {
    const { feed } = setUp();
    feed.take(range(1, 3));
    const reader = new Reader();
    live(feed, reader);
    feed.take(range(4, 5));
    expect(reader.starts[0]?.head.seq).toBe(3);
    expect(reader.starts[0]?.batch.entries.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(reader.seqs).toEqual([4, 5]);
  });

  it("[D2] sends nothing to a subscriber that has left", () => {
    const { feed } = setUp();
    const reader = new Reader();
    feed.unsubscribe(live(feed, reader));
    feed.take(range(1, 1));
    expect(reader.seqs).toEqual([]);
  });

  it("[R4] stops if an entry does not name the last one as its predecessor, even if its seq is right", () => {
    const { feed, diverged } = setUp();
    const reader = new Reader();
    live(feed, reader);
    feed.take(range(1, 3));
    feed.take([entryOf(id(9), 4, id(8), envelopeOf({ type: "member.joined", by: ANN }))]);
    feed.take(range(4, 5));
    expect(diverged).toEqual([feed]);
    expect(reader.seqs).toEqual([1, 2, 3]);
  });

  it("[R4] tells all subscribers once about the new head when it is reopened, and continues from there", () => {
    const { feed } = setUp();
    const reader = new Reader();
    live(feed, reader);
    feed.take(range(1, 5));
    feed.markDiverged();
    const entries = range(1, 2);
    feed.reopen({ head: posted(2), entries, more: false, roster: EMPTY_ROSTER }, "unknown");
    feed.take(range(3, 3));
    expect(reader.starts.slice(1)).toMatchObject([
      { replay: "reset", reason: "unknown", head: { seq: 2 }, batch: { entries } },
    ]);
    expect(reader.seqs).toEqual([1, 2, 3, 4, 5, 3]);
  });

  it("[D6] a deletion removes the text from memory, and from the entries that are sent with it", () => {
    const { feed } = setUp();
    const reader = new Reader();
    live(feed, reader);
    feed.take(range(1, 1));
    const edited = entry(2, { type: "message.edited", by: ANN, key: KEY, message: id(1), text: "secret" });
    feed.take([edited, entry(3, { type: "message.deleted", by: ANN, key: KEY, message: id(1) })]);
    const sent = reader.batches[1]?.encoded(LIST).text ?? "";
    expect(sent).toContain(`"deleted":true`);
    expect(sent).not.toContain("secret");
    const kept = feed.recent(10).entries.map(({ body }) => body);
    expect(kept.filter((json) => json.includes(`"deleted":true`))).toHaveLength(2);
    expect(kept.some((json) => json.includes(`"text"`))).toBe(false);
  });

  it("[P4] folds the roster, so that members and head belong to the same moment", () => {
    const { feed } = setUp();
    feed.take([entry(1, { type: "member.joined", by: ANN })]);
    const reader = new Reader();
    live(feed, reader);
    expect(reader.starts[0]).toMatchObject({ head: { seq: 1 }, members: [ANN], memberCount: 1 });
    feed.take([entry(2, { type: "member.left", by: ANN })]);
    expect(feed.memberCount).toBe(0);
  });

  it("[P5] a signal goes to all connections except the sender's", () => {
    const { feed } = setUp();
    const [one, other] = [new Reader("c1"), new Reader("c2")];
    live(feed, one);
    live(feed, other);
    feed.signal({ kind: "typing", user: ANN, connection: one.connection });
    expect([one.notices.length, other.notices.length]).toEqual([0, 1]);
  });

  it("[P6] a new count goes to all subscribers once, and an unchanged count to none", () => {
    const { feed } = setUp();
    const reader = new Reader();
    live(feed, reader);
    feed.count(250);
    feed.count(250);
    expect(reader.notices.map(({ text }) => JSON.parse(text))).toEqual([
      { type: "members", room: "hall", memberCount: 250 },
    ]);
  });
});

describe("a cursor that is behind", () => {
  const never = (): never => {
    throw new Error("the log was read");
  };

  it("[D4] a slow reader is not pushed to, delays no other, and is served from memory when it has drained", async () => {
    const { feed, behind } = setUp();
    const [slow, quick] = [new Reader("c1"), new Reader("c2")];
    const cursor = live(feed, slow);
    live(feed, quick);
    feed.take(range(1, 2));
    slow.congested = true;
    feed.take(range(3, 5));
    feed.take(range(6, 6));
    expect(behind).toEqual([cursor]);
    expect([slow.seqs, quick.seqs]).toEqual([seqsTo(1, 2), seqsTo(1, 6)]);
    expect(feed.seqOf(cursor)).toBe(2);
    const caughtUp = Effect.runFork(catchUp(feed, cursor, never));
    slow.congested = false;
    cursor.onDrained?.();
    await Effect.runPromise(Fiber.join(caughtUp));
    feed.take(range(7, 7));
    expect(slow.seqs).toEqual(seqsTo(1, 7));
  });

  it("[R6] a resume within memory costs the log no read", async () => {
    const { feed } = setUp(2_000);
    feed.take(range(1, 1_500));
    const reader = new Reader();
    const cursor = feed.subscribe(
      reader,
      { replay: "resumed" },
      feed.batch(feed.after(id(100), 500) ?? []),
      false,
    );
    await Effect.runPromise(catchUp(feed, cursor, never));
    expect(reader.starts[0]?.batch.entries.map(({ seq }) => seq)).toEqual(seqsTo(101, 600));
    expect(reader.seqs).toEqual(seqsTo(601, 1_500));
  });

  it("[R6] subscribers that resume from the same place get the same bytes, until a deletion removes a text", () => {
    const { feed } = setUp();
    feed.take(range(1, 9));
    const resume = () => feed.batch(feed.after(id(2), 500) ?? []);
    const before = resume();
    expect(resume()).toBe(before);
    feed.take([entry(10, { type: "message.deleted", by: ANN, key: KEY, message: id(5) })]);
    expect(feed.batch(feed.recent(10).entries.slice(2, 9)).encoded(LIST).text).not.toContain("text 5");
  });

  it("[R5] entries that memory has lost are read from the log in pages, and none past the head are sent", async () => {
    const { feed } = setUp(10);
    feed.take(range(1, 1_000));
    const asked: number[] = [];
    const read = (after: ReturnType<typeof id>, limit: number): Effect.Effect<PageAfter> => {
      const from = Number(after.slice(0, after.indexOf("-"))) - 1000;
      asked.push(from);
      // The log is ten entries ahead of this instance's tail.
      const entries = range(from + 1, 1_010).slice(0, limit);
      return Effect.succeed({ status: "held", entries, more: false, head: posted(1_010) });
    };
    const reader = new Reader();
    const cursor = feed.subscribe(reader, { replay: "resumed" }, feed.batch(range(1, 1)), false);
    await Effect.runPromise(catchUp(feed, cursor, read));
    feed.take(range(1_001, 1_010));
    expect(reader.seqs).toEqual(seqsTo(2, 1_010));
    expect(asked).toEqual([1, 501]);
  });

  it("[R3] a position that the log can no longer honour causes a reset, and is never skipped past", async () => {
    const { feed } = setUp(10);
    feed.take(range(1, 100));
    const reader = new Reader();
    const cursor = feed.subscribe(reader, { replay: "resumed" }, feed.batch(range(1, 1)), false);
    await Effect.runPromise(catchUp(feed, cursor, () => Effect.succeed({ status: "trimmed" })));
    feed.take(range(101, 101));
    expect(reader.starts[1]).toMatchObject({ replay: "reset", reason: "trimmed", head: { seq: 100 } });
    expect(reader.seqs).toEqual([101]);
  });
});
