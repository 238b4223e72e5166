/**
 * What must be so once a world has come to rest: everybody who is there has what the log has, the log has what each asked for, once, and says of
 * each who came and went what is true. What connections brought on the way, their witnesses have judged already.
 */
import type { Pending } from "../../src/client/outbox/command.ts";
import type { Item, Room } from "../../src/client/room/room.ts";
import type { RoomEvent } from "../../src/domain/event.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import type { UserId } from "../../src/domain/user.ts";
import { CLOSE } from "../../src/wire/protocol.ts";
import type { Absence, Person } from "./person.ts";
import type { RecordedLog } from "./recorded-log.ts";
import type { Troubles } from "./troubles.ts";
import type { Blame } from "./witness.ts";

export interface Rest {
  readonly log: RecordedLog;
  readonly rooms: readonly RoomName[];
  readonly people: readonly Person[];
  readonly troubles: Troubles;
  readonly graceMs: number;
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  readonly now: () => number;
}

/** P2: once the grace time is over. */
const LEFT_WITHIN_MS = 10_000;
/** What a goodbye takes on its way. */
const AT_ONCE_MS = 500;

const isGap = (item: Item): boolean => item.type === "gap";

/** The last stretch without a gap. A gap at the very end says that what came behind it was lost. */
const latest = (items: readonly Item[]): readonly Item[] => {
  const end = items.findLastIndex((item) => !isGap(item)) + 1;
  return items.slice(items.findLastIndex((item, index) => index < end && isGap(item)) + 1, end);
};

const seqsOf = (items: readonly Item[]): string =>
  items.map((item) => (item.type === "gap" ? "gap" : item.seq)).join(" ");

/** Only what was deleted, trimmed or lost meanwhile may have failed: nothing else in these worlds is refused for good. */
const isFine = ({ state }: Pending): boolean => state.status === "failed" && state.code === "not_found";

