/**
 * Tests of the presence decider, which derives members from leases.
 */
import { describe, expect, test } from "vitest";
import type { Author, MemberFact } from "../../src/domain/event.ts";
import {
  decidePresence,
  EMPTY_BOARD,
  evolveBoard,
  factOf,
  LARGE_ROOM,
  parseConnectionId,
  type Board,
  type PresenceCommand,
} from "../../src/domain/presence.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { ADA, author, BEN } from "./given.ts";

const LEASE_MS = 30_000;
const GRACE_MS = 15_000;
const ONE = parseConnectionId("one");
const TWO = parseConnectionId("two");

const enter = (user: Author, connection = ONE, now = 0): PresenceCommand => ({
  type: "enter",
  user,
  connection,
  expiresAt: now + LEASE_MS,
});
const leave = (connection = ONE): PresenceCommand => ({ type: "leave", connection });
const drop = (connection = ONE, now = 0): PresenceCommand => ({
  type: "drop",
  connection,
  expiresAt: now + GRACE_MS,
});
const sweep = (now: number): PresenceCommand => ({ type: "sweep", now });

interface Outcome {
  readonly board: Board;
  readonly facts: readonly MemberFact[];
}

/** The board after the commands, and the facts that the log got. */
const run = (commands: readonly PresenceCommand[], board = EMPTY_BOARD): Outcome =>
  commands.reduce<Outcome>(
    (before, command) => {
      const changes = decidePresence(command, before.board);
      return {
        board: changes.reduce(evolveBoard, before.board),
        facts: [...before.facts, ...changes.map(factOf).filter((fact) => fact !== undefined)],
      };
    },
    { board, facts: [] },
  );

const factsAfter = (...commands: readonly PresenceCommand[]): readonly string[] =>
  run(commands).facts.map(({ type, by }) => `${by.name} ${type === "member.joined" ? "joined" : "left"}`);

describe("joining and leaving", () => {
  test("[P1] a user joins with the first connection and leaves with the end of the last", () => {
    expect(factsAfter(enter(ADA, ONE), enter(ADA, TWO))).toEqual(["Ada joined"]);
    expect(factsAfter(enter(ADA, ONE), enter(ADA, TWO), leave(ONE))).toEqual(["Ada joined"]);
    expect(factsAfter(enter(ADA, ONE), enter(ADA, TWO), leave(ONE), leave(TWO))).toEqual([
      "Ada joined",
      "Ada left",
    ]);
  });

  test("[P1] a repeated command has no effect", () => {
    expect(factsAfter(enter(ADA), enter(ADA), leave(), leave())).toEqual(["Ada joined", "Ada left"]);
    expect(factsAfter(leave(), drop(), sweep(1_000_000))).toEqual([]);
  });

  test("[P1] if one sweep ends both connections, the user leaves once", () => {
    expect(factsAfter(enter(ADA, ONE), enter(ADA, TWO), sweep(LEASE_MS))).toEqual(["Ada joined", "Ada left"]);
  });

  test("[P1] users with the same name are different members", () => {
    const other = { ...BEN, name: "Ada" };
    expect(factsAfter(enter(ADA, ONE), enter(other, TWO), leave(ONE))).toEqual([
      "Ada joined",
      "Ada joined",
      "Ada left",
    ]);
  });
});

