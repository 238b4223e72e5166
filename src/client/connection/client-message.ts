/**
 * What a client sends. Like the server's `ClientFrame`, but that what is left out may be: a field that is undefined is not in the JSON.
 */
import type { Position } from "../../domain/position.ts";
import { LONGEST_FRAME } from "../../wire/protocol.ts";
import type { Command } from "../room/room.ts";

export type ClientMessage =
  | {
      readonly type: "hello";
      readonly ref: string;
      readonly name: string;
      readonly token: string | undefined;
    }
  | {
      readonly type: "join";
      readonly ref: string;
      readonly room: string;
      readonly after: Position | undefined;
      readonly limit: number | undefined;
    }
  | { readonly type: "leave"; readonly ref: string; readonly room: string }
  | (Command & { readonly ref: string; readonly room: string; readonly key: string })
  | {
      readonly type: "history";
      readonly ref: string;
      readonly room: string;
      readonly before: Position;
      readonly limit: number;
    }
  | { readonly type: "typing"; readonly room: string };

/** W2: a longer one would close the connection for good, so it is never sent. */
export const isTooLong = (message: ClientMessage): boolean =>
  new TextEncoder().encode(JSON.stringify(message)).length > LONGEST_FRAME;
