/**
 * Two services with different prefixes on one Redis: rooms of the same name do not meet.
 */
import { Effect } from "effect";
import { expect, test } from "vitest";
import { makeKeys } from "../../src/adapters/redis/keys.ts";
import { START } from "../../src/domain/position.ts";
import type { Entry } from "../../src/log/entry.ts";
import { append, newConnection, post } from "./given.ts";
import { ANN, HALL, instance, server } from "./redis-given.ts";

test("two prefixes on one Redis have no event, member, signal, revision or key in common", async () => {
  const redis = await server();
  await redis.restart();
  const [blue, green] = [
    await instance(redis, { prefix: "blue" }),
    await instance(redis, { prefix: "green.2_x-Y" }),
  ];
  const seen: Entry[] = [];
  const signals: string[] = [];
  green.log.follow(HALL, START, (entries) => seen.push(...entries));
  green.signals.subscribe(HALL, ({ user }) => signals.push(user.name));
  const two = Promise.withResolvers<void>();
  blue.log.follow(HALL, START, (entries) => {
    if (entries.some(({ seq }) => seq === 2)) two.resolve();
  });

  await append(blue.log, HALL, post("said in blue", ANN));
  await Effect.runPromise(blue.board.enter([{ room: HALL, user: ANN, connection: newConnection() }]));
  const typed = Promise.withResolvers<void>();
  blue.signals.subscribe(HALL, () => typed.resolve());
  // A signal may be lost while the subscription is under way, so it is sent until it arrives.
  const typing = setInterval(
    () => blue.signals.publish(HALL, { kind: "typing", user: ANN, connection: newConnection() }),
    20,
  );
  await Promise.all([two.promise, typed.promise]);
  clearInterval(typing);
  await Effect.runPromise(blue.revisions.announce("blue-1"));

  expect((await Effect.runPromise(green.log.before(HALL, undefined, 10))).head.seq).toBe(0);
  expect((await Effect.runPromise(green.board.members(HALL))).memberCount).toBe(0);
  expect(await Effect.runPromise(green.revisions.newest)).toBeUndefined();
  await Effect.runPromise(green.board.sweep);
  expect([seen, signals]).toEqual([[], []]);
  // The same room starts at 1 for the other service.
  expect(await append(green.log, HALL, post("said in green", ANN))).toMatchObject({ seq: 1 });

  const keys = await redis.operate((operator) => operator.keys("*"));
  expect(keys.filter((key) => !/^\{(?:blue|green\.2_x-Y):\d\d\}:/.test(key))).toEqual([]);
  expect(keys).toEqual(
    expect.arrayContaining([makeKeys("blue").room(HALL).log, makeKeys("green.2_x-Y").room(HALL).log]),
  );
});
