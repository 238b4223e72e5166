/**
 * Replies: each one reaches the request that it answers, and no other.
 */
import { describe, expect, test } from "vitest";
import { PendingReplies, type Reply } from "../../src/client/connection/pending-replies.ts";
import { quietWorld, seqsOf, servedWorld, watch } from "./given.ts";
import type { Wire } from "./wires.ts";

const error = (ref: string): Reply => ({ type: "error", ref, code: "forbidden", message: "No." });
const codesOf = (replies: readonly (Reply | undefined)[]): readonly (string | undefined)[] =>
  replies.map((reply) => reply?.ref);

describe("the table of pending replies", () => {
  const asked = (table: PendingReplies, connection: number): { ref: string; got: (Reply | undefined)[] } => {
    const got: (Reply | undefined)[] = [];
    return { ref: table.expect(connection, (reply) => got.push(reply)), got };
  };

  test("[W5] a reply goes to the handler that asked, once", () => {
    const table = new PendingReplies();
    const [one, two] = [asked(table, 1), asked(table, 1)];
    table.settle(1, error(two.ref));
    table.settle(1, error(two.ref));
    table.settle(1, error("no such ref"));
    expect(codesOf(one.got)).toEqual([]);
    expect(codesOf(two.got)).toEqual([two.ref]);
    expect(table.isWaiting(1)).toBe(true);
    table.settle(1, error(one.ref));
    expect(table.isWaiting(1)).toBe(false);
  });

  test("[G1] a reply settles only a request of its own connection", () => {
    const table = new PendingReplies();
    const [old, next] = [asked(table, 1), asked(table, 2)];
    expect(old.ref).not.toBe(next.ref);
    table.settle(2, error(old.ref));
    table.settle(1, error(next.ref));
    expect([...old.got, ...next.got]).toEqual([]);
    table.settle(1, error(old.ref));
    expect(codesOf(old.got)).toEqual([old.ref]);
    expect([table.isWaiting(1), table.isWaiting(2)]).toEqual([false, true]);
  });

  test("[R2] the end of a connection ends the wait for its replies, and a later reply is ignored", () => {
    const table = new PendingReplies();
    const [old, next] = [asked(table, 1), asked(table, 2)];
    table.lost(1);
    table.settle(1, error(old.ref));
    expect(old.got).toEqual([undefined]);
    expect(next.got).toEqual([]);
    table.lost(1);
    expect(old.got).toHaveLength(1);
  });

  test("[W8] a `welcome` ends the wait for the oldest `hello` of its connection", () => {
    const table = new PendingReplies();
    const refused: string[] = [];
    const hello = (connection: number, name: string): string =>
      table.expectWelcome(connection, () => refused.push(name));
    const other = hello(2, "other");
    const refs = [hello(1, "first"), hello(1, "second")];
    table.welcomed(1);
    for (const ref of refs) table.settle(1, error(ref));
    table.settle(2, error(other));
    expect(refused).toEqual(["second", "other"]);
    table.welcomed(1);
    expect(table.isWaiting(1)).toBe(false);
  });
});

/** Moves the client to another connection, which is not served yet. */
const startMove = ({ wires, service, clock }: ReturnType<typeof servedWorld>): { old: Wire; next: Wire } => {
  const old = wires.last;
  wires.onOpen = () => {};
  service.goAway(old, { reason: "rotation", afterMs: 10, deadlineMs: 1_000 });
  clock.advance(10);
  return { old, next: wires.last };
};

