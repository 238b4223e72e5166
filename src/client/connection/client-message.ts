/**
 * The messages that a client sends. Like the server's `ClientFrame`, but an optional field may be undefined:
 * it is then not in the JSON.
 */
import type { Position } from "../../domain/position.ts";
import { MAX_FRAME_BYTES } from "../../wire/protocol.ts";

/** A change of a room that a user asks for. */
export type Command =
  | { readonly type: "post"; readonly text: string; readonly replyTo?: Position | undefined }
  | { readonly type: "edit"; readonly message: Position; readonly text: string }
  | { readonly type: "delete"; readonly message: Position }
  | { readonly type: "react"; readonly message: Position; readonly emoji: string; readonly on: boolean };

/** A message that the server answers. The answer carries the message's `ref`; only `welcome` has none. */
export type Request =
  | { readonly type: "hello"; readonly name: string; readonly token: string | undefined }
  | {
      readonly type: "join";
      readonly room: string;
      readonly after: Position | undefined;
      readonly limit: number | undefined;
    }
  | { readonly type: "leave"; readonly room: string }
  | (Command & { readonly room: string; readonly key: string })
  | { readonly type: "history"; readonly room: string; readonly before: Position; readonly limit: number };

/** A message without an answer. */
export interface Notice {
  readonly type: "typing";
  readonly room: string;
}

export type ClientMessage = (Request & { readonly ref: string }) | Notice;

/** As long as any ref that the client makes. */
const LONG_REF = String(Number.MAX_SAFE_INTEGER);

/**
 * Whether a request is longer than a frame may be (W2). The server would close the connection for good, so
 * the client never sends it.
 */
export const isTooLong = (request: Request): boolean =>
  new TextEncoder().encode(JSON.stringify({ ...request, ref: LONG_REF })).length > MAX_FRAME_BYTES;
