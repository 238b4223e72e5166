/**
 * The contract suite of appending, for every adapter of the port EventLog: order, idempotency and deletion.
 */
import { describe, expect, test } from "vitest";
import { comparePositions, position, START } from "../../src/domain/position.ts";
import { eventOf } from "../../src/log/decode-event.ts";
import { encodeEvent } from "../../src/wire/encode.ts";
import { deploy, run, type Open } from "./deployment.ts";
import {
  ANN,
  append,
  BEN,
  chained,
  counting,
  deletion,
  edit,
  fill,
  key,
  newConnection,
  newRoom,
  post,
  reaction,
  reply,
  seqs,
  entryAt,
  wholeLog,
  wordsOf,
} from "./given.ts";

export const appendingContract = (name: string, open: Open): void => {
  describe(`the log of ${name}: appending`, () => {
    test("[D1] [D3] every instance reads an acknowledged entry at the acknowledged id and seq", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const heads = await fill(here.log, room, 20);
      expect(heads.map(({ seq }) => seq)).toEqual(counting(1, 20));
      for (const { log } of [here, there]) {
        const entries = await wholeLog(log, room);
        expect(entries.map(({ id, seq }) => ({ id, seq }))).toEqual(heads);
      }
    });

    test("[D3] with two instances appending, ids increase, seqs have no hole and each entry names the previous", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      await Promise.all([fill(here.log, room, 100), fill(there.log, room, 100)]);
      const entries = await wholeLog(here.log, room);
      expect(seqs(entries)).toEqual(counting(1, 200));
      expect(chained(START, entries)).toBe(true);
      for (const [index, { id }] of entries.slice(1).entries()) {
        expect(comparePositions(id, entries[index]?.id ?? START)).toBeGreaterThan(0);
      }
      expect(await wholeLog(there.log, room)).toEqual(entries);
    });

    test("[D3] each room has a log of its own", async () => {
      const { here } = await deploy(open);
      const [one, other] = [newRoom(), newRoom()];
      await append(here.log, one, post("in the one"));
      const at = await append(here.log, other, post("in the other"));
      expect(at.seq).toBe(1);
      expect(wordsOf(await wholeLog(here.log, one))).toEqual(["in the one"]);
      expect(wordsOf(await wholeLog(here.log, other))).toEqual(["in the other"]);
    });

    test("[D3] the appends of one caller are stored in the order of the calls", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const heads = await Promise.all(counting(1, 300).map((n) => append(here.log, room, post(`call ${n}`))));
      expect(heads.map(({ seq }) => seq)).toEqual(counting(1, 300));
      const expected = counting(1, 300).map((n) => `call ${n}`);
      expect(wordsOf(await wholeLog(there.log, room))).toEqual(expected);
    });

    test("[D1] an entry has the fact, its id and its seq", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const fact = post('quotes " and \\, line\nbreaks, \u2028, 👩‍👩‍👧 and </script>');
      const { id, seq } = await append(here.log, room, fact);
      const [entry] = await wholeLog(here.log, room);
      expect(entry && eventOf(entry)).toEqual({ id, seq, ...fact });
      expect(entry && JSON.parse(encodeEvent(entry))).toEqual({ id, seq, ...fact });
    });
  });

  describe(`the log of ${name}: idempotency`, () => {
    test("[I1] a key is appended once, and a repetition gets the first id and seq", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const used = key();
      const first = await run(here.log.append(room, post("first", ANN, used)));
      await append(here.log, room, post("between"));
      const again = await run(there.log.append(room, post("second", ANN, used)));
      expect(first).toMatchObject({ tag: "appended", duplicate: false });
      expect(again).toEqual({ ...first, duplicate: true });
      expect(wordsOf(await wholeLog(here.log, room))).toEqual(["first", "between"]);
    });

    test("[I1] the same key fifty times at once on two instances is appended once", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const fact = post("once");
      const outcomes = await Promise.all(
        counting(1, 50).map((n) => run((n % 2 === 0 ? here : there).log.append(room, fact))),
      );
      expect(outcomes.filter((outcome) => outcome.tag === "appended" && !outcome.duplicate)).toHaveLength(1);
      expect(new Set(outcomes.map((outcome) => JSON.stringify({ ...outcome, duplicate: true }))).size).toBe(
        1,
      );
      expect(await wholeLog(here.log, room)).toHaveLength(1);
    });

    test("[I1] a key stands for one event, even if another command repeats it", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const message = await append(here.log, room, post("a message"));
      const used = key();
      const edited = await run(here.log.append(room, edit(message.id, "edited", used)));
      const deleted = await run(here.log.append(room, deletion(message.id, used)));
      expect(deleted).toEqual({ ...edited, duplicate: true });
      expect(wordsOf(await wholeLog(here.log, room))).toEqual(["a message", "edited"]);
    });

    test("[I1] another user or another room may use the same key", async () => {
      const { here } = await deploy(open);
      const [room, other] = [newRoom(), newRoom()];
      const used = key();
      for (const [at, by] of [
        [room, ANN],
        [room, BEN],
        [other, ANN],
      ] as const) {
        const outcome = await run(here.log.append(at, post("mine", by, used)));
        expect(outcome).toMatchObject({ tag: "appended", duplicate: false });
      }
    });

    test("[I1] the state of the room is checked before the key", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const message = await append(here.log, room, post("a message"));
      const gone = deletion(message.id);
      await append(here.log, room, gone);
      expect(await run(here.log.append(room, gone))).toEqual({ tag: "gone" });
    });

    test("[I1] a refused command does not use up its key", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const used = key();
      expect(await run(here.log.append(room, edit(position("1-1"), "nothing", used)))).toEqual({
        tag: "gone",
      });
      expect(await run(here.log.append(room, post("now", ANN, used)))).toMatchObject({ duplicate: false });
    });

    test("[I1] a key is kept after its event was trimmed", async () => {
      const { here } = await deploy(open, { maxEvents: 1 });
      const room = newRoom();
      const fact = post("first");
      const first = await run(here.log.append(room, fact));
      await fill(here.log, room, 250);
      expect(await run(here.log.after(room, START, 1))).toEqual({ status: "trimmed" });
      expect(await run(here.log.append(room, fact))).toEqual({ ...first, duplicate: true });
    });
  });

  describe(`the log of ${name}: deletion`, () => {
    test("[D6] the text of a deleted message is no longer given out, neither in its post nor in its edits", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const message = await append(here.log, room, post("secret"));
      const other = await append(here.log, room, post("other"));
      await append(here.log, room, edit(message.id, "secret too"));
      await append(here.log, room, edit(other.id, "other, edited"));
      await append(here.log, room, deletion(message.id));
      const expected = ["(deleted)", "other", "(deleted)", "other, edited", "message.deleted"];
      const page = await run(there.log.after(room, START, 10));
      expect(wordsOf(page.status === "held" ? page.entries : [])).toEqual(expected);
      const entries = await wholeLog(there.log, room);
      expect(wordsOf(entries)).toEqual(expected);
      expect(JSON.stringify(entries)).not.toContain("secret");
      expect(seqs(entries)).toEqual(counting(1, 5));
    });

    test("[D6] a single entry is given out without its text once the message is deleted", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const message = await append(here.log, room, post("a message"));
      expect(wordsOf([await entryAt(here.log, room, message.id)])).toEqual(["a message"]);
      await append(here.log, room, edit(message.id, "still there"));
      const deleted = await append(here.log, room, deletion(message.id));
      expect(wordsOf([await entryAt(here.log, room, message.id)])).toEqual(["(deleted)"]);
      expect(wordsOf([await entryAt(here.log, room, deleted.id)])).toEqual(["message.deleted"]);
      expect(await run(here.log.entry(newRoom(), message.id))).toBeUndefined();
      expect(await run(here.log.entry(room, position("1-1")))).toBeUndefined();
    });

    test("[D7] a fact about a message that is not there is not appended", async () => {
      const { here } = await deploy(open);
      const [room, other] = [newRoom(), newRoom()];
      const connection = { room, user: ANN, connection: newConnection() };
      await run(here.board.enter([connection]));
      const joined = (await wholeLog(here.log, room))[0]?.id ?? START;
      const elsewhere = await append(here.log, other, post("elsewhere"));
      const message = await append(here.log, room, post("a message"));
      const edited = await append(here.log, room, edit(message.id, "edited"));
      const deleted = await append(here.log, room, post("soon deleted"));
      await append(here.log, room, deletion(deleted.id));
      const before = await wholeLog(here.log, room);
      const never = [START, position("1-1"), position("18446744073709551615-18446744073709551615")];
      // Each room has ids of its own, so an event of another room may have the same id as the message here.
      const gone = [joined, edited.id, deleted.id, elsewhere.id, ...never].filter((id) => id !== message.id);
      for (const id of gone) {
        for (const fact of [edit(id, "x"), deletion(id), reaction(id), reply(id, "x")]) {
          const { tag } = await run(here.log.append(room, fact));
          expect({ id, type: fact.type, tag }).toEqual({ id, type: fact.type, tag: "gone" });
        }
      }
      expect(await wholeLog(here.log, room)).toEqual(before);
    });

    test("[D7] a message that is no longer kept is gone", async () => {
      const { here } = await deploy(open, { maxEvents: 1 });
      const room = newRoom();
      const message = await append(here.log, room, post("soon trimmed"));
      await fill(here.log, room, 250);
      expect(await run(here.log.append(room, reaction(message.id)))).toEqual({ tag: "gone" });
    });

    test("[D7] a repeated reaction is appended like any other", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const message = await append(here.log, room, post("a message"));
      await append(here.log, room, reaction(message.id));
      expect(await append(here.log, room, reaction(message.id))).toMatchObject({ seq: 3 });
    });
  });
};
