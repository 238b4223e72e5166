/**
 * The outbox: it sends commands in order, keeps them until they are settled, and each is stored once.
 */
import { describe, expect, test } from "vitest";
import { parseIdempotencyKey, type IdempotencyKey } from "../../src/domain/idempotency-key.ts";
import { position } from "../../src/domain/position.ts";
import type { Command } from "../../src/client/connection/client-message.ts";
import { CommandFailed } from "../../src/client/outbox/command-failed.ts";
import { EMPTY_OUTBOX, type OutboxEvent } from "../../src/client/outbox/outbox.ts";
import { stepOutbox } from "../../src/client/outbox/outbox-transitions.ts";
import { memoryStore, webStore, type WebStorage } from "../../src/client/platform/store.ts";
import { ofType, quietWorld, servedWorld } from "./given.ts";
import { author, Service, textsOf } from "./service.ts";
import type { Wire } from "./wires.ts";

const keyOf = (text: string): IdempotencyKey => {
  const parsed = parseIdempotencyKey(text);
  if (!parsed.ok) throw new Error("not a key");
  return parsed.value;
};

/** The service performs the next command, but the connection ends before the reply. */
const cutBeforeAnswer = (wire: Wire): void => {
  const serve = wire.onFrame;
  wire.onFrame = (frame) => {
    wire.cut();
    serve(frame);
  };
};