describe("replies on the way", () => {
  test("[W5] an error with the `ref` of one room's join leaves the other rooms alone", () => {
    const { wires, chat } = quietWorld();
    const rooms = ["one", "two"].map((name) => chat.join(name));
    wires.last.open();
    const [, two] = wires.last.of("join");
    wires.last.say({ type: "error", ref: two?.ref, code: "forbidden", message: "No." });
    expect(rooms.map(({ status }) => status.status)).toEqual(["joining", "refused"]);
  });

  test("[W5] an error without a `ref`, or with an unknown one, changes nothing", () => {
    const { wires, chat } = servedWorld();
    const room = chat.join("lobby");
    const changes = watch(room);
    for (const ref of [undefined, "", "0", "99999"]) {
      wires.last.say({ type: "error", ref, code: "forbidden", message: "No." });
    }
    expect(changes).toEqual([]);
    expect(chat.status).toEqual({ status: "live" });
  });

  test("[R2] a reply with the `ref` of an earlier connection is ignored", async () => {
    const { wires, chat, clock, service } = servedWorld();
    for (let n = 1; n <= 60; n += 1) service.post("lobby", `${n}`);
    const room = chat.join("lobby");
    const events = service.log("lobby").slice(0, 10);
    const answer = (ref = ""): void =>
      wires.last.say({ type: "page", ref, room: "lobby", events, more: false });
    wires.last.onFrame = () => {};
    const lost = room.loadOlder();
    const stale = wires.last.of("history")[0]?.ref;
    wires.last.cut();
    expect(await lost).toBe(false);
    clock.advance(1_000);
    clock.advance(0);
    wires.last.onFrame = () => {};
    const loaded = room.loadOlder();
    answer(stale);
    expect(seqsOf(room)).toHaveLength(50);
    answer(wires.last.of("history")[0]?.ref);
    expect(await loaded).toBe(true);
    expect(seqsOf(room)).toHaveLength(60);
  });

  test("[G1] during a hand-over, replies of both connections reach their own requests", async () => {
    const world = servedWorld();
    const { service, chat } = world;
    for (let n = 1; n <= 60; n += 1) service.post("lobby", `${n}`);
    const room = chat.join("lobby");
    const first = world.wires.last;
    first.onFrame = () => {};
    const posted = room.post("on the old one");
    const page = room.loadOlder();
    const { old, next } = startMove(world);
    next.open();
    const [join] = next.of("join");
    const [history] = old.of("history");
    // Refs that were made for the other connection: neither means anything here.
    next.say({ type: "error", ref: history?.ref, code: "forbidden", message: "No." });
    old.say({ type: "error", ref: join?.ref, code: "forbidden", message: "No." });
    expect(room.status).toEqual({ status: "live" });
    // The old connection answers its own.
    const older = service.log("lobby").slice(0, 10);
    old.say({ type: "page", ref: history?.ref ?? "", room: "lobby", events: older, more: false });
    expect(await page).toBe(true);
    expect(seqsOf(room)).toHaveLength(60);
    const [post] = old.of("post");
    const stored = service.post("lobby", "on the old one", chat.user);
    const { id, seq } = stored;
    old.say({ type: "ack", ref: post?.ref ?? "", room: "lobby", id, seq, duplicate: false });
    expect(await posted).toEqual({ id, seq });
  });

  test("[P2] the reply to a `leave` is not offered to the room that was joined again", () => {
    const { wires, chat } = servedWorld();
    const serve = wires.last.onFrame;
    const room = chat.join("lobby");
    wires.last.onFrame = (frame) => {
      if (frame.type !== "leave") serve(frame);
    };
    room.leave();
    const again = chat.join("lobby");
    const [leave] = wires.last.of("leave");
    wires.last.say({ type: "left", ref: leave?.ref ?? "", room: "lobby" });
    expect(again.status).toEqual({ status: "live" });
  });

  test("[W7] a `left` without a `ref` is ignored", () => {
    const { wires, chat, service } = servedWorld();
    const room = chat.join("lobby");
    wires.last.text(JSON.stringify({ type: "left", room: "lobby", reason: "removed" }));
    service.post("lobby", "still here");
    expect(seqsOf(room)).toEqual([1]);
    expect(room.status).toEqual({ status: "live" });
  });

  test("[W8] a refused rename restores the name, also right after another `hello`", () => {
    const { wires, chat, changes } = servedWorld();
    const serve = wires.last.onFrame;
    wires.last.onFrame = () => {};
    chat.wake();
    chat.rename("Bea");
    const [, probe, rename] = wires.last.of("hello");
    if (probe !== undefined) serve(probe);
    expect(rename?.ref).not.toBe(probe?.ref);
    wires.last.say({ type: "error", ref: rename?.ref, code: "rate_limited", message: "Later." });
    expect(changes).toContainEqual({ type: "renameRefused", message: "Later." });
    chat.wake();
    expect(wires.last.of("hello").at(-1)?.name).toBe("Ada");
  });
});
