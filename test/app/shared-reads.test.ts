/**
 * Tests of reads of the log that are shared while they are under way.
 */
import { Deferred, Effect, Exit, Fiber } from "effect";
import { expect, it } from "vitest";
import { LogUnavailable } from "../../src/app/ports/event-log.ts";
import type { PageAfter } from "../../src/app/ports/history.ts";
import { shareReads, type ReadAfter } from "../../src/app/fan-out/shared-reads.ts";
import { EMPTY_HEAD, position, START } from "../../src/domain/position.ts";

const PAGE: PageAfter = { status: "held", entries: [], more: false, head: EMPTY_HEAD };

const setUp = () => {
  const gates: Deferred.Deferred<PageAfter, LogUnavailable>[] = [];
  const after: ReadAfter = () =>
    Effect.suspend(() => {
      const gate = Deferred.makeUnsafe<PageAfter, LogUnavailable>();
      gates.push(gate);
      return Deferred.await(gate);
    });
  return { gates, read: shareReads(after, (effect) => Effect.runFork(effect)) };
};

it("[R6] callers during a read of the same page get its result, and a later caller causes a new read", async () => {
  const { gates, read } = setUp();
  const asking = Array.from({ length: 100 }, () => Effect.runPromise(read(START, 500)));
  const other = Effect.runPromise(read(position("1-0"), 500));
  expect(gates).toHaveLength(2);
  for (const gate of gates) Effect.runSync(Deferred.succeed(gate, PAGE));
  expect(new Set(await Promise.all([...asking, other]))).toEqual(new Set([PAGE]));
  void Effect.runFork(read(START, 500));
  expect(gates).toHaveLength(3);
});

it("[D5] a failed read fails for all callers that wait for it, and is not cached", async () => {
  const { gates, read } = setUp();
  const asking = [1, 2].map(() => Effect.runPromiseExit(read(START, 500)));
  const gone = new LogUnavailable({ cause: "away" });
  for (const gate of gates) Effect.runSync(Deferred.fail(gate, gone));
  expect(await Promise.all(asking)).toEqual([Exit.fail(gone), Exit.fail(gone)]);
  void Effect.runFork(read(START, 500));
  expect(gates).toHaveLength(2);
});

it("[R6] a caller that gives up does not cancel the read for the others", async () => {
  const { gates, read } = setUp();
  const first = Effect.runFork(read(START, 500));
  const second = Effect.runPromise(read(START, 500));
  await Effect.runPromise(Fiber.interrupt(first));
  for (const gate of gates) Effect.runSync(Deferred.succeed(gate, PAGE));
  expect(await second).toBe(PAGE);
  expect(gates).toHaveLength(1);
});

it("[R6] only a few different reads run at the same time, and all are answered", async () => {
  const { gates, read } = setUp();
  const asking = Array.from({ length: 30 }, (_, nth) =>
    Effect.runPromise(read(position(`${nth + 1}-0`), 500)),
  );
  expect(gates).toHaveLength(8);
  for (let answered = 0; answered < 30; answered += 1) {
    await expect.poll(() => gates.length).toBeGreaterThan(answered);
    const gate = gates[answered];
    if (gate !== undefined) Effect.runSync(Deferred.succeed(gate, PAGE));
  }
  expect(await Promise.all(asking)).toHaveLength(30);
});