describe("commands", () => {
  test("[D1] the promise of a command resolves with the place of its event, and the command is not pending any more", async () => {
    const { chat, service } = servedWorld();
    const room = chat.join("lobby");
    const sent = await room.post("Hello");
    expect(sent).toEqual(service.head("lobby"));
    await room.react(sent.id, "👍", true);
    await room.edit(sent.id, "Hello!");
    expect(room.message(sent.id)).toMatchObject({ text: "Hello!", reactions: [{ emoji: "👍" }] });
    await room.delete(sent.id);
    expect(room.message(sent.id)).toMatchObject({ text: undefined, deleted: true });
    expect(room.pending).toEqual([]);
  });

  test("[D2] one command of a room is in flight at a time, so the log keeps their order", () => {
    const { chat, service, wires } = servedWorld();
    const room = chat.join("lobby");
    service.losesAcks = true;
    service.refusals.push({ code: "unavailable" });
    void room.post("one");
    void room.post("two");
    expect(wires.last.of("post").map(({ text }) => text)).toEqual(["one"]);
    expect(room.pending.map(({ state }) => state.status)).toEqual(["sending", "waiting"]);
  });

  test("[I1] its own event settles a command whose `ack` was lost", async () => {
    const { chat, service } = servedWorld();
    const room = chat.join("lobby");
    service.losesAcks = true;
    await expect(room.post("Hello")).resolves.toEqual(service.head("lobby"));
    expect(room.pending).toEqual([]);
  });

  test("[I1] [G2] a command that was in flight when the connection was cut is sent again with its key, and stored once", async () => {
    const { chat, service, wires, clock } = servedWorld();
    const room = chat.join("lobby");
    cutBeforeAnswer(wires.last);
    const sent = room.post("Hello");
    clock.advance(1_000);
    await sent;
    expect(textsOf(service.log("lobby"))).toEqual(["Hello"]);
    expect(room.pending).toEqual([]);
  });

  test("[I1] [D7] its own event settles a delete whose `ack` was lost, not the `not_found` of the second try", async () => {
    const { chat, service, wires, clock } = servedWorld();
    const room = chat.join("lobby");
    const { id } = await room.post("Hello");
    cutBeforeAnswer(wires.last);
    const deleted = room.delete(id);
    clock.advance(1_000);
    await expect(deleted).resolves.toEqual(service.head("lobby"));
    expect(wires.last.of("delete")).toEqual([]);
  });

  test("[L1] after `rate_limited` the command waits for `retryAfterMs`, and keeps its key", () => {
    const { chat, service, wires, clock } = servedWorld();
    const room = chat.join("lobby");
    service.refusals.push({ code: "rate_limited", retryAfterMs: 700 });
    void room.post("one");
    void room.post("two");
    const retryAt = clock.now() + 700;
    expect(room.pending[0]?.state).toEqual({ status: "delayed", retryAt, code: "rate_limited" });
    clock.advance(700);
    expect(textsOf(service.log("lobby"))).toEqual(["one", "two"]);
    const [first, again] = wires.last.of("post");
    expect(first?.key).toBe(again?.key);
  });

  test("[D5] after `unavailable` the command is tried again until it is stored", () => {
    const { chat, service, clock } = servedWorld();
    const room = chat.join("lobby");
    for (let n = 0; n < 2; n += 1) service.refusals.push({ code: "unavailable" });
    void room.post("one");
    for (let n = 0; n < 2; n += 1) {
      expect(room.pending[0]?.state.status).toBe("delayed");
      clock.ring();
    }
    expect(textsOf(service.log("lobby"))).toEqual(["one"]);
  });

  test("[R4] [I1] a message that the log acknowledged and then lost is sent again with its key; a reaction is dropped", () => {
    const connection = 1;
    const id = position("2000-0");
    const ada = author("ada").id;
    const run = (
      command: Command,
      ...events: readonly OutboxEvent[]
    ): { statuses: string[]; sent: string[] } => {
      const key = keyOf("k");
      const sent: string[] = [];
      let outbox = EMPTY_OUTBOX;
      const all: readonly OutboxEvent[] = [
        { type: "open", connection, user: ada },
        { type: "add", key, command, at: 1 },
        { type: "acked", key, id, seq: 14, current: 12 },
        ...events,
      ];
      for (const one of all) {
        const next = stepOutbox(outbox, one);
        outbox = next.state;
        for (const effect of next.effects) if (effect.type === "send") sent.push(effect.entry.key);
      }
      return { statuses: outbox.entries.map(({ state }) => state.status), sent };
    };
    const post: Command = { type: "post", text: "Hello", replyTo: undefined };
    // An event with a later id and an earlier seq: another event has taken the place of the lost one.
    const passed: OutboxEvent = { type: "reached", id: position("3000-0"), seq: 13 };
    expect(run(post, passed)).toEqual({ statuses: ["sending"], sent: ["k", "k"] });
    expect(run(post, { type: "reset" })).toEqual({ statuses: ["sending"], sent: ["k", "k"] });
    expect(run(post, { type: "reached", id: position("1999-0"), seq: 13 })).toEqual({
      statuses: ["sent"],
      sent: ["k"],
    });
    // No event follows: nothing was appended after the loss.
    expect(run(post, { type: "heartbeat" })).toEqual({ statuses: ["sent"], sent: ["k"] });
    expect(run(post, { type: "heartbeat" }, { type: "heartbeat" })).toEqual({
      statuses: ["sending"],
      sent: ["k", "k"],
    });
    const react: Command = { type: "react", message: id, emoji: "👍", on: true };
    expect(run(react, passed)).toEqual({ statuses: [], sent: ["k"] });
  });

  test("[R4] a lost message that is sent again waits behind the current command, which owns the timer", () => {
    const connection = 1;
    const id = position("2000-0");
    const [lost, delayed] = [keyOf("lost"), keyOf("delayed")];
    const post: Command = { type: "post", text: "Hello", replyTo: undefined };
    const events: readonly OutboxEvent[] = [
      { type: "open", connection, user: author("ada").id },
      { type: "add", key: lost, command: post, at: 1 },
      { type: "acked", key: lost, id, seq: 14, current: 12 },
      { type: "add", key: delayed, command: post, at: 2 },
      {
        type: "refused",
        key: delayed,
        connection,
        code: "unavailable",
        message: "",
        retryAfterMs: 100,
        now: 3,
        random: 0,
      },
      { type: "reset" },
      { type: "timer" },
      { type: "acked", key: delayed, id: position("3000-0"), seq: 14, current: 14 },
      { type: "acked", key: lost, id: position("3001-0"), seq: 15, current: 15 },
    ];
    const sent: string[] = [];
    let outbox = EMPTY_OUTBOX;
    for (const event of events) {
      const next = stepOutbox(outbox, event);
      outbox = next.state;
      for (const effect of next.effects) if (effect.type === "send") sent.push(effect.entry.key);
    }
    expect(sent).toEqual(["lost", "delayed", "delayed", "lost"]);
    expect(outbox.entries).toEqual([]);
  });

  test("[V3] a command that is refused for good fails with the code, and the user can retry or discard it", async () => {
    const { chat, wires } = servedWorld();
    const room = chat.join("lobby");
    await expect(room.post("\u0000")).rejects.toMatchObject({ code: "bad_text" });
    const [failed] = room.pending;
    expect(failed?.state).toMatchObject({ status: "failed", code: "bad_text" });
    const again = failed && room.retry(failed.key);
    await expect(again).rejects.toBeInstanceOf(CommandFailed);
    const keys = wires.last.of("post").map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
    const [other] = room.pending;
    expect(other && room.discard(other.key)).toBe(true);
    expect(room.pending).toEqual([]);
  });

  test("[W2] a command that is longer than a frame may be is never sent", async () => {
    const { chat, wires } = servedWorld();
    const room = chat.join("lobby");
    await expect(room.post("x".repeat(70_000))).rejects.toMatchObject({ code: "too_long" });
    expect(wires.last.of("post")).toEqual([]);
  });

  test("[G4] a command without a reply on the old connection is sent on the next one", () => {
    const { id } = author("ada");
    const events: readonly OutboxEvent[] = [
      { type: "open", connection: 1, user: id },
      { type: "add", key: keyOf("k"), command: { type: "post", text: "x" }, at: 0 },
      { type: "open", connection: 2, user: id },
      { type: "lost", connection: 1 },
    ];
    let outbox = EMPTY_OUTBOX;
    const sentOn: number[] = [];
    for (const event of events) {
      const next = stepOutbox(outbox, event);
      outbox = next.state;
      for (const effect of next.effects) if (effect.type === "send") sentOn.push(effect.connection);
    }
    expect(sentOn).toEqual([1, 2]);
  });

  test("[D7] a doubted command does not fail while the connection is lost", () => {
    const { id } = author("ada");
    const refused = { code: "not_found", message: "", retryAfterMs: undefined, now: 0, random: 0 } as const;
    const key = keyOf("k");
    const events: readonly OutboxEvent[] = [
      { type: "open", connection: 1, user: id },
      { type: "add", key, command: { type: "post", text: "x" }, at: 0 },
      { type: "lost", connection: 1 },
      { type: "open", connection: 2, user: id },
      { type: "refused", key, connection: 2, ...refused },
      { type: "lost", connection: 2 },
      { type: "timer" },
    ];
    const last = events.reduce((outbox, event) => stepOutbox(outbox, event).state, EMPTY_OUTBOX);
    expect(last.entries.map(({ state }) => state.status)).toEqual(["waiting"]);
  });

  test("[P2] `close` rejects the promises, and the commands stay in the store", async () => {
    const { chat, store } = quietWorld();
    const room = chat.join("lobby");
    const before = room.post("before");
    chat.close();
    await expect(before).rejects.toMatchObject({ code: "left" });
    await expect(room.post("after")).rejects.toMatchObject({ code: "left" });
    const again = servedWorld({ store });
    again.chat.join("lobby");
    expect(textsOf(again.service.log("lobby"))).toEqual(["before", "after"]);
  });
});

