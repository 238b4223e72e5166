/**
 * Tests of decoding frames from clients: every valid frame, and invalid input of all kinds.
 */
import { describe, expect, test } from "vitest";
import { decodeClientFrame } from "../../src/wire/client-frame.ts";
import { seededRandom } from "../support/seeded-random.ts";

const FRAMES = {
  hello: { type: "hello", name: "Ada", token: "t" },
  join: { type: "join", ref: "1", room: "lobby", after: "5-0", limit: 10 },
  leave: { type: "leave", ref: "1", room: "lobby" },
  post: { type: "post", ref: "1", room: "lobby", key: "k", text: "Hi", replyTo: "5-0" },
  edit: { type: "edit", ref: "1", room: "lobby", key: "k", message: "5-0", text: "Hi" },
  delete: { type: "delete", ref: "1", room: "lobby", key: "k", message: "5-0" },
  react: { type: "react", ref: "1", room: "lobby", key: "k", message: "5-0", emoji: "👍", on: true },
  history: { type: "history", ref: "1", room: "lobby", before: "5-0", limit: 10 },
  typing: { type: "typing", room: "lobby" },
} as const;
const OPTIONAL = new Set(["hello.token", "join.after", "join.limit", "post.replyTo", "history.limit"]);

type Fields = Readonly<Record<string, unknown>>;

const decode = (fields: unknown) => decodeClientFrame(JSON.stringify(fields));

const refused = (text: string) => {
  const decoded = decodeClientFrame(text);
  if (decoded.ok) throw new Error(`decoded as a frame: ${text.slice(0, 100)}`);
  return decoded.reason;
};

/** Every field of every frame: `[type, field, frame]`. */
const FIELDS = Object.entries(FRAMES).flatMap(([type, frame]) =>
  Object.keys(frame)
    .filter((field) => field !== "type")
    .map((field) => [type, field, frame] as const),
);

const without = (frame: Fields, field: string): Fields =>
  Object.fromEntries(Object.entries(frame).filter(([name]) => name !== field));

describe("a valid frame", () => {
  test.each(Object.entries(FRAMES))("[W2] %s is decoded", (_, frame) => {
    const decoded = decode(frame);
    expect(decoded).toMatchObject({ ok: true, value: frame });
  });

  test.each(Object.entries(FRAMES))("[W7] %s with unknown fields is the same frame", (_, frame) => {
    const more = { ...frame, extra: { deep: [1, 2] }, constructor: 1, toString: "x" };
    expect(decode(more)).toEqual(decode(frame));
    expect(decodeClientFrame(`{"__proto__":{"type":"leave"},${JSON.stringify(frame).slice(1)}`)).toEqual(
      decode(frame),
    );
  });

  test.each(FIELDS.filter(([type, field]) => OPTIONAL.has(`${type}.${field}`)))(
    "[W5] in %s, null for the optional %s means that the field is left out",
    (_, field, frame) => {
      const leftOut = decode(without(frame, field));
      expect(leftOut.ok).toBe(true);
      expect(decode({ ...frame, [field]: null })).toEqual(leftOut);
    },
  );

  test("[R1] [W5] the default limit is 50, and its bounds are allowed", () => {
    expect(decode(without(FRAMES.join, "limit"))).toMatchObject({ value: { limit: 50 } });
    expect(decode(without(FRAMES.history, "limit"))).toMatchObject({ value: { limit: 50 } });
    expect(decode({ ...FRAMES.join, limit: 0 })).toMatchObject({ value: { limit: 0 } });
    expect(decode({ ...FRAMES.join, limit: 500 })).toMatchObject({ value: { limit: 500 } });
    expect(decode({ ...FRAMES.history, limit: 1 })).toMatchObject({ value: { limit: 1 } });
  });

  test("[V4] a position is made canonical", () => {
    expect(decode({ ...FRAMES.join, after: "007-00" })).toMatchObject({ value: { after: "7-0" } });
    expect(decode({ ...FRAMES.join, after: "0-0" })).toMatchObject({ value: { after: "0-0" } });
  });

  test("[W7] hello and typing need no ref: a valid one is decoded, and any other is ignored", () => {
    for (const frame of [FRAMES.hello, FRAMES.typing]) {
      expect(decode({ ...frame, ref: "r" })).toMatchObject({ ok: true, value: { ref: "r" } });
      for (const ref of [5, "", {}, "r".repeat(65), null]) {
        expect(decode({ ...frame, ref })).toMatchObject({ ok: true, value: { ref: undefined } });
      }
    }
  });

  test("[V1] [V2] [V3] [V5] decoding accepts every string as a value, because the domain validates it", () => {
    for (const text of ["", "\ud800", "a".repeat(60_000), "<b>", "\u0000"]) {
      expect(decode({ ...FRAMES.hello, name: text, token: text }).ok).toBe(true);
      expect(decode({ ...FRAMES.post, room: text, key: text, text }).ok).toBe(true);
      expect(decode({ ...FRAMES.react, emoji: text }).ok).toBe(true);
    }
  });
});

