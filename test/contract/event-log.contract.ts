/**
 * What every adapter of the port EventLog keeps to: appending, idempotency, deletion, and reading. `following.contract.ts` has the rest of it.
 */
import { describe, expect, test } from "vitest";
import { comparePositions, EMPTY_HEAD, position, START, timeOf } from "../../src/domain/position.ts";
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
  wholeLog,
  wordsOf,
} from "./given.ts";

export const eventLogContract = (name: string, open: Open): void => {
  describe(`the log of ${name}: appending`, () => {
    test("[D1] [D3] what was acknowledged is in the log, there, for every instance", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const heads = await fill(here.log, room, 20);
      expect(heads.map(({ seq }) => seq)).toEqual(counting(1, 20));
      for (const { log } of [here, there]) {
        const entries = await wholeLog(log, room);
        expect(entries.map(({ id, seq }) => ({ id, seq }))).toEqual(heads);
      }
    });

    test("[D3] ids grow, seqs have no hole and each entry names the one before, whoever appends", async () => {
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

    test("[D3] rooms don't mix", async () => {
      const { here } = await deploy(open);
      const [one, other] = [newRoom(), newRoom()];
      await append(here.log, one, post("in the one"));
      const at = await append(here.log, other, post("in the other"));
      expect(at.seq).toBe(1);
      expect(wordsOf(await wholeLog(here.log, one))).toEqual(["in the one"]);
      expect(wordsOf(await wholeLog(here.log, other))).toEqual(["in the other"]);
    });

    test("[D1] the JSON is the fact's, with the id and the seq in front of it", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const fact = post('quotes " and \\, line\nbreaks, \u2028, 👩‍👩‍👧 and </script>');
      const { id, seq } = await append(here.log, room, fact);
      const [entry] = await wholeLog(here.log, room);
      expect(JSON.parse(entry?.json ?? "")).toEqual({ id, seq, ...fact });
    });
  });

  describe(`the log of ${name}: idempotency`, () => {
    test("[I1] a key is appended once, and answered with where it stands", async () => {
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

    test("[I1] one key is one event, whichever command it comes with", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const message = await append(here.log, room, post("a message"));
      const used = key();
      const edited = await run(here.log.append(room, edit(message.id, "edited", used)));
      const deleted = await run(here.log.append(room, deletion(message.id, used)));
      expect(deleted).toEqual({ ...edited, duplicate: true });
      expect(wordsOf(await wholeLog(here.log, room))).toEqual(["a message", "edited"]);
    });

    test("[I1] keys are a user's and a room's own", async () => {
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

    test("[I1] what the room's state does not allow is said before the key", async () => {
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

    test("[I1] a key outlives its event, and is forgotten after its time", async () => {
      const { here, advance } = await deploy(open, { maxEvents: 1, keyTtlMs: 1500 });
      const room = newRoom();
      const fact = post("first");
      const first = await run(here.log.append(room, fact));
      await fill(here.log, room, 250);
      expect(await run(here.log.after(room, START, 1))).toEqual({ footing: "trimmed" });
      expect(await run(here.log.append(room, fact))).toEqual({ ...first, duplicate: true });
      await advance(1600);
      expect(await run(here.log.append(room, fact))).toMatchObject({ duplicate: false, at: { seq: 252 } });
    });
  });

  describe(`the log of ${name}: deletion`, () => {
    test("[D6] a deleted message's words are given out no more, in its post and in its edits", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const message = await append(here.log, room, post("secret"));
      const other = await append(here.log, room, post("other"));
      await append(here.log, room, edit(message.id, "secret too"));
      await append(here.log, room, edit(other.id, "other, edited"));
      await append(here.log, room, deletion(message.id));
      const expected = ["(deleted)", "other", "(deleted)", "other, edited", "message.deleted"];
      const page = await run(there.log.after(room, START, 10));
      expect(wordsOf(page.footing === "held" ? page.entries : [])).toEqual(expected);
      const entries = await wholeLog(there.log, room);
      expect(wordsOf(entries)).toEqual(expected);
      expect(JSON.stringify(entries)).not.toContain("secret");
      expect(seqs(entries)).toEqual(counting(1, 5));
    });

    test("[D6] a message tells its author, and whether it is deleted", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const message = await append(here.log, room, post("a message"));
      expect(await run(here.log.message(room, message.id))).toEqual({ author: ANN.id, deleted: false });
      await append(here.log, room, edit(message.id, "still there"));
      const deleted = await append(here.log, room, deletion(message.id));
      expect(await run(here.log.message(room, message.id))).toEqual({ author: ANN.id, deleted: true });
      expect(await run(here.log.message(room, deleted.id))).toBeUndefined();
      expect(await run(here.log.message(newRoom(), message.id))).toBeUndefined();
    });

    test("[D7] what is about a message that is not there is not appended", async () => {
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
      for (const id of [joined, edited.id, deleted.id, elsewhere.id, ...never]) {
        for (const fact of [edit(id, "x"), deletion(id), reaction(id), reply(id, "x")]) {
          expect(await run(here.log.append(room, fact))).toEqual({ tag: "gone" });
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

    test("[D7] a reaction that is there already is appended like any other", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const message = await append(here.log, room, post("a message"));
      await append(here.log, room, reaction(message.id));
      expect(await append(here.log, room, reaction(message.id))).toMatchObject({ seq: 3 });
    });
  });

  describe(`the log of ${name}: reading`, () => {
    test("[R2] what follows a position is given complete and in order, with whether there is more", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const heads = await fill(here.log, room, 20);
      const head = heads.at(-1);
      for (const [index, { id, seq }] of [EMPTY_HEAD, ...heads].entries()) {
        const page = await run(there.log.after(room, id, 5));
        expect(page).toMatchObject({ footing: "held", more: index + 5 < 20, head });
        if (page.footing !== "held") continue;
        expect(seqs(page.entries)).toEqual(counting(seq + 1, Math.min(20, seq + 5)));
        expect(chained(id, page.entries)).toBe(true);
      }
    });

    test("[R2] a page of none says where the room stands", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const heads = await fill(here.log, room, 3);
      const head = heads[2] ?? EMPTY_HEAD;
      const page = await run(here.log.after(room, heads[1]?.id ?? START, 0));
      expect(page).toEqual({ footing: "held", entries: [], more: true, head });
      expect(await run(here.log.after(room, head.id, 0))).toMatchObject({ entries: [], more: false });
      expect(await run(here.log.before(room, undefined, 0))).toEqual({ entries: [], more: true, head });
    });

    test("[R1] [R2] an empty room is held at its start, and has nothing", async () => {
      const { here } = await deploy(open);
      const none = { entries: [], more: false, head: EMPTY_HEAD };
      expect(await run(here.log.after(newRoom(), START, 5))).toEqual({ footing: "held", ...none });
      expect(await run(here.log.before(newRoom(), undefined, 5))).toEqual(none);
      expect(await run(here.log.before(newRoom(), position("5-0"), 5))).toEqual(none);
      expect(await run(here.log.after(newRoom(), position("5-0"), 5))).toEqual({ footing: "unknown" });
    });

    test("[R1] the newest, and those before a position that need not exist", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const heads = await fill(here.log, room, 20);
      const head = heads.at(-1) ?? EMPTY_HEAD;
      const newest = await run(here.log.before(room, undefined, 5));
      expect(newest).toMatchObject({ more: true, head });
      expect(seqs(newest.entries)).toEqual(counting(16, 20));
      const older = await run(here.log.before(room, newest.entries[0]?.id, 15));
      expect(older).toMatchObject({ more: false, head });
      expect(seqs(older.entries)).toEqual(counting(1, 15));
      const beyond = position(`${timeOf(head.id)}-18446744073709551615`);
      const largest = position("18446744073709551615-0");
      for (const above of [beyond, largest]) {
        expect(await run(here.log.before(room, above, 5))).toEqual(newest);
      }
      const nothing = { entries: [], more: false, head };
      expect(await run(here.log.before(room, START, 5))).toEqual(nothing);
      expect(await run(here.log.before(room, position("1-0"), 5))).toEqual(nothing);
      expect(await run(here.log.before(room, heads[0]?.id, 5))).toEqual(nothing);
    });

    test("[R3] a position that the log never held is unknown, wherever it lies", async () => {
      const { here } = await deploy(open);
      const [room, other] = [newRoom(), newRoom()];
      const [first, second] = await fill(here.log, room, 2);
      const elsewhere = await append(here.log, other, post("elsewhere"));
      const ms = timeOf(second?.id ?? START);
      const unknown = [
        position("0-1"),
        position(`${timeOf(first?.id ?? START) - 1}-0`),
        position(`${ms}-999`),
        position(`${ms + 86_400_000}-0`),
        position("9223372036854775807-9223372036854775807"),
        position("9223372036854775808-0"),
        position("18446744073709551615-18446744073709551615"),
      ];
      if (elsewhere.id !== first?.id && elsewhere.id !== second?.id) unknown.push(elsewhere.id);
      for (const at of unknown) {
        const page = await run(here.log.after(room, at, 5));
        expect({ at, footing: page.footing }).toEqual({ at, footing: "unknown" });
      }
    });

    test("[R3] a position before the first event that is kept is trimmed, and so is the start", async () => {
      const { here } = await deploy(open, { maxEvents: 10 });
      const room = newRoom();
      const heads = await fill(here.log, room, 300);
      const kept = await wholeLog(here.log, room);
      expect(kept.length).toBeGreaterThanOrEqual(10);
      expect(kept.length).toBeLessThan(300);
      const oldest = kept[0]?.seq ?? 0;
      expect(seqs(kept)).toEqual(counting(oldest, 300));
      for (const { id, seq } of [EMPTY_HEAD, ...heads]) {
        const page = await run(here.log.after(room, id, 1));
        expect(page.footing).toBe(seq < oldest ? "trimmed" : "held");
      }
      expect(await run(here.log.after(room, position("0-1"), 1))).toEqual({ footing: "trimmed" });
    });

    test("[R3] what is older than is kept is trimmed, but for the last one", async () => {
      const { here, advance } = await deploy(open, { maxAgeMs: 400 });
      const room = newRoom();
      await fill(here.log, room, 300);
      await advance(500);
      expect(await append(here.log, room, post("the last"))).toMatchObject({ seq: 301 });
      expect(await run(here.log.after(room, START, 1))).toEqual({ footing: "trimmed" });
      await advance(500);
      const page = await run(here.log.before(room, undefined, 1));
      expect(wordsOf(page.entries)).toEqual(["the last"]);
    });

    test(
      "[R5] ten thousand events are read in pages, complete and in order",
      { timeout: 60_000 },
      async () => {
        const { here, there } = await deploy(open);
        const room = newRoom();
        await fill(here.log, room, 10_000);
        let at = START;
        let read = 0;
        for (let more = true; more;) {
          const page = await run(there.log.after(room, at, 500));
          if (page.footing !== "held") throw new Error(`the log has lost ${at}`);
          expect(page.entries.length).toBeLessThanOrEqual(500);
          expect(chained(at, page.entries)).toBe(true);
          expect(page.entries[0]?.seq).toBe(read + 1);
          read += page.entries.length;
          at = page.entries.at(-1)?.id ?? at;
          more = page.more;
        }
        expect(read).toBe(10_000);
      },
    );

    test("[R4] a head that the log neither holds nor has trimmed past was rewound", async () => {
      const { here, there } = await deploy(open, { maxEvents: 10 });
      const [room, other, empty, lost, ahead] = [newRoom(), newRoom(), newRoom(), newRoom(), newRoom()];
      const heads = await fill(here.log, room, 300);
      const [stands = EMPTY_HEAD] = await fill(here.log, other, 1);
      await fill(here.log, ahead, 1);
      expect(await run(there.log.rewound(new Map()))).toEqual([]);
      const rewound = await run(
        there.log.rewound(
          new Map([
            [room, heads[0] ?? EMPTY_HEAD],
            [other, stands],
            [empty, EMPTY_HEAD],
            [lost, { id: position("5-0"), seq: 5 }],
            [ahead, { id: position(`${timeOf(stands.id) + 86_400_000}-0`), seq: 2 }],
          ]),
        ),
      );
      expect(rewound.toSorted()).toEqual([lost, ahead].toSorted());
    });

    test("[H4] the log says that it can be reached", async () => {
      const { here } = await deploy(open);
      await expect(run(here.log.reachable)).resolves.toBeUndefined();
    });
  });
};
