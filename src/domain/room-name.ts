/**
 * Validates and normalises the name of a room (V1). A name is NFC and lower case and has 1 to 64 characters:
 * letters, combining marks and digits of any script, `-`, `_` and `.`. The first is a letter or a digit.
 *
 * A `RoomName` is always in this form, so two spellings of a name are the same room.
 */
import { hasLength, isWellFormed } from "./characters.ts";
import { accept, reject, type Decision } from "./decision.ts";

declare const roomName: unique symbol;
export type RoomName = string & { readonly [roomName]: true };

const MAX_LENGTH = 64;
const FORM = /^[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}\-_.]*$/u;

const isRoomName = (name: string): name is RoomName =>
  isWellFormed(name) && hasLength(name, MAX_LENGTH) && FORM.test(name);

/** The name in its normalised form, or `bad_room`. */
export const parseRoomName = (raw: string): Decision<RoomName, "bad_room"> => {
  // A name that is much too long is refused before the work of normalising it.
  if (raw.length > MAX_LENGTH * 8) return reject("bad_room");
  const name = raw.normalize("NFC").toLowerCase().normalize("NFC");
  return isRoomName(name) ? accept(name) : reject("bad_room");
};
