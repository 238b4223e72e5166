/**
 * What must be so once a world has come to rest: everybody who is there has what the log has, the log has what each asked for, once, and says of
 * each who came and went what is true. What connections brought on the way, their witnesses have judged already.
 */
import type { Item, Pending, Room } from "../../src/client/room.ts";
import type { Fact } from "../../src/domain/event.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import type { UserId } from "../../src/domain/user.ts";
import type { Absence, Person } from "./person.ts";
import type { SharedLog } from "./shared-log.ts";
import type { Troubles } from "./troubles.ts";
import type { Blame } from "./witness.ts";

export interface Rest {
  readonly log: SharedLog;
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

const present = (people: readonly Person[]): readonly Person[] =>
  people.filter(({ gone }) => gone === undefined);

/** Whether everybody who is there has caught up and nobody waits for anything: the world need not go on. */
export const isAtRest = ({ log, rooms, people }: Rest): boolean => {
  const here = present(people);
  const ids = new Set(here.map(({ chat }) => chat?.user?.id));
  return (
    here.every(
      (person) =>
        person.chat?.status.status === "live" &&
        person.rooms.every(
          (room) =>
            room.status.status === "live" &&
            room.position === log.head(room.name).id &&
            room.pending.every(isFine),
        ),
    ) &&
    rooms.every((room) => {
      const { members } = log.board(room);
      return members.size === ids.size && [...members.keys()].every((id) => ids.has(id));
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
  const isWhole = log.rewinds === 0 && lineage.every(({ trimmedAt }) => trimmedAt === undefined);
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

const judgeWishes = ({ wishes, rooms, gone, name }: Person, { log }: Rest, blame: Blame): void => {
  for (const { room, key } of wishes) {
    const records = [...log.records(room).values()].filter(({ fact }) => "key" in fact && fact.key === key);
    const standing = records.filter(({ lostAt }) => lostAt === undefined);
    if (standing.length > 1) blame("I1", `${name}'s ${key} stands in ${room} ${standing.length} times`);
    const isPending = rooms.some((one) => one.name === room && one.pending.some((p) => p.key === key));
    // Who has gone may have taken a wish along.
    if (records.length === 0 && !isPending && gone === undefined) {
      blame("D1", `${name}'s ${key} is settled, and was never in ${room}`);
    }
  }
};

const isMemberFact = ({ type }: Fact): boolean => type === "member.joined" || type === "member.left";

const judgeMembers = (room: RoomName, { log }: Rest, blame: Blame): void => {
  const there = new Set<UserId>();
  for (const { fact, entry } of log.lineage(room).filter(({ fact }) => isMemberFact(fact))) {
    const joins = fact.type === "member.joined";
    if (joins === there.has(fact.by.id)) {
      blame("P1", `${room}: ${fact.by.name} ${joins ? "joined" : "left"} twice, at ${entry.seq}`);
    }
    if (joins) there.add(fact.by.id);
    else there.delete(fact.by.id);
  }
};

/** P2, P3: at the end, whoever is there is a member and nobody else is. */
const judgePresence = (room: RoomName, { log, people }: Rest, blame: Blame): void => {
  const { members } = log.board(room);
  for (const { name, chat, gone } of people) {
    const id = chat?.user?.id;
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
  for (const { fact, at, entry } of log.records(room).values()) {
    if (fact.type !== "member.left") continue;
    const person = people.find(({ chat }) => chat?.user?.id === fact.by.id);
    const hasLeft = ({ how, from }: Absence): boolean =>
      how === "goodbye" && from <= at && at - from < leaseMs;
    if (person === undefined || person.absences.some(hasLeft)) continue;
    const stood = person.lines.find(
      ({ cable, witness }) =>
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
  const slowest = graceMs + LEFT_WITHIN_MS + (how === "cut" ? 0 : 3 * heartbeatMs);
  // What broke before that without a word may have its lease still.
  const isOlder = lines.some(
    ({ cable: { brokenAt, closedWith } }) =>
      brokenAt !== undefined && brokenAt >= from - slowest && (brokenAt < from || closedWith === undefined),
  );
  return from + (how === "goodbye" && !isOlder ? AT_ONCE_MS : slowest);
};

/** P2: whoever has gone is gone in time, where nothing was in the way. */
const judgeGoing = (room: RoomName, rest: Rest, blame: Blame): void => {
  const { log, people, troubles, now } = rest;
  for (const person of people) {
    const id = person.chat?.user?.id;
    for (const absence of person.absences) {
      const { from, until = Number.POSITIVE_INFINITY } = absence;
      const by = leftBy(absence, person, rest);
      if (until <= by || now() < by || troubles.between("any", from - 2 * rest.leaseMs, by)) continue;
      const own = [...log.records(room).values()].filter(
        ({ fact, at }) => isMemberFact(fact) && fact.by.id === id && at <= by,
      );
      if (own.at(-1)?.fact.type === "member.joined") {
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
    if (person.gone !== undefined) continue;
    for (const room of person.rooms) {
      judgeView(room, person.name, rest, blame);
      judgeRoster(room, person.name, rest, blame);
    }
  }
};
