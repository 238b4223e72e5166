/**
 * The types of the frames from the server. `encode.ts` encodes them, and `decode-server-frame.ts` decodes
 * them.
 */
import type { Author, RoomEvent } from "../domain/event.ts";
import type { GoAway } from "../domain/going-away.ts";
import type { Head, Position } from "../domain/position.ts";
import type { ResetReason } from "../domain/resume.ts";
import type { ErrorCode } from "./protocol.ts";

export interface Limits {
  readonly textLength: number;
  readonly roomsPerConnection: number;
  readonly messagesPerSecond: number;
  readonly burst: number;
}

export interface Welcome {
  readonly type: "welcome";
  readonly protocol: number;
  readonly user: Author;
  readonly token: string;
  readonly connection: string;
  readonly heartbeatMs: number;
  readonly limits: Limits;
}

/**
 * How a join begins: with the newest events, after the given position, or with a reset if that can't be
 * honoured.
 */
export type Replay =
  | { readonly replay: "recent" | "resumed" }
  | { readonly replay: "reset"; readonly reason: ResetReason };

/** Without `ref` it answers no request: the log has lost its tail (R4). */
export type Joined = Replay & {
  readonly type: "joined";
  readonly ref: string | undefined;
  readonly room: string;
  readonly head: Head;
  readonly events: readonly RoomEvent[];
  readonly more: boolean;
  readonly members: readonly Author[];
  readonly memberCount: number;
};

/** Why the server ended a membership that the client did not leave (A3, M1). */
export type LeftReason = "removed" | "forbidden";

/** Without `ref` the client did not ask for it: then there is a reason. */
export interface Left {
  readonly type: "left";
  readonly ref?: string | undefined;
  readonly room: string;
  readonly reason?: LeftReason | undefined;
}
export interface Events {
  readonly type: "events";
  readonly room: string;
  readonly events: readonly RoomEvent[];
}
export interface Ack {
  readonly type: "ack";
  readonly ref: string;
  readonly room: string;
  readonly id: Position;
  readonly seq: number;
  readonly duplicate: boolean;
}
export interface Page {
  readonly type: "page";
  readonly ref: string;
  readonly room: string;
  readonly events: readonly RoomEvent[];
  readonly more: boolean;
}
export interface Signal {
  readonly type: "signal";
  readonly room: string;
  readonly kind: "typing";
  readonly user: Author;
}
export interface Members {
  readonly type: "members";
  readonly room: string;
  readonly memberCount: number;
}
export interface Heartbeat {
  readonly type: "heartbeat";
  readonly heads: Readonly<Record<string, number>>;
}
export type GoAwayFrame = GoAway & { readonly type: "goaway" };
export interface ErrorFrame {
  readonly type: "error";
  readonly ref?: string | undefined;
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
}

export type ServerFrame =
  | Welcome
  | Joined
  | Left
  | Events
  | Ack
  | Page
  | Signal
  | Members
  | Heartbeat
  | GoAwayFrame
  | ErrorFrame;
