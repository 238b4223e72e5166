/**
 * Judges a world after it has settled. Every connected person must have everything that the log has. The log
 * must have every requested post once, and must say truthfully who joined and left. The connection checkers
 * have already judged what the connections delivered before.
 */
import type { Pending } from "../../src/client/outbox/command.ts";
import type { Item, Room } from "../../src/client/room/room.ts";
import type { RoomEvent } from "../../src/domain/event.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import type { UserId } from "../../src/domain/user.ts";
import { CLOSE } from "../../src/wire/protocol.ts";
import type { Absence, Person } from "./person.ts";
import type { RecordedLog } from "./recorded-log.ts";
import type { Outages } from "./outages.ts";
import type { Report } from "./connection-checker.ts";

export interface JudgedWorld {
  readonly log: RecordedLog;
  readonly rooms: readonly RoomName[];
  readonly people: readonly Person[];
  readonly outages: Outages;
  readonly graceMs: number;
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  readonly now: () => number;
}

/** The time after the grace time within which a user must have left (P2). */
const LEFT_WITHIN_MS = 10_000;
/** The time that a close takes to reach the server. */
const AT_ONCE_MS = 500;

const isGap = (item: Item): boolean => item.type === "gap";

/** The last segment without a gap. A gap at the end means that the events after it were lost. */
const latest = (items: readonly Item[]): readonly Item[] => {
  const end = items.findLastIndex((item) => !isGap(item)) + 1;
  return items.slice(items.findLastIndex((item, index) => index < end && isGap(item)) + 1, end);
};

const seqsOf = (items: readonly Item[]): string =>
  items.map((item) => (item.type === "gap" ? "gap" : item.seq)).join(" ");

/** A command may have failed only with `not_found`, because its message was deleted, trimmed or lost. */
const isFine = ({ state }: Pending): boolean => state.status === "failed" && state.code === "not_found";

/** Whether the world has settled: every page has caught up, and no command is pending. */
export const isAtRest = ({ log, rooms, people }: JudgedWorld): boolean => {
  const hasAll = (room: Room): boolean =>
    room.status.status === "live" && room.position === log.head(room.name).id && room.pending.every(isFine);
  const pages = people.flatMap((person) => person.pages);
  const here = new Set(people.filter(({ gone }) => gone === undefined).map(({ id }) => id));
  return (
    pages.every((page) => page.chat.status.status === "live" && page.rooms.every(hasAll)) &&
    rooms.every((room) => {
      const { members } = log.board(room);
      return members.size === here.size && [...members.keys()].every((id) => here.has(id));
    })
  );
};

const judgeView = (room: Room, who: string, { log }: JudgedWorld, report: Report): void => {
  const name = `${who} in ${room.name}`;
  const lineage = log.lineage(room.name);
  const here = latest(room.items);
  const expected = lineage.slice(lineage.length - here.length);
  const isSame = (item: Item, index: number): boolean =>
    item.type !== "gap" && item.id === expected[index]?.entry.id && item.seq === expected[index]?.entry.seq;
  if (room.status.status !== "live") report("R2", `${name} is ${JSON.stringify(room.status)}`);
  if (here.length === 0 && lineage.length > 0) report("D2", `${name} has nothing`);
  if (here.length > lineage.length || !here.every(isSame)) {
    const has = expected.map(({ entry }) => entry.seq).join(" ");
    report("D2", `${name} has ${seqsOf(room.items)}, and the log ${has}`);
  }
  const isWhole = log.failovers === 0 && log.isWhole(room.name);
  if (isWhole && room.items.some(isGap)) report("R3", `${name} has a gap: ${seqsOf(room.items)}`);
  for (const pending of room.pending) {
    if (!isFine(pending)) report("I1", `${name} still waits for ${JSON.stringify(pending)}`);
  }
};

/** The roster from the events must have the same members as the board (P4). */
const judgeRoster = (room: Room, who: string, { log }: JudgedWorld, report: Report): void => {
  const shown = [...room.roster.listed.keys()].toSorted().join(" ");
  const there = [...log.board(room.name).members.keys()].toSorted().join(" ");
  if (shown !== there) report("P4", `${who} in ${room.name} sees ${shown}, and the board has ${there}`);
};

/**
 * A requested post must be in the log once, or still in the browser's storage, or lost by the log (I1, D1).
 */
const judgePosts = (person: Person, { log }: JudgedWorld, report: Report): void => {
  for (const { room, key } of person.postRequests) {
    const records = [...log.records(room).values()].filter(
      ({ event }) => "key" in event && event.key === key,
    );
    const kept = records.filter(({ lostAt }) => lostAt === undefined);
    if (kept.length > 1) report("I1", `${person.name}'s ${key} stands in ${room} ${kept.length} times`);
    if (records.length === 0 && !person.keeps(key)) {
      report("D1", `${person.name}'s ${key} is settled, and was never in ${room}`);
    }
  }
};

