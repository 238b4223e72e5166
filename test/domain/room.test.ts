/**
 * Tests of the room decider: a command and the message that it is about give a fact or a refusal.
 */
import { describe, expect, test } from "vitest";
import { parseEmoji } from "../../src/domain/emoji.ts";
import { targetOf } from "../../src/domain/event.ts";
import { parseMessageText } from "../../src/domain/message-text.ts";
import { decide, targetOfCommand, type MessageCommand, type Target } from "../../src/domain/room.ts";
import { accepted, ADA, at, BEN, KEY } from "./given.ts";

const TEXT = accepted(parseMessageText("Hello", 4000));
const THUMB = accepted(parseEmoji("👍"));
const MESSAGE = at(1);

const given = (by = ADA) => ({ by, key: KEY });
const post: MessageCommand = { ...given(), type: "post", text: TEXT, replyTo: undefined };
const reply: MessageCommand = { ...given(), type: "post", text: TEXT, replyTo: MESSAGE };
const edit: MessageCommand = { ...given(), type: "edit", message: MESSAGE, text: TEXT };
const remove: MessageCommand = { ...given(), type: "delete", message: MESSAGE };
const add: MessageCommand = { ...given(), type: "react", message: MESSAGE, emoji: THUMB, on: true };
const unreact: MessageCommand = { ...add, on: false };
const ABOUT_A_MESSAGE = { reply, edit, delete: remove, react: add, unreact: unreact };

const byAda: Target = { author: ADA.id, deleted: false };
const byBen: Target = { author: BEN.id, deleted: false };

describe("accepted", () => {
  test("[D1] a post, with the message that it replies to if there is one", () => {
    const posted = { type: "message.posted", by: ADA, key: KEY, text: "Hello" };
    expect(decide(post, undefined)).toEqual({ ok: true, value: posted });
    expect(decide(reply, byBen)).toEqual({ ok: true, value: { ...posted, replyTo: MESSAGE } });
    expect(Object.keys(accepted(decide(post, undefined)))).not.toContain("replyTo");
  });

  test("[D6] an author's edit and deletion", () => {
    expect(decide(edit, byAda)).toEqual({
      ok: true,
      value: { type: "message.edited", by: ADA, key: KEY, message: MESSAGE, text: "Hello" },
    });
    expect(decide(remove, byAda)).toEqual({
      ok: true,
      value: { type: "message.deleted", by: ADA, key: KEY, message: MESSAGE },
    });
  });

  test("[D6] [D7] anyone's reaction, added or taken away, whether or not it is there", () => {
    const reacted = { by: ADA, key: KEY, message: MESSAGE, emoji: "👍" };
    expect(decide(add, byBen)).toEqual({ ok: true, value: { type: "reaction.added", ...reacted } });
    expect(decide(unreact, byBen)).toEqual({ ok: true, value: { type: "reaction.removed", ...reacted } });
  });
});

describe("refused", () => {
  test("[D6] another user's edit and deletion", () => {
    expect(decide(edit, byBen)).toEqual({ ok: false, reason: "forbidden" });
    expect(decide(remove, byBen)).toEqual({ ok: false, reason: "forbidden" });
  });

  test.each(Object.entries(ABOUT_A_MESSAGE))("[D7] %s, if the message is not there", (_, command) => {
    expect(decide(command, undefined)).toEqual({ ok: false, reason: "not_found" });
  });

  test.each(Object.entries(ABOUT_A_MESSAGE))(
    "[D7] %s, if the message is deleted, even for its author",
    (_, command) => {
      expect(decide(command, { ...byAda, deleted: true })).toEqual({ ok: false, reason: "not_found" });
      expect(decide(command, { ...byBen, deleted: true })).toEqual({ ok: false, reason: "not_found" });
    },
  );
});

test("[D7] a command and its fact are about the same message", () => {
  expect(targetOfCommand(post)).toBeUndefined();
  expect(targetOf(accepted(decide(post, undefined)))).toBeUndefined();
  for (const command of Object.values(ABOUT_A_MESSAGE)) {
    expect(targetOfCommand(command)).toBe(MESSAGE);
    expect(targetOf(accepted(decide(command, byAda)))).toBe(MESSAGE);
  }
  expect(targetOf({ type: "member.joined", by: ADA })).toBeUndefined();
});
