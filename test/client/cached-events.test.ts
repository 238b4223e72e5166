/**
 * Rooms that start with cached events: they show the events without a connection, resume after them with one,
 * and show no event twice.
 */
import { describe, expect, test } from "vitest";
import type { CachedRoom } from "../../src/client/room/join-options.ts";
import type { Room } from "../../src/client/room/room.ts";
import { memoryStore } from "../../src/client/platform/store.ts";
import { ofType, quietWorld, seqsOf, watch, type World } from "./given.ts";
import { author, Service, textsOf } from "./service.ts";
import { VirtualClock } from "./virtual-clock.ts";

const cachedOf = (service: Service, count: number, isOld = false): CachedRoom => ({
  events: service.log("lobby").slice(-count),
  hasOlder: true,
  isOld,
});

/** A service whose lobby has this many messages and no members. */
const given = (messages: number): { readonly clock: VirtualClock; readonly service: Service } => {
  const clock = new VirtualClock();
  const service = new Service(clock);
  for (let n = 1; n <= messages; n += 1) service.post("lobby", `${n}`);
  return { clock, service };
};

/** From now on the service accepts connections. */
const serve = ({ wires, service, clock }: World): void => {
  wires.onOpen = (wire) => void clock.after(0, () => service.serve(wire));
  service.serve(wires.last);
};

const heardIn = (room: Room): readonly string[] => {
  const heard: string[] = [];
  room.on("message", ({ text }) => heard.push(text));
  return heard;
};

const shownIn = (room: Room): readonly (string | undefined)[] =>
  room.items.flatMap((item) => (item.type === "message.posted" ? [room.message(item.id)?.text] : []));

/** Lets the promises that are settled call their handlers. */
const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

