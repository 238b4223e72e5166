/**
 * The rights of a caller in rooms (A3): grants of the form `<right>:<pattern>`.
 *
 * `write` includes `read`, and `moderate` includes both. A pattern is a room's name, or the beginning of a
 * name and `*`. A grant that does not parse grants nothing.
 */
import { parseRoomName, type RoomName } from "./room-name.ts";

export type Right = "read" | "write" | "moderate";

export interface Grant {
  readonly right: Right;
  /** The name of the room, or with `isPrefix` the beginning of the name. */
  readonly name: string;
  readonly isPrefix: boolean;
}

export type Grants = readonly Grant[];

const LEVEL: Readonly<Record<Right, number>> = { read: 1, write: 2, moderate: 3 };

const isRight = (text: string): text is Right => Object.hasOwn(LEVEL, text);

const parseGrant = (raw: string): Grant | undefined => {
  const colon = raw.indexOf(":");
  const right = raw.slice(0, Math.max(0, colon));
  const pattern = raw.slice(colon + 1);
  if (!isRight(right)) return undefined;
  if (pattern === "*") return { right, name: "", isPrefix: true };
  const isPrefix = pattern.endsWith("*");
  const room = parseRoomName(isPrefix ? pattern.slice(0, -1) : pattern);
  return room.ok ? { right, name: room.value, isPrefix } : undefined;
};

/** The grants of a list that can be parsed. */
export const parseGrants = (raw: readonly string[]): Grants =>
  raw.flatMap((grant) => parseGrant(grant) ?? []);

const covers = ({ name, isPrefix }: Grant, room: RoomName): boolean =>
  isPrefix ? room.startsWith(name) : room === name;

/** Whether these grants give a right in a room. */
export const mayDo = (grants: Grants, right: Right, room: RoomName): boolean =>
  grants.some((grant) => LEVEL[grant.right] >= LEVEL[right] && covers(grant, room));

/** The grants of a caller without limits: reading and writing in every room. */
export const WRITE_EVERYWHERE: Grants = parseGrants(["write:*"]);
