/** The room cache: which rooms are written, when, and what the next start reads. */
import { describe, expect, test } from "vitest";
import { parseRoomName, type CachedRoom, type RoomEvent, type RoomName } from "../../src/client/index.ts";
import { position } from "../../src/domain/position.ts";
import { MOST_ROOMS, READ_WITHIN_MS, RoomCache, WRITE_AFTER_MS } from "../../web/storage/room-cache.ts";
import { MOST_EVENTS, recordOf, type RoomRecord } from "../../web/storage/room-record.ts";
import { ADA, accepted, KEY } from "../domain/given.ts";
import { MemoryBrowser } from "./memory-browser.ts";

const room = (name: string): RoomName => accepted(parseRoomName(name));
const LOBBY = room("lobby");

const eventsUpTo = (count: number): readonly RoomEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    type: "message.posted",
    id: position(`${index + 1}-0`),
    seq: index + 1,
    by: ADA,
    key: KEY,
    text: `text ${index + 1}`,
  }));

interface Given {
  readonly browser: MemoryBrowser;
  readonly cache: RoomCache;
  /** The record of a room with so many messages, as of now. */
  readonly record: (messages: number) => () => RoomRecord | undefined;
  /** What another start of the page finds. */
  readonly restart: () => RoomCache;
  signedIn: boolean;
}

const given = (): Given => {
  const browser = new MemoryBrowser();
  const { database, clock } = browser;
  const restart = (): RoomCache => new RoomCache({ database, clock, isSignedIn: () => everything.signedIn });
  const everything: Given = {
    browser,
    cache: restart(),
    record: (messages) => () =>
      recordOf({ items: eventsUpTo(messages), message: () => undefined, hasOlder: false }, clock.now()),
    restart,
    signedIn: true,
  };
  return everything;
};

/** The texts of a room at the next start. */
const textsOf = (cached: CachedRoom | undefined): readonly string[] | undefined =>
  cached?.events.flatMap((event) => (event.type === "message.posted" && "text" in event ? [event.text] : []));

