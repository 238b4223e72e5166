/**
 * The contract suite of the port PresenceBoard.
 *
 * Leases and grace times are short only in the tests that let them end. In all others they last an hour, so a
 * slow machine makes no difference.
 */
import { asyncProperty, array, assert as check, constantFrom, integer, oneof, record } from "fast-check";
import { describe, expect, test } from "vitest";
import type { PresenceBoard } from "../../src/app/ports/presence-board.ts";
import type { Author } from "../../src/domain/event.ts";
import {
  decidePresence,
  EMPTY_BOARD,
  evolveBoard,
  factOf,
  type Board,
  type ConnectionId,
} from "../../src/domain/presence.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import { deploy, run, type Deployment, type Open } from "./deployment.ts";
import { ANN, BEN, counting, fill, newConnection, newRoom, user, wholeLog, wordsOf } from "./given.ts";

const enter = (board: PresenceBoard["Service"], room: RoomName, user: Author, connection: ConnectionId) =>
  run(board.enter([{ room, user, connection }]));
const leave = (board: PresenceBoard["Service"], room: RoomName, user: Author, connection: ConnectionId) =>
  run(board.leave([{ room, user, connection }]));
const drop = (board: PresenceBoard["Service"], room: RoomName, user: Author, connection: ConnectionId) =>
  run(board.drop([{ room, user, connection }]));

const namesIn = async (board: PresenceBoard["Service"], room: RoomName): Promise<readonly string[]> => {
  const { members } = await run(board.members(room));
  return members.map(({ name }) => name).toSorted();
};

const factsIn = async ({ here }: Deployment, room: RoomName): Promise<readonly string[]> =>
  wordsOf(await wholeLog(here.log, room));

