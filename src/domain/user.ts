/**
 * Users: their ids and names. An id is made once and never changes. A name is shown to people, and two users
 * may have the same name (A1).
 *
 * A name is NFC and trimmed, and has 1 to 40 characters (V2). It has at least one visible character, and no
 * character that is invisible: no control or format character, and none that renders as nothing. No word of
 * it mixes scripts. So no name imitates another by invisible characters, or by letters of another script
 * inside a word. Inside an emoji, joiners are allowed, because they are part of it.
 */
import { hasLength, isWellFormed } from "./characters.ts";
import { accept, reject, type Decision } from "./decision.ts";
import { withoutEmoji } from "./emoji.ts";
import { mixesScripts } from "./word-scripts.ts";

declare const userId: unique symbol;
declare const userName: unique symbol;
export type UserId = string & { readonly [userId]: true };
export type UserName = string & { readonly [userName]: true };

export interface User {
  readonly id: UserId;
  readonly name: UserName;
}

/** Why a name is refused (V2, V5), with a sentence for the person who chose it. */
export const USER_NAME_FAULTS = {
  malformed: "A name is text: this one has half of a character.",
  empty: "A name has at least one character.",
  too_long: "A name has at most 40 characters.",
  invisible: "A name can’t have characters that nobody can see, such as zero-width or blank ones.",
  nothing_visible: "A name has at least one letter, digit, sign or emoji.",
  mixed_scripts:
    "A word of a name is written in one alphabet: Latin and Cyrillic letters, for example, can’t be mixed.",
} as const;
export type UserNameFault = keyof typeof USER_NAME_FAULTS;

const MAX_NAME_LENGTH = 40;
/** Controls, format characters, line separators, and all others that are not displayed (fillers, tags). */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/**
 * Characters that Unicode classes as letters, marks or symbols, and that render as nothing: the empty Braille
 * pattern, the place of an embedded object, blanks of Egyptian hieroglyphs, a Khitan filler, a null note
 * head.
 */
const BLANK = /[\u{16FE4}\u2800\uFFFC\u{13441}\u{13442}\u{1D159}]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}\p{Extended_Pictographic}]/u;

/** A much longer name is refused without the work of normalising it. */
const normalised = (raw: string): string | undefined => {
  const trimmed = raw.trim();
  return trimmed.length > MAX_NAME_LENGTH * 16 ? undefined : trimmed.normalize("NFC");
};

/** Why a name is refused. Undefined if it is accepted. */
export const userNameFault = (raw: string): UserNameFault | undefined => {
  if (!isWellFormed(raw)) return "malformed";
  const name = normalised(raw);
  if (name === "") return "empty";
  if (name === undefined || !hasLength(name, MAX_NAME_LENGTH)) return "too_long";
  // Most names have no invisible character at all, so the search for emoji is rarely needed.
  if (BLANK.test(name) || (INVISIBLE.test(name) && INVISIBLE.test(withoutEmoji(name)))) return "invisible";
  if (!VISIBLE.test(name)) return "nothing_visible";
  return mixesScripts(name) ? "mixed_scripts" : undefined;
};

const isUserName = (name: string): name is UserName => userNameFault(name) === undefined;

/** The normalised name, or `bad_name`. */
export const parseUserName = (raw: string): Decision<UserName, "bad_name"> => {
  const name = isWellFormed(raw) ? normalised(raw) : undefined;
  return name !== undefined && isUserName(name) ? accept(name) : reject("bad_name");
};

/** An opaque id of this service or of an identity provider: 1 to 128 printable characters without a space. */
const isUserId = (id: string): id is UserId => /^[^\p{C}\p{Z}]{1,128}$/u.test(id);

export const parseUserId = (raw: string): Decision<UserId, "bad_user"> =>
  isUserId(raw) ? accept(raw) : reject("bad_user");
