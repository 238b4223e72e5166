/**
 * A room's name (V1): NFC, lower case; letters, combining marks and digits of any script, `-`, `_` and `.`; a letter or a
 * digit first; 1 to 64 characters. A `RoomName` is in that form always, so two spellings of one name are one room.
 */
import { hasLength, isWellFormed } from "./characters.ts";
import { accept, reject, type Decision } from "./decision.ts";

declare const roomName: unique symbol;
export type RoomName = string & { readonly [roomName]: true };

const LONGEST = 64;
const FORM = /^[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}\-_.]*$/u;

const isRoomName = (name: string): name is RoomName =>
  isWellFormed(name) && hasLength(name, LONGEST) && FORM.test(name);

/** The name in the form that the server answers with, or `bad_room`. */
export const parseRoomName = (raw: string): Decision<RoomName, "bad_room"> => {
  // A raw name that is far too long is refused before the work of normalising it.
  if (raw.length > LONGEST * 8) return reject("bad_room");
  const name = raw.normalize("NFC").toLowerCase().normalize("NFC");
  return isRoomName(name) ? accept(name) : reject("bad_room");
};
