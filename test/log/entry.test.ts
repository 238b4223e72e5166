/**
 * Tests of entries and events: envelope and body, decoding of invalid data, and redaction.
 */
import { describe, expect, test } from "vitest";
import type { Fact } from "../../src/domain/event.ts";
import { parseIdempotencyKey } from "../../src/domain/idempotency-key.ts";
import { position, START } from "../../src/domain/position.ts";
import { parseUserId } from "../../src/domain/user.ts";
import { decodeEvent, eventOf, rosterStepOf } from "../../src/log/decode-event.ts";
import { entryOf, envelopeOf, FORMAT_VERSION } from "../../src/log/entry.ts";
import { redacted, redactedBody, textOwner } from "../../src/log/redaction.ts";
import { encodeEvent } from "../../src/wire/encode.ts";

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

const entry = (fact: Fact) => entryOf(AT, 7, message, envelopeOf(fact));

describe("a fact in the log", () => {
  test.each(FACTS)("[D1] $type is decoded to the same event, with its id and seq", (fact) => {
    expect(eventOf(entry(fact))).toEqual({ id: AT, seq: 7, ...fact });
    expect(JSON.parse(encodeEvent(entry(fact)))).toEqual({ id: AT, seq: 7, ...fact });
  });

  test("[D3] an entry names the one before, and its event begins with its id and seq", () => {
    const first = entryOf(AT, 1, START, envelopeOf({ type: "member.joined", by }));
    expect(first).toMatchObject({ id: AT, seq: 1, previous: "0-0", version: FORMAT_VERSION, body: "{}" });
    expect(encodeEvent(first)).toBe(
      `{"id":"5-1","seq":1,"type":"member.joined","by":{"id":"u1","name":"Ada"}}`,
    );
  });

  test("[D7] the subject is the message that an event changes, and is only in the envelope", () => {
    for (const fact of FACTS) {
      const { subject, body } = envelopeOf(fact);
      expect(subject).toBe("message" in fact ? fact.message : undefined);
      expect(JSON.parse(body)).not.toHaveProperty("message");
    }
  });

  test("[W7] an entry with a newer format, an unknown type or an invalid body is decoded as unknown", () => {
    const known = entry({ type: "member.joined", by });
    const unknown = { id: AT, seq: 7, type: "unknown" };
    for (const other of [
      { ...known, version: FORMAT_VERSION + 1 },
      { ...known, type: "member.danced" },
      { ...known, author: "{" },
      { ...known, body: "[]" },
      { ...known, body: "{" },
    ]) {
      expect(eventOf(other)).toEqual(unknown);
    }
    const newer = { ...known, type: "member.danced", body: `{"steps":3}` };
    expect(JSON.parse(encodeEvent(newer))).toEqual({ id: AT, seq: 7, type: "member.danced", by, steps: 3 });
  });

  test("[P4] a roster step has the type and the author of a known entry, and of no other entry", () => {
    for (const fact of FACTS) expect(rosterStepOf(entry(fact))).toEqual({ type: fact.type, by });
    const known = entry({ type: "member.joined", by });
    expect(rosterStepOf({ ...known, type: "member.danced" })).toEqual({ type: "unknown" });
    expect(rosterStepOf({ ...known, version: FORMAT_VERSION + 1 })).toEqual({ type: "unknown" });
    expect(rosterStepOf({ ...known, author: "null" })).toEqual({ type: "unknown" });
  });
});

describe("after a deletion", () => {
  test("[D6] a post and an edit are given out without text, and with deleted true", () => {
    for (const fact of FACTS.filter(({ type }) => type === "message.posted" || type === "message.edited")) {
      const hidden = redacted(entry(fact));
      const { text: _, ...rest } = { text: "", ...fact };
      expect(JSON.parse(encodeEvent(hidden))).toEqual({ id: AT, seq: 7, ...rest, deleted: true });
      expect(eventOf(hidden)).toMatchObject({ type: fact.type, deleted: true });
      expect(hidden).toMatchObject({ id: AT, seq: 7, previous: message });
      expect(hidden.size - hidden.body.length).toBe(entry(fact).size - entry(fact).body.length);
      expect(textOwner(hidden)).toBe(fact.type === "message.posted" ? AT : message);
      expect(redacted(hidden)).toEqual(hidden);
    }
  });

  test("[D6] a redacted body keeps its fields in order, without the text", () => {
    const { body } = envelopeOf({ type: "message.posted", ...common, text: "secret", replyTo: message });
    expect(redactedBody(body)).toBe(`{"key":"k1","replyTo":"4-0","deleted":true}`);
    expect(redactedBody("5")).toBe(`{"deleted":true}`);
    expect(redactedBody(`{"text":"secret`)).toBe(`{"deleted":true}`);
  });

  test("[D6] an entry that is neither a post nor an edit has no text", () => {
    for (const fact of FACTS.filter(({ type }) => type !== "message.posted" && type !== "message.edited")) {
      expect(textOwner(entry(fact))).toBeUndefined();
    }
  });
});

describe("an event from JSON", () => {
  const posted = { id: "5-1", seq: 7, type: "message.posted", ...common, text: "Hi" };
  const unknown = { id: "5-1", seq: 7, type: "unknown" };

  test("[W7] is unknown and keeps its place if its type is not known or a field is invalid", () => {
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

  test("[W7] has only its known fields", () => {
    expect(decodeEvent({ ...posted, extra: [1], constructor: 1 })).toEqual(posted);
  });

  test("[D6] has no text if it is deleted, even if the JSON has one", () => {
    expect(decodeEvent({ ...posted, deleted: true })).not.toHaveProperty("text");
    expect(decodeEvent({ ...posted, deleted: "yes" })).toEqual(posted);
  });

  test("[V4] is undefined without a valid id and seq", () => {
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
