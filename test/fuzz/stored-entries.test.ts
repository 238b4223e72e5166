/**
 * Tests with mutated stored entries: reading, redacting and encoding them never throws, keeps their place,
 * and gives clients one JSON object on one line.
 */
import { describe, expect, test } from "vitest";
import { entriesIn } from "../../src/adapters/redis/reply.ts";
import { position, START } from "../../src/domain/position.ts";
import { eventOf, rosterStepOf } from "../../src/log/decode-event.ts";
import { entryOf, type Entry } from "../../src/log/entry.ts";
import { isRecord, parseJson } from "../../src/log/json.ts";
import { redacted, textOwner } from "../../src/log/redaction.ts";
import { encodeEvent } from "../../src/wire/encode.ts";
import { encodeEventStream } from "../../src/wire/event-stream.ts";
import { seededRandom, type SeededRandom } from "../support/seeded-random.ts";
import { mutate, mutateJson } from "./mutations.ts";

const SEEDS = [1, 2, 3, 4];
const ENTRIES = 4_000;
const AUTHOR = { id: "u1", name: "Ada" };
const TYPES = ["message.posted", "message.edited", "message.deleted", "reaction.added", "member.joined"];

const mutatedEntry = (random: SeededRandom): Entry => {
  const body = { key: "k1", text: 'a "b" \\ \n', replyTo: "4-0", emoji: "👍" };
  return entryOf(position("5-1"), 7, START, {
    version: random.pick([0, 1, 1, 1, 2]),
    type: random.below(3) === 0 ? mutate(random.pick(TYPES), random) : random.pick(TYPES),
    subject: random.below(2) === 0 ? position("4-0") : undefined,
    author: random.below(2) === 0 ? JSON.stringify(AUTHOR) : mutateJson(AUTHOR, random),
    body: random.below(3) === 0 ? mutate(JSON.stringify(body), random) : mutateJson(body, random),
  });
};

/** Decodes a reply and encodes its entries, or refuses it with a cause. */
const isRefused = (reply: unknown): boolean => {
  try {
    for (const entry of entriesIn(reply)) encodeEvent(entry);
    return false;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return true;
  }
};

describe("mutated entries", () => {
  test.each(SEEDS)("[W7] [D6] seed %d: an entry with any contents is read, redacted and encoded", (seed) => {
    const random = seededRandom(seed);
    for (let nth = 0; nth < ENTRIES; nth += 1) {
      const entry = mutatedEntry(random);
      for (const version of textOwner(entry) === undefined ? [entry] : [entry, redacted(entry)]) {
        expect(eventOf(version)).toMatchObject({ id: "5-1", seq: 7 });
        rosterStepOf(version);
        const event = encodeEvent(version);
        const stream = encodeEventStream([version]);
        // Author and body are passed on unchanged, because they were JSON objects when they were appended.
        if (!isRecord(parseJson(version.author)) || !isRecord(parseJson(version.body))) continue;
        expect(JSON.parse(event)).toMatchObject({ id: "5-1", seq: 7 });
        expect(stream.split("\n").slice(2)).toEqual([`data: ${event}`, "", ""]);
      }
    }
  });

  test.each(SEEDS)("[W7] seed %d: a reply of Redis is decoded, or refused with a cause", (seed) => {
    const random = seededRandom(seed);
    const fields = ["s", "7", "p", "4-0", "v", "1", "t", "message.posted", "m", "", "a", "{}", "b", "{}"];
    let refused = 0;
    for (let nth = 0; nth < ENTRIES; nth += 1) {
      const mutated = fields.map((field) => (random.below(12) === 0 ? mutate(field, random) : field));
      const cut = random.below(8) === 0 ? mutated.slice(0, random.below(14)) : mutated;
      const id = random.below(8) === 0 ? mutate("5-1", random) : "5-1";
      refused += isRefused([[id, cut]]) ? 1 : 0;
    }
    expect(refused).toBeGreaterThan(0);
  });
});
