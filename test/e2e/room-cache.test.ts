/**
 * The room cache and the responses of the service worker, as far as they need no browser.
 */
import { describe, expect, test } from "vitest";
import type { Item } from "../../src/client/index.ts";
import type { RoomEvent } from "../../src/domain/event.ts";
import { foldMessage, messageOf } from "../../src/domain/message.ts";
import { position } from "../../src/domain/position.ts";
import { decodeEvent } from "../../src/log/decode-event.ts";
import { decodeRecord, MOST_EVENTS, OLD_AFTER_MS, recordOf } from "../../web/storage/room-record.ts";
import { answerTo, freshest, outdated } from "../../web/service-worker/answers.ts";

const NOW = 1_800_000_000_000;

const event = (seq: number, fields: object): RoomEvent => {
  const by = { id: "ada", name: "Ada" };
  const decoded = decodeEvent({ id: `${NOW + seq}-0`, seq, by, key: `key-${seq}`, ...fields });
  if (decoded === undefined) throw new Error("not an event");
  return decoded;
};
const posted = (seq: number): RoomEvent => event(seq, { type: "message.posted", text: `${seq}` });
const posts = (from: number, to: number): readonly RoomEvent[] =>
  Array.from({ length: to - from + 1 }, (_, n) => posted(from + n));

const roomOf = (items: readonly Item[], hasOlder = false) => ({
  items,
  hasOlder,
  message: (id: string) =>
    foldMessage(items.flatMap((item) => (item.type !== "gap" && messageOf(item) === id ? [item] : []))),
});
/** A record as the database returns it. */
const reread = (record: unknown): unknown => structuredClone(record);

describe("the cache of a room", () => {
  test("[R2] is the bounded end of its log, and is read as it was written", () => {
    const all = posts(1, MOST_EVENTS + 10);
    const record = recordOf(roomOf(all), NOW);
    expect(decodeRecord(reread(record), NOW)).toEqual({
      events: all.slice(10),
      hasOlder: true,
      isOld: false,
    });
    const whole = recordOf(roomOf(all.slice(0, 3)), NOW);
    expect(whole).toMatchObject({ events: all.slice(0, 3), hasOlder: false });
    expect(recordOf(roomOf(all.slice(0, 3), true), NOW)).toMatchObject({ hasOlder: true });
    expect(recordOf(roomOf([]), NOW)).toBeUndefined();
  });

  test("[R3] [W7] begins after a gap, and after an entry of an unknown type", () => {
    const gap = { type: "gap", reason: "trimmed", after: position("5-0") } as const;
    for (const break_ of [gap, event(4, { type: "something.new" })]) {
      const record = recordOf(roomOf([...posts(1, 3), break_, ...posts(5, 6)]), NOW);
      expect(record).toMatchObject({ events: posts(5, 6), hasOlder: true });
    }
    expect(recordOf(roomOf([...posts(1, 3), gap]), NOW)).toBeUndefined();
  });

  test("[D6] has no text of a deleted message", () => {
    const [first, second] = posts(1, 2);
    if (first === undefined || second === undefined) throw new Error("no events");
    const edited = event(3, { type: "message.edited", message: first.id, text: "another" });
    const deleted = event(4, { type: "message.deleted", message: first.id });
    const record = recordOf(roomOf([first, second, edited, deleted]), NOW);
    expect(JSON.stringify(record)).not.toContain("another");
    const kept = decodeRecord(reread(record), NOW);
    expect(kept?.events.map((one) => "text" in one && one.text)).toEqual([false, "2", false, false]);
    expect(kept?.events).toHaveLength(4);
  });

  test("[R1] is old after some time, or if the clock was set back", () => {
    const record = recordOf(roomOf(posts(1, 2)), NOW);
    expect(decodeRecord(record, NOW + OLD_AFTER_MS)?.isOld).toBe(false);
    expect(decodeRecord(record, NOW + OLD_AFTER_MS + 1)?.isOld).toBe(true);
    expect(decodeRecord(record, NOW - OLD_AFTER_MS - 1)?.isOld).toBe(true);
  });

  test.each([
    [undefined],
    [null],
    ["text"],
    [{}],
    [{ format: 0, at: NOW, hasOlder: false, events: posts(1, 2) }],
    [{ format: 1, at: "now", hasOlder: false, events: posts(1, 2) }],
    [{ format: 1, at: NOW, hasOlder: 1, events: posts(1, 2) }],
    [{ format: 1, at: NOW, hasOlder: false, events: {} }],
    [{ format: 1, at: NOW, hasOlder: false, events: [] }],
    [{ format: 1, at: NOW, hasOlder: false, events: [...posts(1, 2), { id: "x" }] }],
  ])("[R2] is ignored if it is not valid: %j", (record) => {
    expect(decodeRecord(record, NOW)).toBeUndefined();
  });
});

describe("the service worker", () => {
  const ORIGIN = "https://chat.example";
  const FILES = new Set(["/", "/icon.svg", "/assets/index-1.js"]);
  const ask = (path: string, mode = "cors", method = "GET"): string =>
    answerTo({ method, mode, url: new URL(path, ORIGIN).href }, ORIGIN, FILES);

  test("answers for the page and its files, and for nothing else", () => {
    expect(["/", "/r/tea", "/r/tea/", "/r/caf%C3%A9?x=1"].map((path) => ask(path, "navigate"))).toEqual([
      "document",
      "document",
      "document",
      "document",
    ]);
    expect(["/icon.svg", "/assets/index-1.js", "/assets/index-0.js"].map((path) => ask(path))).toEqual([
      "file",
      "file",
      "file",
    ]);
    for (const path of ["/api/rooms/tea/events", "/metrics", "/health/live", "/ws", "/sw.js", "/r/a/b"]) {
      expect([ask(path), ask(path, "navigate")]).toEqual(["none", "none"]);
    }
    expect(ask("/", "navigate", "POST")).toBe("none");
    expect(ask("https://elsewhere.example/assets/index-1.js")).toBe("none");
  });

  const never = new Promise<never>(() => {});
  const old = new Response("cached");
  const cached = () => Promise.resolve(old);

  test("answers with the document of the network, otherwise with the cached one", async () => {
    const fresh = new Response("fresh");
    expect(await freshest(Promise.resolve(fresh), never, cached)).toBe(fresh);
    expect(await freshest(Promise.reject(new Error("away")), never, cached)).toBe(old);
    expect(await freshest(Promise.resolve(new Response("", { status: 503 })), never, cached)).toBe(old);
    expect(await freshest(never, Promise.resolve(), cached)).toBe(old);
    const away = new Response("", { status: 503 });
    expect(await freshest(Promise.resolve(away), never, () => Promise.resolve(undefined))).toBe(away);
  });

  test("a build that takes over keeps the previous one, and no other", () => {
    expect(outdated(["gapless-1", "gapless-2", "other", "gapless-3"], "gapless-3")).toEqual(["gapless-1"]);
    expect(outdated(["gapless-1"], "gapless-1")).toEqual([]);
  });
});
