/**
 * A3: which grants give which right in which room.
 */
import { describe, expect, test } from "vitest";
import { mayDo, parseGrants, WRITE_EVERYWHERE, type Right } from "../../src/domain/rights.ts";
import { parseRoomName, type RoomName } from "../../src/domain/room-name.ts";

const roomNamed = (name: string): RoomName => {
  const parsed = parseRoomName(name);
  if (!parsed.ok) throw new Error("the test's own room is refused");
  return parsed.value;
};

const RIGHTS: readonly Right[] = ["read", "write", "moderate"];
const granted = (grants: readonly string[], room: string): readonly Right[] =>
  RIGHTS.filter((right) => mayDo(parseGrants(grants), right, roomNamed(room)));

describe("a grant", () => {
  test.each<[readonly string[], string, readonly Right[]]>([
    [["read:tea"], "tea", ["read"]],
    [["write:tea"], "tea", ["read", "write"]],
    [["moderate:tea"], "tea", ["read", "write", "moderate"]],
    [["read:tea"], "teapot", []],
    [["read:tea*"], "teapot", ["read"]],
    [["read:tea*"], "tea", ["read"]],
    [["read:*"], "anything", ["read"]],
    [["read:*", "write:tea"], "tea", ["read", "write"]],
    [["read:*", "write:tea"], "coffee", ["read"]],
    [["write:TEA"], "tea", ["read", "write"]],
    [[], "tea", []],
  ])("%j gives in %s: %j", (grants, room, rights) => {
    expect(granted(grants, room)).toEqual(rights);
  });

  test.each([
    "",
    "read",
    "read:",
    ":tea",
    "admin:*",
    "read:*tea",
    "read: tea",
    "READ:tea",
    "read:te a*",
    "write:**",
  ])("%j does not parse, and grants nothing", (grant) => {
    expect(parseGrants([grant])).toEqual([]);
  });

  test("without any limit a caller reads and writes everywhere, and moderates nowhere", () => {
    expect(RIGHTS.filter((right) => mayDo(WRITE_EVERYWHERE, right, roomNamed("tea")))).toEqual([
      "read",
      "write",
    ]);
  });
});