describe("an invalid frame", () => {
  test.each(FIELDS.filter(([type, field]) => !OPTIONAL.has(`${type}.${field}`)))(
    "[W5] %s without its %s is refused with a message that names the field",
    (type, field, frame) => {
      const { message } = refused(JSON.stringify(without(frame, field)));
      expect(message).toBe(`${type}: "${field}" is missing`);
      expect(refused(JSON.stringify({ ...frame, [field]: null })).message).toContain(`"${field}"`);
    },
  );

  test.each(FIELDS)(
    "[W5] %s with a %s of the wrong type is refused with a message that names the field",
    (type, field, frame) => {
      for (const wrong of [{}, [], [frame], Number.MAX_VALUE, -1, "on" === field ? "true" : true]) {
        const { message, ref } = refused(JSON.stringify({ ...frame, [field]: wrong }));
        expect(message).toMatch(new RegExp(`^${type}: "${field}" must be `));
        expect(ref).toBe(field === "ref" || !("ref" in frame) ? undefined : "1");
      }
    },
  );

  test.each(["0", "-1", "1-", "1-1-1", "", " 1-0", "18446744073709551616-0", "\ud800-0", "$", "1-*"])(
    "[V4] %j is refused as a position in every field",
    (position) => {
      for (const frame of [
        { ...FRAMES.join, after: position },
        { ...FRAMES.post, replyTo: position },
        { ...FRAMES.edit, message: position },
        { ...FRAMES.delete, message: position },
        { ...FRAMES.react, message: position },
        { ...FRAMES.history, before: position },
      ]) {
        expect(refused(JSON.stringify(frame)).message).toContain("must be an event id");
      }
    },
  );

  test("[W5] a limit out of range, or not a whole number, is refused", () => {
    for (const limit of [-1, 501, 1.5, "50", true, 1e308, [], {}]) {
      expect(refused(JSON.stringify({ ...FRAMES.join, limit })).message).toContain(`"limit" must be`);
      expect(refused(JSON.stringify({ ...FRAMES.history, limit })).message).toContain(`"limit" must be`);
    }
    expect(decode({ ...FRAMES.history, limit: 0 }).ok).toBe(false);
    expect(refused(`{"type":"join","ref":"1","room":"a","limit":1e999}`).message).toContain(`"limit"`);
  });

  test("[W5] [V5] a ref that is empty, too long or not well-formed is refused and not given back", () => {
    for (const ref of ["", "r".repeat(65), "😀".repeat(65), "\ud800"]) {
      expect(refused(JSON.stringify({ ...FRAMES.leave, ref }))).toMatchObject({
        ref: undefined,
        type: "leave",
      });
    }
    for (const ref of ["r".repeat(64), "😀".repeat(64), "\u0000", "<b>"]) {
      expect(decode({ ...FRAMES.leave, ref })).toMatchObject({ ok: true, value: { ref } });
    }
  });

  test("[W5] a frame with a missing, invalid or unknown type is refused with its ref", () => {
    for (const type of [
      undefined,
      null,
      5,
      {},
      ["hello"],
      "",
      "Hello",
      "welcome",
      "toString",
      "__proto__",
      "\ud800",
    ]) {
      expect(refused(JSON.stringify({ type, ref: "r" })).ref).toBe("r");
    }
    expect(refused(`{"type":"\\ud800"}`).message.isWellFormed()).toBe(true);
    expect(refused(JSON.stringify({ type: "x".repeat(60_000) })).message.length).toBeLessThan(200);
  });
});

describe("text that is not a frame", () => {
  test.each([
    "",
    " ",
    "hello",
    "{",
    "{}}",
    "null",
    "true",
    "5",
    `"hello"`,
    "[]",
    `[{"type":"hello"}]`,
    "{'type':'hello'}",
    `{"type":"hello",}`,
    "\u0000",
    "\ufeff{}",
    "NaN",
    "GET / HTTP/1.1",
  ])("[W2] [W5] %j is refused", (text) => {
    expect(refused(text)).toMatchObject({ ref: undefined, message: "a frame is one JSON object" });
  });

  test("[W5] 100,000 levels of nesting are handled in every place", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const deeper = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    expect(refused(deep).message).toBe("a frame is one JSON object");
    expect(refused("[".repeat(100_000)).message).toBe("a frame is one JSON object");
    expect(refused(deeper).message).toContain("type");
    for (const nested of [deep, deeper]) {
      expect(refused(`{"type":"leave","ref":${nested},"room":"a"}`).message).toContain(`"ref"`);
      expect(refused(`{"type":"leave","ref":"1","room":${nested}}`)).toMatchObject({ ref: "1" });
      expect(decodeClientFrame(`{"type":"leave","ref":"1","room":"a","x":${nested}}`).ok).toBe(true);
    }
  });

  test("[W5] random input is decoded or refused, and never throws", () => {
    const { below, pick } = seededRandom(9);
    const values = [null, 5, -1, 1.5, true, "", "a", "5-0", "\ud800", [], {}, [[]], { type: "post" }];
    const names = [...new Set(FIELDS.map(([, field]) => field)), "__proto__", "constructor"];
    const types = [...Object.keys(FRAMES), "nothing", 5, null];
    for (let round = 0; round < 5000; round += 1) {
      const fields = Array.from({ length: below(9) }, () => [pick(names), pick(values)] as const);
      const text = JSON.stringify({ ...Object.fromEntries(fields), type: pick(types) });
      const decoded = decodeClientFrame(text);
      expect(decoded.ok || decoded.reason.message).not.toBe("");
      const cut = decodeClientFrame(text.slice(0, below(text.length)));
      expect(cut.ok).toBe(false);
    }
  });
});
