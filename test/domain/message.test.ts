/**
 * Tests of a message as the fold of its events.
 */
import { describe, expect, test } from "vitest";
import type { Author, RoomEvent } from "../../src/domain/event.ts";
import { evolveMessage, foldMessage, messageOf } from "../../src/domain/message.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { ADA, at, BEN, KEY } from "./given.ts";

const MESSAGE = at(1);
const posted: RoomEvent = { id: MESSAGE, seq: 1, type: "message.posted", by: ADA, key: KEY, text: "Hello" };

const edited = (seq: number, text: string): RoomEvent => ({
  id: at(seq),
  seq,
  type: "message.edited",
  by: ADA,
  key: KEY,
  message: MESSAGE,
  text,
});

const deleted = (seq: number): RoomEvent => ({
  id: at(seq),
  seq,
  type: "message.deleted",
  by: ADA,
  key: KEY,
  message: MESSAGE,
});

const reacted = (seq: number, by: Author, emoji: string, on = true): RoomEvent => ({
  id: at(seq),
  seq,
  type: on ? "reaction.added" : "reaction.removed",
  by,
  key: KEY,
  message: MESSAGE,
  emoji,
});

describe("given its events, a message", () => {
  test("[D6] is the posted message", () => {
    expect(foldMessage([posted])).toEqual({
      id: MESSAGE,
      seq: 1,
      author: ADA,
      key: KEY,
      replyTo: undefined,
      text: "Hello",
      edited: undefined,
      deleted: false,
      reactions: [],
    });
  });

  test("[D6] has the text of its last edit", () => {
    const message = foldMessage([posted, edited(2, "Hi"), edited(3, "Hey")]);
    expect(message).toMatchObject({ text: "Hey", edited: at(3), author: ADA });
  });

  test("[D6] has no text and no reactions once it is deleted, whichever events follow", () => {
    const message = foldMessage([
      posted,
      reacted(2, BEN, "👍"),
      deleted(3),
      edited(4, "back"),
      reacted(5, BEN, "👍"),
      posted,
    ]);
    expect(message).toMatchObject({ text: undefined, deleted: true, reactions: [] });
  });

  test("[D6] is deleted if its post or an edit is given out without text", () => {
    const common = { by: ADA, key: KEY, deleted: true } as const;
    const hidden: RoomEvent = { id: MESSAGE, seq: 1, type: "message.posted", ...common };
    const hiddenEdit: RoomEvent = { id: at(2), seq: 2, type: "message.edited", message: MESSAGE, ...common };
    for (const events of [[hidden], [hidden, edited(2, "back")], [posted, hiddenEdit], [posted, hidden]]) {
      expect(foldMessage(events)).toMatchObject({ text: undefined, deleted: true, reactions: [] });
    }
  });

  test("[D7] has each user's reaction once, in the order in which they came", () => {
    const message = foldMessage([
      posted,
      reacted(2, BEN, "👍"),
      reacted(3, BEN, "👍"),
      reacted(4, ADA, "❤️"),
      reacted(5, ADA, "👍"),
    ]);
    expect(message?.reactions).toEqual([
      { emoji: "👍", by: [BEN, ADA] },
      { emoji: "❤️", by: [ADA] },
    ]);
  });

  test("[D7] loses a removed reaction once, and does not change if the reaction is not there", () => {
    const on = [posted, reacted(2, BEN, "👍"), reacted(3, ADA, "👍")];
    expect(foldMessage([...on, reacted(4, BEN, "👍", false)])?.reactions).toEqual([
      { emoji: "👍", by: [ADA] },
    ]);
    expect(foldMessage([...on, reacted(4, BEN, "❤️", false)])?.reactions).toEqual(foldMessage(on)?.reactions);
    const off = [
      ...on,
      reacted(4, BEN, "👍", false),
      reacted(5, BEN, "👍", false),
      reacted(6, ADA, "👍", false),
    ];
    expect(foldMessage(off)?.reactions).toEqual([]);
  });

  test("[D7] identifies a user by id, not by name", () => {
    const renamed = { ...BEN, name: "Benjamin" };
    const namesake = { ...ADA, name: BEN.name };
    const both = [posted, reacted(2, BEN, "👍"), reacted(3, namesake, "👍")];
    expect(foldMessage(both)?.reactions[0]?.by).toHaveLength(2);
    expect(foldMessage([...both, reacted(4, renamed, "👍", false)])?.reactions[0]?.by).toEqual([namesake]);
  });

  test("[W7] is undefined while its post is not known, and unknown events do not change it", () => {
    expect(foldMessage([edited(2, "Hi"), reacted(3, BEN, "👍"), deleted(4)])).toBeUndefined();
    const unknown: RoomEvent = { id: at(2), seq: 2, type: "unknown" };
    expect(foldMessage([posted, unknown, { id: at(3), seq: 3, type: "member.left", by: ADA }])).toEqual(
      foldMessage([posted]),
    );
  });
});

test("[D7] folding is idempotent, and does not mutate its input", () => {
  const { below, pick } = seededRandom(7);
  for (let round = 0; round < 300; round += 1) {
    const events = Array.from({ length: below(12) }, (_, nth): RoomEvent => {
      const seq = nth + 2;
      const person = pick([ADA, BEN]);
      return pick([
        reacted(seq, person, pick(["👍", "❤️"]), below(2) === 0),
        edited(seq, `edit ${seq}`),
        below(5) === 0 ? deleted(seq) : posted,
      ]);
    });
    let message = foldMessage([posted]);
    for (const event of events) {
      const before = JSON.stringify(message);
      const once = evolveMessage(message, event);
      expect(evolveMessage(once, event)).toEqual(once);
      expect(JSON.stringify(message)).toBe(before);
      message = once;
    }
    expect(message?.text === undefined).toBe(message?.deleted);
  }
});

test("[D7] messageOf returns the message that an event is about", () => {
  expect(messageOf(posted)).toBe(MESSAGE);
  for (const event of [edited(2, ""), deleted(2), reacted(2, ADA, "👍"), reacted(2, ADA, "👍", false)]) {
    expect(messageOf(event)).toBe(MESSAGE);
  }
  expect(messageOf({ id: at(2), seq: 2, type: "unknown" })).toBeUndefined();
  expect(messageOf({ id: at(2), seq: 2, type: "member.joined", by: ADA })).toBeUndefined();
});
