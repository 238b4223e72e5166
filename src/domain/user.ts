/**
 * Who speaks. An id is made once and never changes; a name is what people see, and two users may bear the same one (A1).
 *
 * V2: a name is NFC, trimmed, 1 to 40 characters, and holds nothing that can't be seen: no control, zero-width,
 * bidirectional-override or isolate characters, so that none can imitate another. Inside an emoji, joiners are what makes it one.
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

const LONGEST_NAME = 40;
/** Controls, line and paragraph separators, and all that Unicode says a renderer shows nothing for (joiners, bidi controls, fillers, tags). */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Most names have nothing in them that an emoji alone may have. */
const isUserName = (name: string): name is UserName =>
  hasLength(name, LONGEST_NAME) && (!UNSEEN.test(name) || !UNSEEN.test(withoutEmoji(name)));

/** The name as it is shown from now on, or `bad_name`. */
export const parseUserName = (raw: string): Decision<UserName, "bad_name"> => {
  const trimmed = raw.trim();
  // One that is far too long is refused before the work of normalising it.
  if (trimmed.length > LONGEST_NAME * 16 || !isWellFormed(raw)) return reject("bad_name");
  const name = trimmed.normalize("NFC");
  return isUserName(name) ? accept(name) : reject("bad_name");
};

/** An id is opaque: 1 to 128 printable characters without a space, whoever made it (this service, or an identity provider). */
const isUserId = (id: string): id is UserId => /^[\x21-\x7e]{1,128}$/.test(id);

export const parseUserId = (raw: string): Decision<UserId, "bad_user"> =>
  isUserId(raw) ? accept(raw) : reject("bad_user");
