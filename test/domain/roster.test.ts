/**
 * Tests of the roster: the fold of the events after the members at a head.
 */
import { expect, test } from "vitest";
import type { Author, RoomEvent } from "../../src/domain/event.ts";
import {
  EMPTY_ROSTER,
  evolveRoster,
  memberCount,
  recount,
  rosterOf,
  type Roster,
} from "../../src/domain/roster.ts";
import { ADA, at, author, BEN, KEY } from "./given.ts";

const event = (type: "member.joined" | "member.left", by: Author): RoomEvent => ({
  id: at(1),
  seq: 1,
  type,
  by,
});
const posted = (by: Author): RoomEvent => ({
  id: at(2),
  seq: 2,
  type: "message.posted",
  by,
  key: KEY,
  text: "Hi",
});
const names = (roster: Roster): readonly string[] => [...roster.listed.values()].map(({ name }) => name);
const fold = (roster: Roster, ...events: readonly RoomEvent[]): Roster => events.reduce(evolveRoster, roster);

test("[P4] the members at a head and the events after it give the current members", () => {
  const roster = fold(rosterOf([ADA], 1), event("member.joined", BEN), event("member.left", ADA));
  expect(names(roster)).toEqual(["Ben"]);
  expect(memberCount(roster)).toBe(1);
});

test("[P4] an event that changes nothing returns the same roster", () => {
  const roster = rosterOf([ADA, BEN], 2);
  expect(evolveRoster(roster, event("member.joined", ADA))).toBe(roster);
  expect(evolveRoster(roster, event("member.left", author("Cem")))).toBe(roster);
  expect(evolveRoster(roster, { id: at(1), seq: 1, type: "unknown" })).toBe(roster);
});

test("[W8] a member's new name comes with their next event, and a post does not make its author a member", () => {
  const renamed = { ...ADA, name: "Countess" };
  expect(names(fold(rosterOf([ADA, BEN], 2), posted(renamed)))).toEqual(["Countess", "Ben"]);
  expect(names(fold(rosterOf([ADA], 1), posted(BEN)))).toEqual(["Ada"]);
});

test("[P6] the number of members is that of the listed and the counted together", () => {
  const roster = rosterOf([ADA, BEN], 250);
  expect(memberCount(roster)).toBe(250);
  expect(memberCount(fold(roster, event("member.left", ADA)))).toBe(249);
  expect(memberCount(recount(roster, 300))).toBe(300);
  expect(memberCount(recount(roster, 1))).toBe(2);
  expect(memberCount(EMPTY_ROSTER)).toBe(0);
});