export const presenceBoardContract = (name: string, open: Open): void => {
  describe(`the presence board of ${name}`, () => {
    test("[P1] [P2] a user joins with the first connection, and leaves at once with the last", async () => {
      const deployment = await deploy(open);
      const { here, there } = deployment;
      const room = newRoom();
      const [one, other] = [newConnection(), newConnection()];
      await enter(here.board, room, ANN, one);
      await enter(there.board, room, ANN, other);
      await leave(here.board, room, ANN, one);
      expect(await namesIn(there.board, room)).toEqual(["Ann"]);
      await leave(here.board, room, ANN, one);
      expect(await namesIn(there.board, room)).toEqual(["Ann"]);
      await leave(there.board, room, ANN, other);
      expect(await namesIn(here.board, room)).toEqual([]);
      expect(await factsIn(deployment, room)).toEqual(["member.joined Ann", "member.left Ann"]);
    });

    test("[P1] joins and leaves alternate while many connections come and go at once", async () => {
      const deployment = await deploy(open);
      const { here, there } = deployment;
      const room = newRoom();
      await Promise.all(
        counting(1, 60).map(async (n) => {
          const board = n % 2 === 0 ? here.board : there.board;
          const connection = newConnection();
          await enter(board, room, ANN, connection);
          await leave(board, room, ANN, connection);
        }),
      );
      const facts = await factsIn(deployment, room);
      expect(facts.length).toBeGreaterThanOrEqual(2);
      expect(facts).toEqual(
        facts.map((_, index) => (index % 2 === 0 ? "member.joined Ann" : "member.left Ann")),
      );
      expect(facts.length % 2).toBe(0);
      expect(await run(here.board.members(room))).toMatchObject({ members: [], memberCount: 0 });
    });

    test("[P1] two users with the same name are two members", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const [one, other] = [user("sam-1", "Sam"), user("sam-2", "Sam")];
      await enter(here.board, room, one, newConnection());
      await enter(here.board, room, other, newConnection());
      const { members, memberCount } = await run(here.board.members(room));
      expect(members.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([one, other]);
      expect(memberCount).toBe(2);
    });

    test("[P1] a connection may be in many rooms, and leaves each of them separately", async () => {
      const { here } = await deploy(open);
      const [one, other] = [newRoom(), newRoom()];
      const connection = newConnection();
      const presences = [one, other].map((room) => ({ room, user: ANN, connection }));
      await run(here.board.enter(presences));
      await leave(here.board, one, ANN, connection);
      expect(await namesIn(here.board, one)).toEqual([]);
      expect(await namesIn(here.board, other)).toEqual(["Ann"]);
      await run(here.board.enter([]));
    });

    test("[P2] a user whose connection was cut has left after the grace time", async () => {
      const deployment = await deploy(open, { graceMs: 50 });
      const { here, there, advance } = deployment;
      const room = newRoom();
      const connection = newConnection();
      await enter(here.board, room, ANN, connection);
      await drop(here.board, room, ANN, connection);
      expect(await namesIn(here.board, room)).toEqual(["Ann"]);
      await advance(60);
      await run(there.board.sweep);
      expect(await factsIn(deployment, room)).toEqual(["member.joined Ann", "member.left Ann"]);
    });

    test("[P2] a user whose connection was cut stays a member during the grace time", async () => {
      const deployment = await deploy(open);
      const { here, there } = deployment;
      const room = newRoom();
      const connection = newConnection();
      await enter(here.board, room, ANN, connection);
      await drop(here.board, room, ANN, connection);
      await run(there.board.sweep);
      expect(await namesIn(there.board, room)).toEqual(["Ann"]);
      expect(await factsIn(deployment, room)).toEqual(["member.joined Ann"]);
    });

    test("[P2] a user who is back within the grace time has not left, even on another instance", async () => {
      const deployment = await deploy(open, { graceMs: 50 });
      const { here, there, advance } = deployment;
      const room = newRoom();
      const connection = newConnection();
      await enter(here.board, room, ANN, connection);
      await drop(here.board, room, ANN, connection);
      await enter(there.board, room, ANN, newConnection());
      await advance(60);
      await run(here.board.sweep);
      expect(await factsIn(deployment, room)).toEqual(["member.joined Ann"]);
    });

    test("[P2] a drop of a connection that is not there changes nothing", async () => {
      const deployment = await deploy(open);
      const room = newRoom();
      await drop(deployment.here.board, room, ANN, newConnection());
      await leave(deployment.here.board, room, ANN, newConnection());
      expect(await factsIn(deployment, room)).toEqual([]);
      expect(await namesIn(deployment.here.board, room)).toEqual([]);
    });

    test("[P3] leases that are not renewed end once, even if two instances sweep at the same time", async () => {
      const deployment = await deploy(open, { leaseMs: 50 });
      const { here, there, advance } = deployment;
      const rooms = counting(1, 5).map(() => newRoom());
      const presences = rooms.flatMap((room) =>
        [ANN, BEN].map((user) => ({ room, user, connection: newConnection() })),
      );
      await run(here.board.enter(presences));
      await advance(60);
      await Promise.all([here, there, here, there].map(({ board }) => run(board.sweep)));
      for (const room of rooms) {
        const facts = await factsIn(deployment, room);
        expect(facts.slice(0, 2)).toEqual(["member.joined Ann", "member.joined Ben"]);
        expect(facts.slice(2).toSorted()).toEqual(["member.left Ann", "member.left Ben"]);
        expect(await namesIn(there.board, room)).toEqual([]);
      }
    });

    test("[P3] one sweep ends all expired leases, even if they need several steps", async () => {
      const { here, advance } = await deploy(open, { leaseMs: 50 });
      const room = newRoom();
      const presences = counting(1, 1100).map((n) => ({
        room,
        user: user(`user-${n}`),
        connection: newConnection(),
      }));
      await run(here.board.enter(presences));
      await advance(60);
      await run(here.board.sweep);
      expect(await run(here.board.members(room))).toMatchObject({ memberCount: 0, at: { seq: 400 } });
    });

    test("[P3] a renewed lease lasts, and renewing a lease that was swept is a join", async () => {
      const deployment = await deploy(open, { leaseMs: 50 });
      const { here, advance } = deployment;
      const room = newRoom();
      const connection = newConnection();
      await enter(here.board, room, ANN, connection);
      await advance(60);
      await enter(here.board, room, ANN, connection);
      expect(await factsIn(deployment, room)).toEqual(["member.joined Ann"]);
      await advance(60);
      await run(here.board.sweep);
      await enter(here.board, room, ANN, connection);
      expect(await factsIn(deployment, room)).toEqual([
        "member.joined Ann",
        "member.left Ann",
        "member.joined Ann",
      ]);
    });

    test("[P4] the members come with a head, and the events after it continue from there", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      await fill(here.log, room, 3);
      await enter(here.board, room, ANN, newConnection());
      const { members, at } = await run(there.board.members(room));
      expect(members).toEqual([ANN]);
      expect(at.seq).toBe(4);
      await enter(here.board, room, BEN, newConnection());
      const page = await run(there.log.after(room, at.id, 10));
      expect(page).toMatchObject({ status: "held", head: { seq: 5 } });
      expect(wordsOf(page.status === "held" ? page.entries : [])).toEqual(["member.joined Ben"]);
    });

    test("[P4] a changed name makes no event, and is used when the user leaves", async () => {
      const deployment = await deploy(open);
      const { here } = deployment;
      const room = newRoom();
      const connection = newConnection();
      await enter(here.board, room, ANN, connection);
      await enter(here.board, room, { ...ANN, name: "Anna" }, connection);
      expect(await namesIn(here.board, room)).toEqual(["Anna"]);
      await leave(here.board, room, ANN, connection);
      expect(await factsIn(deployment, room)).toEqual(["member.joined Ann", "member.left Anna"]);
    });

    test("[P6] a user who joins a room of 200 members is counted, and stays counted until they leave", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const presences = counting(1, 200).map((n) => ({
        room,
        user: user(`user-${n}`),
        connection: newConnection(),
      }));
      await run(here.board.enter(presences));
      const connection = newConnection();
      await enter(there.board, room, ANN, connection);
      await leaveAll(here.board, presences.slice(0, 100));
      await enter(here.board, room, ANN, newConnection());
      const after = await run(here.board.members(room));
      expect(after.memberCount).toBe(101);
      expect(after.members).toHaveLength(100);
      expect(after.members).not.toContainEqual(ANN);
      expect(after.at.seq).toBe(300);
      await leave(there.board, room, ANN, connection);
      expect(await run(here.board.members(room))).toMatchObject({ memberCount: 101, at: { seq: 300 } });
      await enter(here.board, room, BEN, newConnection());
      expect(await run(here.board.members(room))).toMatchObject({ memberCount: 102, at: { seq: 301 } });
    });

    test("[P1] [P2] for random commands the board agrees with the decider", { timeout: 60_000 }, async () => {
      const { here, advance } = await deploy(open, { graceMs: 1 });
      const users = [ANN, BEN, { ...ANN, name: "Anna" }];
      const step = record({
        type: oneof(
          { weight: 4, arbitrary: constantFrom("enter" as const) },
          { weight: 5, arbitrary: constantFrom("leave" as const, "drop" as const) },
          { weight: 1, arbitrary: constantFrom("sweep" as const) },
        ),
        user: constantFrom(...users),
        nth: integer({ min: 0, max: 2 }),
      });
      await check(
        asyncProperty(array(step, { maxLength: 30 }), async (steps) => {
          const room = newRoom();
          const connections = new Map<string, ConnectionId>();
          let model: Board = EMPTY_BOARD;
          let time = 0;
          const facts: string[] = [];
          for (const { type, user, nth } of steps) {
            const connection = connections.get(`${user.id} ${nth}`) ?? newConnection();
            connections.set(`${user.id} ${nth}`, connection);
            if (type === "enter") await enter(here.board, room, user, connection);
            if (type === "leave") await leave(here.board, room, user, connection);
            if (type === "drop") await drop(here.board, room, user, connection);
            if (type === "sweep") {
              await advance(3);
              await run(here.board.sweep);
              time += 2;
            }
            const expiresAt = type === "enter" ? Infinity : time + 1;
            for (const change of decidePresence({ type, user, connection, expiresAt, now: time }, model)) {
              model = evolveBoard(model, change);
              const fact = factOf(change);
              if (fact !== undefined) facts.push(`${fact.type} ${fact.by.name}`);
            }
            const expected = [...model.members.values()].map(({ name }) => name).toSorted();
            expect(await namesIn(here.board, room)).toEqual(expected);
          }
          // Members who leave in the same sweep leave in no particular order.
          const log = wordsOf(await wholeLog(here.log, room));
          expect(log.toSorted()).toEqual(facts.toSorted());
          for (const name of ["Ann", "Ben"]) {
            const own = log.filter((line) => line.includes(` ${name}`)).map((line) => line.split(" ")[0]);
            expect(own).toEqual(own.map((_, n) => (n % 2 === 0 ? "member.joined" : "member.left")));
          }
        }),
        { seed: 1, numRuns: 60 },
      );
    });
  });
};

const leaveAll = (
  board: PresenceBoard["Service"],
  presences: Parameters<PresenceBoard["Service"]["leave"]>[0],
) => run(board.leave(presences));
