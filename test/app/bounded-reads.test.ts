/**
 * The bound on what reads of the log hold together.
 */
import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import { boundReads } from "../../src/app/fan-out/bounded-reads.ts";
import type { History, PageBefore } from "../../src/app/ports/history.ts";
import { EMPTY_HEAD, START } from "../../src/domain/position.ts";
import { parseRoomName } from "../../src/domain/room-name.ts";

const PAGE: PageBefore = { entries: [], more: false, head: EMPTY_HEAD };

/** A history that takes a moment, and tells how many entries were being read at most. */
const slowHistory = () => {
  const reading = { now: 0, most: 0, done: 0 };
  const read = <A>(limit: number, page: A) =>
    Effect.gen(function* () {
      reading.now += limit;
      reading.most = Math.max(reading.most, reading.now);
      yield* Effect.yieldNow;
      yield* Effect.yieldNow;
      reading.now -= limit;
      reading.done += 1;
      return page;
    });
  const history: History["Service"] = {
    after: (_, __, limit) => read(limit, { status: "held", ...PAGE } as const),
    before: (_, __, limit) => read(limit, PAGE),
    entry: () => Effect.succeed(undefined),
    diverged: () => Effect.succeed([]),
  };
  return { reading, history };
};

describe("reads of the log", () => {
  it("[D8] [L4] attack 5: 200 pages of 500 at once hold 2,000 entries at most, and all are answered", async () => {
    const room = parseRoomName("lobby");
    if (!room.ok) throw new Error("not a room");
    const { reading, history } = slowHistory();
    const { after, before } = boundReads(history, 2_000);
    const reads = Array.from({ length: 100 }, () => [
      Effect.asVoid(after(room.value, START, 500)),
      Effect.asVoid(before(room.value, undefined, 500)),
    ]).flat();
    await Effect.runPromise(Effect.all(reads, { concurrency: "unbounded", discard: true }));
    expect(reading).toEqual({ now: 0, most: 2_000, done: 200 });
  });

  it("[D8] a page that is larger than the bound is read alone, and one of no entry is read as well", async () => {
    const room = parseRoomName("lobby");
    if (!room.ok) throw new Error("not a room");
    const { reading, history } = slowHistory();
    const { before } = boundReads(history, 100);
    const reads = [0, 5_000, 0].map((limit) => before(room.value, undefined, limit));
    await Effect.runPromise(Effect.all(reads, { concurrency: "unbounded", discard: true }));
    expect(reading.done).toBe(3);
  });
});