/** Web Storage in memory, with a limit of characters for each value. */
const storageOf = (most = Number.POSITIVE_INFINITY): WebStorage => {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem(name, value) {
      if (name.length + value.length > most) throw new Error("QuotaExceededError");
      kept.set(name, value);
    },
    removeItem: (name) => void kept.delete(name),
  };
};

describe("the store", () => {
  test("[I1] messages that were written offline are sent after a reload, in order, with their keys", () => {
    const store = memoryStore();
    const { chat } = quietWorld({ store });
    for (const text of ["one", "two", "three"]) void chat.join("lobby").post(text);
    const keys = chat.join("lobby").pending.map(({ key }) => key);
    const again = servedWorld({ store });
    const room = again.chat.join("lobby");
    expect(textsOf(again.service.log("lobby"))).toEqual(["one", "two", "three"]);
    expect(again.wires.last.of("post").map(({ key }) => key)).toEqual(keys);
    expect(room.pending).toEqual([]);
    expect([...store.load().keys()]).toEqual(["token"]);
  });

  test("[I1] two tabs keep the messages of both, and a message that both send is stored once", () => {
    const store = memoryStore();
    const one = quietWorld({ store });
    void one.chat.join("lobby").post("from one");
    const two = quietWorld({ store });
    void two.chat.join("lobby").post("from two");
    expect(two.chat.join("lobby").pending).toHaveLength(2);
    // Both tabs are one guest, because they share the token.
    store.save("token", "token-1");
    const service = new Service(one.clock);
    const tabs = [servedWorld({ store, service }), servedWorld({ store, service })];
    for (const { chat } of tabs) chat.join("lobby");
    expect(textsOf(service.log("lobby")).toSorted()).toEqual(["from one", "from two"]);
    expect(store.load().size).toBe(1);
  });

  test("[A1] a command that may be stored under one user is never sent as another", () => {
    const store = memoryStore();
    const first = servedWorld({ store });
    const room = first.chat.join("lobby");
    cutBeforeAnswer(first.wires.last);
    void room.post("Hello");
    store.save("token", "token-9");
    const again = servedWorld({ store });
    const { pending } = again.chat.join("lobby");
    expect(pending[0]?.state).toMatchObject({ status: "failed", code: "other_user" });
    expect(again.wires.last.of("post")).toEqual([]);
  });

  test("[I1] forbidden storage stops nothing, and the client reports it", async () => {
    const store = webStore(() => {
      throw new Error("SecurityError");
    });
    const { chat, changes } = servedWorld({ store });
    await chat.join("lobby").post("Hello");
    expect(chat.stored).toBe(false);
    expect(ofType(changes, "storage")).toContainEqual({ type: "storage", stored: false });
  });

  test("[I1] full storage keeps the values that fit", async () => {
    const storage = storageOf(200);
    const store = webStore(() => storage);
    const { chat } = quietWorld({ store });
    const room = chat.join("lobby");
    void room.post("short");
    expect(chat.stored).toBe(true);
    void room.post("long ".repeat(100));
    expect(chat.stored).toBe(false);
    void room.post("short again");
    // The next one was kept, but not all are.
    expect(chat.stored).toBe(false);
    expect(room.pending).toHaveLength(3);
    expect(quietWorld({ store }).chat.join("lobby").pending).toHaveLength(2);
  });

  test("[I1] a value that did not fit is kept when there is space", () => {
    let isFull = false;
    const memory = memoryStore();
    const store = {
      load: memory.load,
      save: (name: string, value: string | undefined) => !isFull && memory.save(name, value),
    };
    const { chat, changes } = quietWorld({ store });
    isFull = true;
    void chat.join("lobby").post("one");
    isFull = false;
    void chat.join("lobby").post("two");
    expect(memory.load().size).toBe(2);
    expect(ofType(changes, "storage").map(({ stored }) => stored)).toEqual([false, true]);
  });

  test("[I1] stored values that cannot be decoded are ignored", () => {
    const store = memoryStore();
    const entries = ["", "{", "[]", "null", '{"at":"x"}', '{"at":1,"command":{"type":"edit"}}'];
    for (const [n, value] of entries.entries()) store.save(`outbox/lobby/k${n}`, value);
    expect(quietWorld({ store }).chat.join("lobby").pending).toEqual([]);
  });
});