describe("the room cache", () => {
  test("[R2] writes a room once a moment after it changed, as it is by then", async () => {
    const { browser, cache, record, restart } = given();
    cache.changed(LOBBY, record(1));
    await browser.advance(WRITE_AFTER_MS - 1);
    cache.changed(LOBBY, record(2));
    expect(browser.writes).toBe(0);
    await browser.advance(1);
    expect(browser.writes).toBe(1);
    await browser.advance(10 * WRITE_AFTER_MS);
    expect(browser.writes).toBe(1);
    const next = restart();
    next.load();
    expect(textsOf(await next.take(LOBBY))).toEqual(["text 1", "text 2"]);
  });

  test("[R2] writes waiting rooms at once when the page is about to close", async () => {
    const { browser, cache, record } = given();
    for (const name of ["lobby", "other"]) cache.changed(room(name), record(1));
    cache.flush();
    await browser.settle();
    expect([...browser.records.keys()]).toEqual(["lobby", "other"]);
    await browser.advance(WRITE_AFTER_MS);
    expect(browser.writes).toBe(2);
  });

  test("[R2] has the twenty rooms that changed last", async () => {
    const { browser, cache, record } = given();
    const names = Array.from({ length: MOST_ROOMS + 2 }, (_, index) => `room-${index}`);
    for (const name of names) {
      cache.changed(room(name), record(1));
      await browser.advance(WRITE_AFTER_MS);
    }
    expect([...browser.records.keys()]).toEqual(names.slice(2));
    cache.changed(room("room-2"), record(2));
    await browser.advance(WRITE_AFTER_MS);
    cache.changed(room("room-0"), record(1));
    await browser.advance(WRITE_AFTER_MS);
    expect([...browser.records.keys()].toSorted()).toEqual(
      ["room-0", "room-2", ...names.slice(4)].toSorted(),
    );
  });

  test("[R2] has the last 200 events of a room", async () => {
    const { browser, cache, record, restart } = given();
    cache.changed(LOBBY, record(MOST_EVENTS + 5));
    await browser.advance(WRITE_AFTER_MS);
    const next = restart();
    next.load();
    const cached = await next.take(LOBBY);
    expect(cached?.events).toHaveLength(MOST_EVENTS);
    expect(cached?.hasOlder).toBe(true);
    expect(textsOf(cached)?.at(-1)).toBe(`text ${MOST_EVENTS + 5}`);
  });

  test("[R2] gives a room out once, and nothing if nothing was loaded", async () => {
    const { browser, cache, record, restart } = given();
    cache.changed(LOBBY, record(1));
    await browser.advance(WRITE_AFTER_MS);
    const next = restart();
    expect(next.take(LOBBY)).toBeUndefined();
    next.load();
    expect(await next.take(room("other"))).toBeUndefined();
    expect(textsOf(await next.take(LOBBY))).toEqual(["text 1"]);
    expect(await next.take(LOBBY)).toBeUndefined();
    expect(browser.clock.pending).toBe(0);
  });

  test("[D2] forgets a room that is left, even if it waits to be written", async () => {
    const { browser, cache, record } = given();
    cache.changed(LOBBY, record(1));
    await browser.advance(WRITE_AFTER_MS);
    cache.changed(LOBBY, record(2));
    cache.forget(LOBBY);
    await browser.advance(WRITE_AFTER_MS);
    expect(browser.records.size).toBe(0);
  });

  test("[D2] deletes the record of a room without events", async () => {
    const { browser, cache, record } = given();
    cache.changed(LOBBY, record(1));
    await browser.advance(WRITE_AFTER_MS);
    cache.changed(LOBBY, record(0));
    await browser.advance(WRITE_AFTER_MS);
    expect(browser.records.size).toBe(0);
  });

  test("[D2] is empty after a sign-out, and writes nothing after one in another tab", async () => {
    const all = given();
    const { browser, cache, record } = all;
    for (const name of ["lobby", "other"]) cache.changed(room(name), record(1));
    cache.flush();
    await browser.settle();
    cache.changed(LOBBY, record(2));
    cache.clear();
    await browser.advance(WRITE_AFTER_MS);
    expect(browser.records.size).toBe(0);
    cache.changed(LOBBY, record(2));
    all.signedIn = false;
    await browser.advance(WRITE_AFTER_MS);
    expect(browser.records.size).toBe(0);
  });
});

describe("a database", () => {
  test("[D2] that refuses is reported, until it takes a record again", async () => {
    const { browser, cache, record } = given();
    browser.databaseState = "refuses";
    cache.changed(LOBBY, record(1));
    await browser.advance(WRITE_AFTER_MS);
    expect(cache.isFailing.value).toBe(true);
    browser.databaseState = "works";
    cache.changed(LOBBY, record(2));
    await browser.advance(WRITE_AFTER_MS);
    expect(cache.isFailing.value).toBe(false);
    expect(browser.records.size).toBe(1);
  });

  test("[D2] that refuses to be read opens rooms without their records", async () => {
    const { browser, cache } = given();
    browser.databaseState = "refuses";
    cache.load();
    expect(await cache.take(LOBBY)).toBeUndefined();
    expect(cache.isFailing.value).toBe(true);
  });

  test("[D2] that does not answer keeps no room waiting for longer than a second", async () => {
    const { browser, cache } = given();
    browser.databaseState = "hangs";
    cache.load();
    let isOpen = false;
    void cache.take(LOBBY)?.then(() => (isOpen = true));
    await browser.advance(READ_WITHIN_MS - 1);
    expect(isOpen).toBe(false);
    await browser.advance(1);
    expect(isOpen).toBe(true);
    expect(browser.clock.pending).toBe(0);
  });

  test("[W7] with records that this version can't read opens rooms without them", async () => {
    const { browser, cache, record } = given();
    browser.records.set("lobby", { at: 1 });
    browser.records.set("other", { ...record(1)(), at: browser.clock.now() });
    cache.load();
    expect(await cache.take(LOBBY)).toBeUndefined();
    expect(textsOf(await cache.take(room("other")))).toEqual(["text 1"]);
  });
});