describe("a room with cached events", () => {
  test("[R2] the room shows them without a connection, and resumes after the last of them", () => {
    const { clock, service } = given(9);
    const world = quietWorld({ clock, service });
    const room = world.chat.join("lobby", { cached: cachedOf(service, 3) });
    expect(shownIn(room)).toEqual(["7", "8", "9"]);
    expect(room.position).toBe(service.head("lobby").id);
    expect(room.hasOlder).toBe(true);
    expect(room.status).toEqual({ status: "waiting" });

    service.post("lobby", "10");
    service.post("lobby", "11");
    const changes = watch(room);
    const heard = heardIn(room);
    serve(world);
    expect(world.wires.last.of("join")[0]?.after).toBe(service.log("lobby")[8]?.id);
    expect(seqsOf(room)).toEqual([7, 8, 9, 10, 11]);
    expect(heard).toEqual(["10", "11"]);
    expect(ofType(changes, "caughtUp")).toEqual([{ type: "caughtUp", messages: 2 }]);
    expect(ofType(changes, "reset")).toEqual([]);
    expect(room.status).toEqual({ status: "live" });
  });

  test("[R1] the newest events replace old ones at the join", () => {
    const { clock, service } = given(9);
    const world = quietWorld({ clock, service });
    const room = world.chat.join("lobby", { cached: cachedOf(service, 3, true), limit: 2 });
    expect(shownIn(room)).toEqual(["7", "8", "9"]);
    expect(room.position).toBeUndefined();

    for (let n = 10; n <= 14; n += 1) service.post("lobby", `${n}`);
    const changes = watch(room);
    const heard = heardIn(room);
    serve(world);
    expect(world.wires.last.of("join")[0]?.after).toBeUndefined();
    expect(seqsOf(room)).toEqual([13, 14]);
    expect(heard).toEqual([]);
    expect(ofType(changes, "reset")).toEqual([{ type: "reset", gap: undefined }]);
    expect(room.message(service.log("lobby")[8]?.id ?? service.head("lobby").id)).toBeUndefined();
    service.post("lobby", "15");
    expect(seqsOf(room)).toEqual([13, 14, 15]);
  });

  test("[R3] a gap follows them if the log has trimmed the events after them", () => {
    const { clock, service } = given(9);
    const world = quietWorld({ clock, service });
    const room = world.chat.join("lobby", { cached: cachedOf(service, 2) });
    for (let n = 10; n <= 14; n += 1) service.post("lobby", `${n}`);
    service.trim("lobby", 3);
    serve(world);
    expect(room.items.map((item) => (item.type === "gap" ? item.reason : item.seq))).toEqual([
      8,
      9,
      "trimmed",
      12,
      13,
      14,
    ]);
  });

  test("[R4] the room removes the events that the log has lost, and shows a gap", () => {
    const { clock, service } = given(9);
    const world = quietWorld({ clock, service });
    const room = world.chat.join("lobby", { cached: cachedOf(service, 4) });
    service.lose("lobby", 2);
    clock.advance(1);
    service.post("lobby", "another eighth");
    serve(world);
    expect(shownIn(room).slice(-3)).toEqual(["6", "7", "another eighth"]);
    expect(room.items.filter((item) => item.type === "gap")).toMatchObject([{ reason: "unknown" }]);
  });

  test("[R2] the room drops the events after a hole, and resumes before it", () => {
    const { clock, service } = given(9);
    const world = quietWorld({ clock, service });
    const { events } = cachedOf(service, 5);
    const room = world.chat.join("lobby", {
      cached: { events: events.toSpliced(2, 1), hasOlder: true, isOld: false },
    });
    expect(seqsOf(room)).toEqual([5, 6]);
    serve(world);
    expect(seqsOf(room)).toEqual([5, 6, 7, 8, 9]);
  });

  test("[R2] an empty cache has no effect", () => {
    const { clock, service } = given(3);
    const world = quietWorld({ clock, service });
    const room = world.chat.join("lobby", { cached: { events: [], hasOlder: false, isOld: false } });
    serve(world);
    expect(textsOf(service.log("lobby"))).toEqual(shownIn(room));
  });

  test("[R1] older events are loaded before the first of them", async () => {
    const { clock, service } = given(9);
    const world = quietWorld({ clock, service });
    const room = world.chat.join("lobby", { cached: cachedOf(service, 2) });
    expect(await room.loadOlder()).toBe(false);
    serve(world);
    expect(await room.loadOlder()).toBe(true);
    expect(seqsOf(room)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("[I1] a message that was written offline waits, is sent once, and is shown once", () => {
    const { clock, service } = given(3);
    const store = memoryStore();
    const offline = quietWorld({ clock, service, store });
    void offline.chat.join("lobby", { cached: cachedOf(service, 2) }).post("written offline");
    offline.chat.close();

    const world = quietWorld({ clock, service, store });
    const room = world.chat.join("lobby", { cached: cachedOf(service, 2) });
    expect(room.pending).toMatchObject([
      { command: { text: "written offline" }, state: { status: "waiting" } },
    ]);
    serve(world);
    expect(textsOf(service.log("lobby"))).toEqual(["1", "2", "3", "written offline"]);
    expect(shownIn(room)).toEqual(["2", "3", "written offline"]);
    expect(room.pending).toEqual([]);
  });

  test("[I1] a cached event settles its command", () => {
    const { clock, service } = given(1);
    const store = memoryStore();
    service.losesAcks = true;
    const cut = quietWorld({ clock, service, store });
    const before = cut.chat.join("lobby");
    serve(cut);
    // The store gets the outbox entry back, as it was before its event came.
    void before.post("stored");
    const [, entry] = [...store.load()].find(([name]) => name.startsWith("outbox/")) ?? [];
    expect(entry).toBeUndefined();
    const own = service.log("lobby").at(-1);
    if (own?.type !== "message.posted") throw new Error("it was not stored");
    const waiting = { command: { type: "post", text: "stored" }, at: clock.now(), sentAs: own.by.id };
    store.save(`outbox/lobby/${own.key}`, JSON.stringify(waiting));

    const world = quietWorld({ clock, service, store });
    const room = world.chat.join("lobby", { cached: cachedOf(service, 2) });
    expect(room.pending).toEqual([]);
    expect(shownIn(room)).toEqual(["1", "stored"]);
    expect(own.by).toEqual(author("user-1", "Ada"));
  });

  test("[R2] the room joins when the cache has been read, and resumes after its last event", async () => {
    const { clock, service } = given(9);
    const world = quietWorld({ clock, service });
    const { promise, resolve } = Promise.withResolvers<CachedRoom | undefined>();
    const room = world.chat.join("lobby", { cached: promise });
    const changes = watch(room);
    const heard = heardIn(room);
    service.post("lobby", "10");
    serve(world);
    expect(world.wires.last.of("hello")).toHaveLength(1);
    expect(world.wires.last.of("join")).toEqual([]);
    void room.post("written meanwhile");
    expect(room.pending).toMatchObject([{ state: { status: "waiting" } }]);

    resolve({ events: service.log("lobby").slice(6, 9), hasOlder: true, isOld: false });
    await settled();
    expect(world.wires.last.of("join").map(({ after }) => after)).toEqual([service.log("lobby")[8]?.id]);
    expect(shownIn(room)).toEqual(["7", "8", "9", "10", "written meanwhile"]);
    expect(heard).toEqual(["10", "written meanwhile"]);
    expect(ofType(changes, "appended").flatMap(({ items }) => items)).toHaveLength(5);
    expect(room.pending).toEqual([]);
  });

  test("[R2] the room joins like any other if the cache is missing or cannot be read", async () => {
    for (const end of ["nothing", "a failure"] as const) {
      const { clock, service } = given(3);
      const world = quietWorld({ clock, service });
      const { promise, resolve, reject } = Promise.withResolvers<CachedRoom | undefined>();
      const room = world.chat.join("lobby", { cached: promise });
      serve(world);
      if (end === "nothing") resolve(undefined);
      else reject(new Error("the disk is gone"));
      await settled();
      expect(shownIn(room)).toEqual(["1", "2", "3"]);
      expect(room.status).toEqual({ status: "live" });
    }
  });

  test("[P1] a room that is left while the cache is being read does not join", async () => {
    const { clock, service } = given(3);
    const world = quietWorld({ clock, service });
    const { promise, resolve } = Promise.withResolvers<CachedRoom | undefined>();
    const room = world.chat.join("lobby", { cached: promise });
    serve(world);
    room.leave();
    resolve(cachedOf(service, 2));
    await settled();
    expect(world.wires.last.of("join")).toEqual([]);
    expect(room.status).toEqual({ status: "left" });
    expect(room.items).toEqual([]);
  });
});