describe("grace time and leases", () => {
  test("[P2] a user whose connection was cut stays for the grace time, and leaves at its end", () => {
    expect(factsAfter(enter(ADA), drop(ONE), sweep(GRACE_MS - 1))).toEqual(["Ada joined"]);
    expect(factsAfter(enter(ADA), drop(ONE), sweep(GRACE_MS))).toEqual(["Ada joined", "Ada left"]);
  });

  test("[P2] a user who is back within the grace time has not left", () => {
    expect(factsAfter(enter(ADA, ONE), drop(ONE), enter(ADA, TWO, 10_000), sweep(GRACE_MS))).toEqual([
      "Ada joined",
    ]);
  });

  test("[P2] a user who leaves while another connection is in its grace time stays until its end", () => {
    expect(factsAfter(enter(ADA, ONE), enter(ADA, TWO), drop(ONE), leave(TWO))).toEqual(["Ada joined"]);
    expect(factsAfter(enter(ADA, ONE), enter(ADA, TWO), drop(ONE), leave(TWO), sweep(GRACE_MS))).toEqual([
      "Ada joined",
      "Ada left",
    ]);
  });

  test("[P3] leases end unless they are renewed", () => {
    expect(factsAfter(enter(ADA, ONE), enter(BEN, TWO), enter(BEN, TWO, 20_000), sweep(LEASE_MS))).toEqual([
      "Ada joined",
      "Ben joined",
      "Ada left",
    ]);
  });

  test("[R4] a renewal is a join if the board has lost the lease", () => {
    const renewal = enter(ADA, ONE, 10_000);
    expect(run([renewal], EMPTY_BOARD).facts).toEqual([{ type: "member.joined", by: ADA }]);
  });
});

describe("names", () => {
  test("[W8] a new name makes no fact, and is used when the user leaves", () => {
    const renamed = { ...ADA, name: "Countess" };
    expect(factsAfter(enter(ADA), enter(renamed), leave())).toEqual(["Ada joined", "Countess left"]);
    expect(run([enter(ADA), enter(renamed)]).board.members.get(ADA.id)?.name).toBe("Countess");
  });
});

describe("a large room", () => {
  const crowd = (count: number): readonly PresenceCommand[] =>
    Array.from({ length: count }, (_, nth) => enter(author(`U${nth}`), parseConnectionId(`c${nth}`)));

  test("[P6] lists the first 200 members, and counts the others", () => {
    const { board, facts } = run(crowd(LARGE_ROOM + 5));
    expect(facts).toHaveLength(200);
    expect(board.members.size).toBe(205);
    expect([...board.members.values()].filter(({ listed }) => listed)).toHaveLength(200);
  });

  test("[P6] makes no fact when a counted member leaves, and keeps them counted even if others leave", () => {
    const { board } = run(crowd(LARGE_ROOM + 1));
    const last = parseConnectionId(`c${LARGE_ROOM}`);
    const smaller = run([leave(parseConnectionId("c0")), leave(parseConnectionId("c1"))], board);
    expect(smaller.facts).toHaveLength(2);
    const renewed = run([enter(author(`U${LARGE_ROOM}`), last, 1000)], smaller.board);
    expect(renewed.facts).toEqual([]);
    expect(run([leave(last)], renewed.board).facts).toEqual([]);
    expect(run([enter(ADA, ONE)], renewed.board).facts).toEqual([{ type: "member.joined", by: ADA }]);
  });
});

test("[P1] for random commands, joins and leaves alternate, and each member has a lease", () => {
  const { below, pick } = seededRandom(8);
  const people = [ADA, BEN, author("Cem")];
  for (let round = 0; round < 300; round += 1) {
    let now = 0;
    let board = EMPTY_BOARD;
    const here = new Set<string>();
    for (let step = 0; step < 60; step += 1) {
      now += below(8_000);
      const person = pick(people);
      const connection = parseConnectionId(`${person.name}-${below(3)}`);
      const command = pick([
        enter(person, connection, now),
        leave(connection),
        drop(connection, now),
        sweep(now),
      ]);
      const outcome = run([command], board);
      for (const { type, by } of outcome.facts) {
        expect(here.has(by.id)).toBe(type === "member.left");
        if (type === "member.joined") here.add(by.id);
        else here.delete(by.id);
      }
      ({ board } = outcome);
      const leased = new Set([...board.leases.values()].map(({ user }) => user));
      expect(new Set(board.members.keys())).toEqual(leased);
      expect([...board.members.keys()].toSorted()).toEqual([...here].toSorted());
    }
  }
});

test("[P1] parseConnectionId throws if the id is not printable ASCII", () => {
  expect(parseConnectionId("c".repeat(128))).toHaveLength(128);
  for (const id of ["", "a b", "a\n", "c".repeat(129)])
    expect(() => parseConnectionId(id)).toThrow(/not a connection id/);
});