/** Whether everybody who is there has caught up and nobody waits for anything: the world need not go on. */
export const isAtRest = ({ log, rooms, people }: Rest): boolean => {
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

const judgeView = (room: Room, who: string, { log }: Rest, blame: Blame): void => {
  const name = `${who} in ${room.name}`;
  const lineage = log.lineage(room.name);
  const here = latest(room.items);
  const expected = lineage.slice(lineage.length - here.length);
  const isSame = (item: Item, index: number): boolean =>
    item.type !== "gap" && item.id === expected[index]?.entry.id && item.seq === expected[index]?.entry.seq;
  if (room.status.status !== "live") blame("R2", `${name} is ${JSON.stringify(room.status)}`);
  if (here.length === 0 && lineage.length > 0) blame("D2", `${name} has nothing`);
  if (here.length > lineage.length || !here.every(isSame)) {
    const has = expected.map(({ entry }) => entry.seq).join(" ");
    blame("D2", `${name} has ${seqsOf(room.items)}, and the log ${has}`);
  }
  const isWhole = log.failovers === 0 && log.isWhole(room.name);
  if (isWhole && room.items.some(isGap)) blame("R3", `${name} has a gap: ${seqsOf(room.items)}`);
  for (const pending of room.pending) {
    if (!isFine(pending)) blame("I1", `${name} still waits for ${JSON.stringify(pending)}`);
  }
};

/** P4: what the events say of who is there is what the board says. */
const judgeRoster = (room: Room, who: string, { log }: Rest, blame: Blame): void => {
  const shown = [...room.roster.listed.keys()].toSorted().join(" ");
  const there = [...log.board(room.name).members.keys()].toSorted().join(" ");
  if (shown !== there) blame("P4", `${who} in ${room.name} sees ${shown}, and the board has ${there}`);
};

/** I1, D1: what was asked for stands once, or the browser still keeps it; and what the log lost was there. */
const judgeWishes = (person: Person, { log }: Rest, blame: Blame): void => {
  for (const { room, key } of person.wishes) {
    const records = [...log.records(room).values()].filter(
      ({ event }) => "key" in event && event.key === key,
    );
    const standing = records.filter(({ lostAt }) => lostAt === undefined);
    if (standing.length > 1)
      blame("I1", `${person.name}'s ${key} stands in ${room} ${standing.length} times`);
    if (records.length === 0 && !person.keeps(key)) {
      blame("D1", `${person.name}'s ${key} is settled, and was never in ${room}`);
    }
  }
};

type MemberEvent = Extract<RoomEvent, { readonly type: "member.joined" | "member.left" }>;

const isMemberEvent = (event: RoomEvent): event is MemberEvent =>
  event.type === "member.joined" || event.type === "member.left";

const judgeMembers = (room: RoomName, { log }: Rest, blame: Blame): void => {
  const there = new Set<UserId>();
  for (const { event, entry } of log.lineage(room)) {
    if (!isMemberEvent(event)) continue;
    const joins = event.type === "member.joined";
    if (joins === there.has(event.by.id)) {
      blame("P1", `${room}: ${event.by.name} ${joins ? "joined" : "left"} twice, at ${entry.seq}`);
    }
    if (joins) there.add(event.by.id);
    else there.delete(event.by.id);
  }
};

/** P2, P3: at the end, whoever is there is a member and nobody else is. */
const judgePresence = (room: RoomName, { log, people }: Rest, blame: Blame): void => {
  const { members } = log.board(room);
  for (const { name, id, gone } of people) {
    if (id === undefined) continue;
    if (gone === undefined && !members.has(id)) blame("P1", `${name} is in ${room}, and no member`);
    if (gone !== undefined && members.has(id)) {
      blame(gone.how === "goodbye" ? "P2" : "P3", `${name} has gone, and is still a member of ${room}`);
    }
  }
};

/** P1, P2: nobody has left whose connection stood, or who was back within the grace time. */
const judgeLeaves = (room: RoomName, rest: Rest, blame: Blame): void => {
  const { log, people, troubles, graceMs, leaseMs } = rest;
  for (const { event, at, entry } of log.records(room).values()) {
    if (event.type !== "member.left") continue;
    const person = people.find(({ id }) => id === event.by.id);
    const hasLeft = ({ how, from }: Absence): boolean =>
      how === "goodbye" && from <= at && at - from < leaseMs;
    if (person === undefined || person.absences.some(hasLeft)) continue;
    const stood = person.lines.find(
      ({ cable, witness }) =>
        cable.closedWith !== CLOSE.goodbye &&
        witness.joinedAt(room) < at &&
        (cable.brokenAt ?? Number.POSITIVE_INFINITY) > at - graceMs &&
        !troubles.between(cable.instance, at - 2 * leaseMs, at),
    );
    if (stood !== undefined) {
      blame("P2", `${person.name} left ${room} at ${entry.seq}, and was there on ${stood.cable.number}`);
    }
  }
};

/** P2: by when somebody has left who went like this and has not come back. */
const leftBy = ({ how, from }: Absence, { lines }: Person, rest: Rest): number => {
  const { graceMs, heartbeatMs } = rest;
  const slowest = graceMs + LEFT_WITHIN_MS + 3 * heartbeatMs;
  // What broke before that without a word may have its lease still.
  const isOlder = lines.some(
    ({ cable: { brokenAt, closedWith } }) =>
      brokenAt !== undefined &&
      brokenAt >= from - slowest &&
      (brokenAt < from || closedWith !== CLOSE.goodbye),
  );
  if (isOlder || how === "silent") return from + slowest;
  return from + (how === "goodbye" ? AT_ONCE_MS : graceMs + LEFT_WITHIN_MS);
};

/** P2: whoever has gone is gone in time, where nothing was in the way. */
const judgeGoing = (room: RoomName, rest: Rest, blame: Blame): void => {
  const { log, people, troubles, now } = rest;
  for (const person of people) {
    const { id } = person;
    for (const absence of person.absences) {
      const { from, until = Number.POSITIVE_INFINITY } = absence;
      const by = leftBy(absence, person, rest);
      if (until <= by || now() < by || troubles.between("any", from - 2 * rest.leaseMs, by)) continue;
      const own = [...log.records(room).values()].filter(
        ({ event, at }) => isMemberEvent(event) && event.by.id === id && at <= by,
      );
      if (own.at(-1)?.event.type === "member.joined") {
        blame("P2", `${person.name} went (${absence.how}), and ${by - from} ms later had not left ${room}`);
      }
    }
  }
};

export const judge = (rest: Rest, blame: Blame): void => {
  for (const room of rest.rooms) {
    judgeMembers(room, rest, blame);
    judgePresence(room, rest, blame);
    judgeLeaves(room, rest, blame);
    judgeGoing(room, rest, blame);
  }
  for (const person of rest.people) {
    judgeWishes(person, rest, blame);
    for (const room of person.pages.flatMap((page) => page.rooms)) {
      judgeView(room, person.name, rest, blame);
      judgeRoster(room, person.name, rest, blame);
    }
  }
};