type MemberEvent = Extract<RoomEvent, { readonly type: "member.joined" | "member.left" }>;

const isMemberEvent = (event: RoomEvent): event is MemberEvent =>
  event.type === "member.joined" || event.type === "member.left";

const judgeMembers = (room: RoomName, { log }: JudgedWorld, report: Report): void => {
  const there = new Set<UserId>();
  for (const { event, entry } of log.lineage(room)) {
    if (!isMemberEvent(event)) continue;
    const joins = event.type === "member.joined";
    if (joins === there.has(event.by.id)) {
      report("P1", `${room}: ${event.by.name} ${joins ? "joined" : "left"} twice, at ${entry.seq}`);
    }
    if (joins) there.add(event.by.id);
    else there.delete(event.by.id);
  }
};

/** At the end, exactly the connected persons are members (P1, P2, P3). */
const judgePresence = (room: RoomName, { log, people }: JudgedWorld, report: Report): void => {
  const { members } = log.board(room);
  for (const { name, id, gone } of people) {
    if (id === undefined) continue;
    if (gone === undefined && !members.has(id)) report("P1", `${name} is in ${room}, and no member`);
    if (gone !== undefined && members.has(id)) {
      report(gone.how === "goodbye" ? "P2" : "P3", `${name} has gone, and is still a member of ${room}`);
    }
  }
};

/** No person has left who had a connection, or who was back within the grace time (P1, P2). */
const judgeLeaves = (room: RoomName, world: JudgedWorld, report: Report): void => {
  const { log, people, outages, graceMs, leaseMs } = world;
  for (const { event, at, entry } of log.records(room).values()) {
    if (event.type !== "member.left") continue;
    const person = people.find(({ id }) => id === event.by.id);
    const hasLeft = ({ how, from }: Absence): boolean =>
      how === "goodbye" && from <= at && at - from < leaseMs;
    if (person === undefined || person.absences.some(hasLeft)) continue;
    const connected = person.connections.find(
      ({ connection, checker }) =>
        connection.closedWith !== CLOSE.goodbye &&
        checker.joinedAt(room) < at &&
        (connection.brokenAt ?? Number.POSITIVE_INFINITY) > at - graceMs &&
        !outages.between(connection.instance, at - 2 * leaseMs, at),
    );
    if (connected !== undefined) {
      report(
        "P2",
        `${person.name} left ${room} at ${entry.seq}, and was there on ${connected.connection.number}`,
      );
    }
  }
};

/** The time by which a person must have left after such an absence began (P2). */
const leftBy = ({ how, from }: Absence, { connections }: Person, world: JudgedWorld): number => {
  const { graceMs, heartbeatMs } = world;
  const slowest = graceMs + LEFT_WITHIN_MS + 3 * heartbeatMs;
  // An older connection that broke may still have its lease.
  const isOlder = connections.some(
    ({ connection: { brokenAt, closedWith } }) =>
      brokenAt !== undefined &&
      brokenAt >= from - slowest &&
      (brokenAt < from || closedWith !== CLOSE.goodbye),
  );
  if (isOlder || how === "silent") return from + slowest;
  return from + (how === "goodbye" ? AT_ONCE_MS : graceMs + LEFT_WITHIN_MS);
};

/** A person who has gone has left in time, if there was no outage (P2). */
const judgeAbsences = (room: RoomName, world: JudgedWorld, report: Report): void => {
  const { log, people, outages, now } = world;
  for (const person of people) {
    const { id } = person;
    for (const absence of person.absences) {
      const { from, until = Number.POSITIVE_INFINITY } = absence;
      const by = leftBy(absence, person, world);
      if (until <= by || now() < by || outages.between("any", from - 2 * world.leaseMs, by)) continue;
      const own = [...log.records(room).values()].filter(
        ({ event, at }) => isMemberEvent(event) && event.by.id === id && at <= by,
      );
      if (own.at(-1)?.event.type === "member.joined") {
        report("P2", `${person.name} went (${absence.how}), and ${by - from} ms later had not left ${room}`);
      }
    }
  }
};

export const judge = (world: JudgedWorld, report: Report): void => {
  for (const room of world.rooms) {
    judgeMembers(room, world, report);
    judgePresence(room, world, report);
    judgeLeaves(room, world, report);
    judgeAbsences(room, world, report);
  }
  for (const person of world.people) {
    judgePosts(person, world, report);
    for (const room of person.pages.flatMap((page) => page.rooms)) {
      judgeView(room, person.name, world, report);
      judgeRoster(room, person.name, world, report);
    }
  }
};
