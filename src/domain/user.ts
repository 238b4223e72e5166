/**
 * Users: their ids and names. An id is made once and never changes. A name is shown to people, and two users
 * may have the same name (A1).
 *
 * A name is NFC and trimmed, has 1 to 40 characters, and has no invisible characters: no control, zero-width,
 * bidirectional-override or isolate characters (V2). So no name can imitate another by invisible characters.
 * Inside an emoji, joiners are allowed, because they are part of it.
 */
import { hasLength, isWellFormed } from "./characters.ts";
import { accept, reject, type Decision } from "./decision.ts";
import { withoutEmoji } from "./emoji.ts";

declare const userId: unique symbol;
declare const userName: unique symbol;
export type UserId = string & { readonly [userId]: true };
export type UserName = string & { readonly [userName]: true };

export interface User {
  readonly id: UserId;
  readonly name: UserName;
}

const MAX_NAME_LENGTH = 40;
/** Controls, line separators, and characters that are not displayed (joiners, bidi controls, fillers, tags). */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Most names have no invisible character at all, so the search for emoji is rarely needed. */
const isUserName = (name: string): name is UserName =>
  hasLength(name, MAX_NAME_LENGTH) && (!INVISIBLE.test(name) || !INVISIBLE.test(withoutEmoji(name)));

/** The normalised name, or `bad_name`. */
export const parseUserName = (raw: string): Decision<UserName, "bad_name"> => {
  const trimmed = raw.trim();
  // A name that is much too long is refused before the work of normalising it.
  if (trimmed.length > MAX_NAME_LENGTH * 16 || !isWellFormed(raw)) return reject("bad_name");
  const name = trimmed.normalize("NFC");
  return isUserName(name) ? accept(name) : reject("bad_name");
};

/** An opaque id of this service or of an identity provider: 1 to 128 printable characters without a space. */
const isUserId = (id: string): id is UserId => /^[\x21-\x7e]{1,128}$/.test(id);

export const parseUserId = (raw: string): Decision<UserId, "bad_user"> =>
  isUserId(raw) ? accept(raw) : reject("bad_user");
