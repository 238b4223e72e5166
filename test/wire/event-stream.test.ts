/**
 * Tests of Server-Sent Events: no text of a user can break out of its line.
 */
import { expect, test } from "vitest";
import { parseIdempotencyKey } from "../../src/domain/idempotency-key.ts";
import { position, START } from "../../src/domain/position.ts";
import { parseUserId } from "../../src/domain/user.ts";
import { encodeEventStream, encodeReset, STREAM_HEARTBEAT } from "../../src/wire/event-stream.ts";
import { entryOf, envelopeOf } from "../../src/log/entry.ts";
import { redacted } from "../../src/log/redaction.ts";
import { encodeEvent } from "../../src/wire/encode.ts";

const id = parseUserId("u1");
const key = parseIdempotencyKey("k1");
if (!id.ok || !key.ok) throw new Error("the tests' own id and key are refused");
const by = { id: id.value, name: "Ada" };

const posted = entryOf(
  position("5-1"),
  1,
  START,
  envelopeOf({
    type: "message.posted",
    by,
    key: key.value,
    text: 'a\n\nevent: reset\ndata: x\r\n","type":"no"',
  }),
);

test("[H1] an event has a line each for its id, its type and its JSON", () => {
  expect(encodeEventStream([posted])).toBe(
    `id: 5-1\nevent: message.posted\ndata: ${encodeEvent(posted)}\n\n`,
  );
  expect(encodeEventStream([posted, posted]).split("\n\n")).toHaveLength(3);
  expect(encodeEventStream([])).toBe("");
});

test("[H1] [D6] a redacted event has the same lines, without its text", () => {
  const [identity, type, data] = encodeEventStream([redacted(posted)]).split("\n");
  expect([identity, type]).toEqual(["id: 5-1", "event: message.posted"]);
  expect(data).toContain(`"deleted":true`);
});

test("[H1] a type with a line break is sent as `message`", () => {
  expect(encodeEventStream([{ ...posted, type: "a\nevent: reset" }])).toContain("\nevent: message\n");
});

test("[H1] a reset has its reason, and a heartbeat is a comment", () => {
  expect(encodeReset("trimmed")).toBe('event: reset\ndata: {"reason":"trimmed"}\n\n');
  expect(STREAM_HEARTBEAT).toMatch(/^:.*\n\n$/);
});
