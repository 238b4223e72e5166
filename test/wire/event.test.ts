/**
 * Events in JSON: encoded once, passed on as they are, and read with nothing taken on trust.
 */
import { describe, expect, test } from "vitest";
import type { Fact } from "../../src/domain/event.ts";
import { parseIdempotencyKey } from "../../src/domain/idempotency-key.ts";
import { position, START } from "../../src/domain/position.ts";
import { parseUserId } from "../../src/domain/user.ts";
import { decodeEvent, encodeFact, entryOf, eventOf, redacted, withoutText } from "../../src/wire/event.ts";

const id = parseUserId("u1");
const key = parseIdempotencyKey("k1");
if (!id.ok || !key.ok) throw new Error("the tests' own id and key are refused");

const by = { id: id.value, name: "Ada" };
const common = { by, key: key.value };
const message = position("4-0");
const AT = position("5-1");

const FACTS: readonly Fact[] = [
  { type: "member.joined", by },
  { type: "member.left", by },
  { type: "message.posted", ...common, text: "Hi" },
  {
    type: "message.posted",
    ...common,
    text: 'a "b" \\ \n\t \u2028 👍 </script> {"id":"1-1"}',
    replyTo: message,
  },
  { type: "message.edited", ...common, message, text: "Hey" },
  { type: "message.deleted", ...common, message },
  { type: "reaction.added", ...common, message, emoji: "👍" },
  { type: "reaction.removed", ...common, message, emoji: "👍" },
];

const entry = (fact: Fact) => entryOf(AT, 7, message, encodeFact(fact));

describe("a fact in the log", () => {
  test.each(FACTS)("[D1] $type is the event that it was, at its place", (fact) => {
    expect(eventOf(entry(fact))).toEqual({ id: AT, seq: 7, ...fact });
    expect(JSON.parse(entry(fact).json)).toEqual({ id: AT, seq: 7, ...fact });
  });

  test("[D3] an entry is linked to the one before, and its JSON begins with its place", () => {
    const first = entryOf(AT, 1, START, encodeFact({ type: "member.joined", by }));
    expect(first).toMatchObject({ id: AT, seq: 1, previous: "0-0", size: first.json.length });
    expect(first.json).toBe(`{"id":"5-1","seq":1,"type":"member.joined","by":{"id":"u1","name":"Ada"}}`);
  });
});

describe("after a deletion", () => {
  test("[D6] a post and an edit are given out without text, and with deleted true", () => {
    for (const fact of FACTS.filter(({ type }) => type === "message.posted" || type === "message.edited")) {
      const hidden = redacted(entry(fact));
      const { text: _, ...rest } = { text: "", ...fact };
      expect(JSON.parse(hidden.json)).toEqual({ id: AT, seq: 7, ...rest, deleted: true });
      expect(eventOf(hidden)).toMatchObject({ type: fact.type, deleted: true });
      expect(hidden).toMatchObject({ id: AT, seq: 7, previous: message, size: hidden.json.length });
      expect(redacted(hidden)).toEqual(hidden);
    }
  });

  test("[D6] what is stored of it keeps its order and everything but the text", () => {
    const stored = encodeFact({ type: "message.posted", ...common, text: "secret", replyTo: message });
    expect(withoutText(stored)).toBe(
      `{"type":"message.posted","by":{"id":"u1","name":"Ada"},"key":"k1","replyTo":"4-0","deleted":true}`,
    );
  });
});

describe("an event that is read", () => {
  const posted = { id: "5-1", seq: 7, type: "message.posted", ...common, text: "Hi" };
  const unknown = { id: "5-1", seq: 7, type: "unknown" };

  test("[W7] of a type that is not known, or that makes no sense, keeps its place", () => {
    for (const event of [
      { ...posted, type: "poll.opened" },
      { ...posted, type: 5 },
      { ...posted, type: "toString" },
      { ...posted, by: "Ada" },
      { ...posted, by: { id: "", name: "Ada" } },
      { ...posted, by: { id: "u1" } },
      { ...posted, key: "" },
      { ...posted, key: "\ud800" },
      { ...posted, text: 5 },
      { ...posted, text: undefined },
      { ...posted, type: "message.edited" },
      { ...posted, type: "message.edited", message: "5" },
      { ...posted, type: "reaction.added", message: "4-0", emoji: {} },
    ]) {
      expect(decodeEvent(event)).toEqual(unknown);
    }
  });

  test("[W7] has its known fields, whatever else it has", () => {
    expect(decodeEvent({ ...posted, extra: [1], constructor: 1 })).toEqual(posted);
  });

  test("[D6] has no text where it says that it is deleted, even if there is one", () => {
    expect(decodeEvent({ ...posted, deleted: true })).not.toHaveProperty("text");
    expect(decodeEvent({ ...posted, deleted: "yes" })).toEqual(posted);
  });

  test("[V4] without an id or a seq is none", () => {
    for (const value of [
      null,
      5,
      "x",
      [],
      {},
      { ...posted, id: 5 },
      { ...posted, id: "5" },
      { ...posted, id: "18446744073709551616-0" },
      { ...posted, seq: "7" },
      { ...posted, seq: 1.5 },
      { ...posted, seq: 2 ** 53 },
      { ...posted, seq: 0 },
      { ...posted, seq: -1 },
    ]) {
      expect(decodeEvent(value)).toBeUndefined();
    }
  });
});
