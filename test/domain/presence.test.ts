/**
 * The presence decider: members by leases.
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

interface Told {
  readonly board: Board;
  readonly facts: readonly MemberFact[];
}

/** What becomes of a board, and what the log is told meanwhile. */
const tell = (commands: readonly PresenceCommand[], board = EMPTY_BOARD): Told =>
  commands.reduce<Told>(
    (told, command) => {
      const changes = decidePresence(command, told.board);
      return {
        board: changes.reduce(evolveBoard, told.board),
        facts: [...told.facts, ...changes.map(factOf).filter((fact) => fact !== undefined)],
      };
    },
    { board, facts: [] },
  );

const said = (...commands: readonly PresenceCommand[]): readonly string[] =>
  tell(commands).facts.map(({ type, by }) => `${by.name} ${type === "member.joined" ? "joined" : "left"}`);

describe("coming and going", () => {
  test("[P1] the first connection joins, the last one's end leaves", () => {
    expect(said(enter(ADA, ONE), enter(ADA, TWO))).toEqual(["Ada joined"]);
    expect(said(enter(ADA, ONE), enter(ADA, TWO), leave(ONE))).toEqual(["Ada joined"]);
    expect(said(enter(ADA, ONE), enter(ADA, TWO), leave(ONE), leave(TWO))).toEqual([
      "Ada joined",
      "Ada left",
    ]);
  });

  test("[P1] what is said twice is said once", () => {
    expect(said(enter(ADA), enter(ADA), leave(), leave())).toEqual(["Ada joined", "Ada left"]);
    expect(said(leave(), drop(), sweep(1_000_000))).toEqual([]);
  });

  test("[P1] both connections end in one sweep: one leave", () => {
    expect(said(enter(ADA, ONE), enter(ADA, TWO), sweep(LEASE_MS))).toEqual(["Ada joined", "Ada left"]);
  });

  test("[P1] people of one name are told apart", () => {
    const other = { ...BEN, name: "Ada" };
    expect(said(enter(ADA, ONE), enter(other, TWO), leave(ONE))).toEqual([
      "Ada joined",
      "Ada joined",
      "Ada left",
    ]);
  });
});

describe("grace and leases", () => {
  test("[P2] who is cut stays for the grace time, and has left with its end", () => {
    expect(said(enter(ADA), drop(ONE), sweep(GRACE_MS - 1))).toEqual(["Ada joined"]);
    expect(said(enter(ADA), drop(ONE), sweep(GRACE_MS))).toEqual(["Ada joined", "Ada left"]);
  });

  test("[P2] who is back within it has not left", () => {
    expect(said(enter(ADA, ONE), drop(ONE), enter(ADA, TWO, 10_000), sweep(GRACE_MS))).toEqual([
      "Ada joined",
    ]);
  });

  test("[P2] who leaves while another connection is in its grace time stays until that is over", () => {
    expect(said(enter(ADA, ONE), enter(ADA, TWO), drop(ONE), leave(TWO))).toEqual(["Ada joined"]);
    expect(said(enter(ADA, ONE), enter(ADA, TWO), drop(ONE), leave(TWO), sweep(GRACE_MS))).toEqual([
      "Ada joined",
      "Ada left",
    ]);
  });

  test("[P3] leases that nobody renews end, renewed ones stand", () => {
    expect(said(enter(ADA, ONE), enter(BEN, TWO), enter(BEN, TWO, 20_000), sweep(LEASE_MS))).toEqual([
      "Ada joined",
      "Ben joined",
      "Ada left",
    ]);
  });

  test("[R4] to a board that has lost someone, a renewal is a join", () => {
    const renewal = enter(ADA, ONE, 10_000);
    expect(tell([renewal], EMPTY_BOARD).facts).toEqual([{ type: "member.joined", by: ADA }]);
  });
});

describe("names", () => {
  test("[W8] another name is taken over without a word, and borne when leaving", () => {
    const renamed = { ...ADA, name: "Countess" };
    expect(said(enter(ADA), enter(renamed), leave())).toEqual(["Ada joined", "Countess left"]);
    expect(tell([enter(ADA), enter(renamed)]).board.members.get(ADA.id)?.name).toBe("Countess");
  });
});

describe("a large room", () => {
  const crowd = (count: number): readonly PresenceCommand[] =>
    Array.from({ length: count }, (_, nth) => enter(author(`U${nth}`), parseConnectionId(`c${nth}`)));

  test("[P6] lists those who came before it had 200 members, and counts the others", () => {
    const { board, facts } = tell(crowd(LARGE_ROOM + 5));
    expect(facts).toHaveLength(200);
    expect(board.members.size).toBe(205);
    expect([...board.members.values()].filter(({ listed }) => listed)).toHaveLength(200);
  });

  test("[P6] says nothing of a counted one's leave, and keeps them counted though others leave", () => {
    const { board } = tell(crowd(LARGE_ROOM + 1));
    const last = parseConnectionId(`c${LARGE_ROOM}`);
    const smaller = tell([leave(parseConnectionId("c0")), leave(parseConnectionId("c1"))], board);
    expect(smaller.facts).toHaveLength(2);
    const renewed = tell([enter(author(`U${LARGE_ROOM}`), last, 1000)], smaller.board);
    expect(renewed.facts).toEqual([]);
    expect(tell([leave(last)], renewed.board).facts).toEqual([]);
    expect(tell([enter(ADA, ONE)], renewed.board).facts).toEqual([{ type: "member.joined", by: ADA }]);
  });
});

test("[P1] whatever comes, goes or dies: joins and leaves alternate, and a member has a lease", () => {
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
      const told = tell([command], board);
      for (const { type, by } of told.facts) {
        expect(here.has(by.id)).toBe(type === "member.left");
        if (type === "member.joined") here.add(by.id);
        else here.delete(by.id);
      }
      ({ board } = told);
      const leased = new Set([...board.leases.values()].map(({ user }) => user));
      expect(new Set(board.members.keys())).toEqual(leased);
      expect([...board.members.keys()].toSorted()).toEqual([...here].toSorted());
    }
  }
});

test("[P1] a connection's id is printable, and anything else a bug", () => {
  expect(parseConnectionId("c".repeat(128))).toHaveLength(128);
  for (const id of ["", "a b", "a\n", "c".repeat(129)])
    expect(() => parseConnectionId(id)).toThrow(/not a connection id/);
});
