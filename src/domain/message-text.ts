/**
 * Validates the text of a message (V3): it is trimmed, line ends become LF, LF and tab are the only control
 * characters, and it is neither empty nor too long.
 */
import { countCharacters, isWellFormed } from "./characters.ts";
import { accept, reject, type Decision } from "./decision.ts";

declare const messageText: unique symbol;
export type MessageText = string & { readonly [messageText]: true };

export type TextRejection = "bad_text" | "too_long";

/** Any control character except tab and line feed. */
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

const isMessageText = (text: string): text is MessageText =>
  text !== "" && isWellFormed(text) && !CONTROL.test(text);

/** `maxLength` is in characters (TEXT_LENGTH). */
export const parseMessageText = (raw: string, maxLength: number): Decision<MessageText, TextRejection> => {
  const text = raw.replace(/\r\n?/g, "\n").trim();
  if (!isMessageText(text)) return reject("bad_text");
  return countCharacters(text) <= maxLength ? accept(text) : reject("too_long");
};
