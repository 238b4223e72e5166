/**
 * Commands about messages in virtual time: edits, deletions, reactions and replies, their rights, and the
 * order of checks.
 */
import { describe, expect, it } from "vitest";
import type { Event, Frame } from "../support/wire-schema.ts";
import { startAlone, VirtualDeployment } from "./virtual-deployment.ts";
import type { VirtualClient } from "./virtual-client.ts";

const ROOM = "lobby";
const NEVER = "1-1";

const given = () => {
  const { deployment, instance } = startAlone({ messages: { perSecond: 1_000, burst: 1_000 } });
  const [ada, bob] = [instance.enter("Ada", ROOM), instance.enter("Bob", ROOM)];
  const message = ada.post(ROOM, "a message").id;
  return { deployment, instance, ada, bob, message };
};

const code = (answer: Frame): string => (answer.type === "error" ? answer.code : answer.type);

const lastOf = (client: VirtualClient): Event | undefined => client.events(ROOM).at(-1);

const commandsOn = (message: string) => [
  { type: "edit", room: ROOM, key: "edit", message, text: "edited" },
  { type: "react", room: ROOM, key: "react", message, emoji: "👍", on: true },
  { type: "post", room: ROOM, key: "reply", text: "a reply", replyTo: message },
  { type: "delete", room: ROOM, key: "delete", message },
];

describe("a message", () => {
  it("[D6] is edited and deleted by its author only, and any member reacts and replies", () => {
    const { ada, bob, message } = given();
    expect(commandsOn(message).map((frame) => code(bob.ask(frame)))).toEqual([
      "forbidden",
      "ack",
      "ack",
      "forbidden",
    ]);
    expect(commandsOn(message).map((frame) => code(ada.ask(frame)))).toEqual(["ack", "ack", "ack", "ack"]);
  });

  it("[D6] is given out without its text after its deletion: to later joins, resumes and pages", () => {
    const { instance, ada, message } = given();
    ada.ask({ type: "edit", room: ROOM, key: "edit", message, text: "secret too" });
    ada.ask({ type: "delete", room: ROOM, key: "delete", message });
    const eve = instance.greet("Eve");
    const { events, head } = eve.join(ROOM, { after: "0-0" });
    const page = eve.ask({ type: "history", room: ROOM, before: head.id, limit: 10 });
    for (const answer of [{ events }, page]) {
      const given = JSON.stringify(answer);
      expect(given).not.toContain("secret");
      expect(given).not.toContain("a message");
      expect(given.match(/"deleted":true/g)).toHaveLength(2);
    }
  });

  it("[D7] that is deleted or never was is not_found, for every command", () => {
    const { ada, message } = given();
    ada.ask({ type: "delete", room: ROOM, key: "k", message });
    for (const id of [message, NEVER]) {
      expect(commandsOn(id).map((frame) => code(ada.ask(frame)))).toEqual(
        Array.from({ length: 4 }, () => "not_found"),
      );
    }
  });

  it("[D7] that is trimmed is not_found, from memory and from the log alike", () => {
    const deployment = new VirtualDeployment({ maxEvents: 5, backlogEvents: 100 });
    const [here, there] = [deployment.start(), deployment.start()];
    const [ada, bob] = [here.enter("Ada", ROOM), there.enter("Bob", ROOM)];
    const { id: message } = ada.post(ROOM, "early");
    for (let nth = 0; nth < 10; nth += 1) ada.post(ROOM, `message ${nth}`);
    deployment.advance(10);
    for (const client of [ada, bob]) {
      expect(code(client.ask({ type: "react", room: ROOM, key: "k", message, emoji: "👍", on: true }))).toBe(
        "not_found",
      );
    }
  });

  it("[D7] gets the same reaction twice, and each is appended", () => {
    const { ada, bob, message } = given();
    for (const key of ["one", "two"]) {
      bob.ask({ type: "react", room: ROOM, key, message, emoji: "👍", on: true });
      expect(lastOf(ada)).toMatchObject({ type: "reaction.added", key, message, emoji: "👍" });
    }
  });

  it("[D6] an event that is no message can't be edited, replied to or deleted", () => {
    const { ada, message } = given();
    const reaction = ada.ask({ type: "react", room: ROOM, key: "k", message, emoji: "👍", on: true });
    const id = reaction.type === "ack" ? reaction.id : "";
    expect(commandsOn(id).map((frame) => code(ada.ask(frame)))).toEqual(
      Array.from({ length: 4 }, () => "not_found"),
    );
  });
});

describe("the order of checks", () => {
  it("[I1] the values come before the room's state, and that before the key", () => {
    const { ada, bob, message } = given();
    const posted = ada.ask({ type: "post", room: ROOM, key: "k", text: "first" });
    const edit = { type: "edit", room: ROOM, key: "k", message: NEVER };
    expect(code(ada.ask({ ...edit, text: " " }))).toBe("bad_text");
    expect(code(ada.ask({ ...edit, text: "x".repeat(4_001) }))).toBe("too_long");
    expect(code(ada.ask({ ...edit, text: "ok" }))).toBe("not_found");
    expect(code(bob.ask({ ...edit, message, text: "ok" }))).toBe("forbidden");
    expect(ada.ask({ ...edit, message, text: "ok" })).toMatchObject({
      type: "ack",
      id: posted.type === "ack" ? posted.id : "",
      duplicate: true,
    });
  });

  it("[I1] a refused command does not use up its key", () => {
    const { ada, message } = given();
    ada.ask({ type: "edit", room: ROOM, key: "k", message: NEVER, text: "ok" });
    const edited = ada.ask({ type: "edit", room: ROOM, key: "k", message, text: "ok" });
    expect(edited).toMatchObject({ type: "ack", duplicate: false });
  });

  it("[I1] a key belongs to its user and its room", () => {
    const { ada, bob } = given();
    ada.join("other");
    expect(ada.post(ROOM, "hi", { key: "k" }).duplicate).toBe(false);
    expect(bob.post(ROOM, "hi", { key: "k" }).duplicate).toBe(false);
    expect(ada.post("other", "hi", { key: "k" }).duplicate).toBe(false);
    expect(ada.post(ROOM, "hi", { key: "k" }).duplicate).toBe(true);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ["bad_room", { type: "post", room: "no spaces", key: "k", text: "hi" }],
    ["bad_key", { type: "post", room: ROOM, key: "a b", text: "hi" }],
    ["bad_key", { type: "post", room: ROOM, key: "", text: "hi" }],
    ["bad_text", { type: "post", room: ROOM, key: "k", text: "\ud800" }],
    ["bad_emoji", { type: "react", room: ROOM, key: "k", message: NEVER, emoji: "👍👍", on: true }],
    ["not_joined", { type: "post", room: "elsewhere", key: "k", text: "hi" }],
    ["bad_frame", { type: "edit", room: ROOM, key: "k", message: "here", text: "hi" }],
  ])("[W5] [V3] %s is the answer to %j", (expected, frame) => {
    const { ada } = given();
    expect(code(ada.ask(frame))).toBe(expected);
    expect(ada.post(ROOM, "still here").duplicate).toBe(false);
  });
});
