/**
 * A chat as its users see it: one user, one connection that mends itself, and any number of rooms on it.
 */
import type { Author, RoomEvent } from "../../domain/event.ts";
import type { Position } from "../../domain/position.ts";
import type { Limits } from "../../wire/server-frame.ts";
import type { Clock } from "../platform/clock.ts";
import type { Unsubscribe } from "../listeners.ts";
import type { Room } from "../room/room.ts";
import type { OpenSocket } from "../platform/socket.ts";
import type { Store } from "../platform/store.ts";

/** Why a chat stays away. */
export type StopReason =
  /** `close` was called, or the server said goodbye (1000). */
  | "closed"
  /** The server says that this client broke the protocol (1003, 1007, 1009, 4400): a bug, or a client that is too old. */
  | "protocol"
  /** The server will not have this user, and there is no way to another token. */
  | "unauthenticated"
  /** The name, or what the claims allow, was refused at the door. */
  | "refused";

/** A hand-over from one connection to the next (G1 to G4) shows nothing here: it is `live` throughout. */
export type ChatStatus =
  | { readonly status: "connecting" }
  | { readonly status: "live" }
  /** The next try is at `retryAt` (unix ms, by the chat's clock). */
  | { readonly status: "offline"; readonly retryAt: number }
  | { readonly status: "stopped"; readonly reason: StopReason; readonly message: string };

export type ChatChange =
  | { readonly type: "status"; readonly status: ChatStatus }
  /**
   * Who one is, each time that it becomes known or changes. `replaced` is true where the old token was refused, so that one is
   * another guest now: tell the person, whose earlier messages are no longer theirs to edit.
   */
  | { readonly type: "user"; readonly user: Author; readonly replaced: boolean }
  /** Whether what should outlive a reload is kept (storage can be full, or forbidden as in a private window). */
  | { readonly type: "storage"; readonly kept: boolean }
  /** A name that `rename` asked for was refused. */
  | { readonly type: "renameRefused"; readonly message: string };

/** A segment of a room's log that a program has kept, to show it while the service is out of reach. */
export interface CachedRoom {
  /** In order, none missing between them. */
  readonly events: readonly RoomEvent[];
  /** Whether the log keeps events older than the first of them. */
  readonly hasOlder: boolean;
  /** Shown until the room is joined, and then the newest take its place: it was kept too long ago to ask for all that followed it. */
  readonly isOld: boolean;
}

export interface JoinOptions {
  /** Where to go on from: a position that the program itself has kept (`room.position`). Without it: the newest. */
  readonly after?: Position | undefined;
  /**
   * What the room holds until it is joined. Unless it is old, the room goes on from its last event, whatever `after` says. While it is still being read the
   * room is there, and takes what is written, and is joined once it is known; a promise that fails is as good as none.
   */
  readonly cached?: CachedRoom | Promise<CachedRoom | undefined> | undefined;
  /** How many of the newest events a first join without `after` brings, 0 to 500. */
  readonly limit?: number | undefined;
}

export interface Chat {
  readonly status: ChatStatus;
  /** Undefined until the first welcome. */
  readonly user: Author | undefined;
  readonly limits: Limits | undefined;
  /** False from the first time that the store could not keep something, until it can again. */
  readonly stored: boolean;
  /** The rooms that were joined and not left, in that order. */
  readonly rooms: readonly Room[];
  /**
   * Joins a room, now or as soon as there is a connection. The same room again is the same object. Throws a RangeError where the
   * name can be none (V1); `parseRoomName` tells before.
   */
  readonly join: (name: string, options?: JoinOptions) => Room;
  /** Changes the name, if the user is a guest (W8). Later events bear it. */
  readonly rename: (name: string) => void;
  /** Brings a fresh token of the same user before the old one expires (W8, A2). */
  readonly renew: (token: string) => void;
  /** Call it on `online`, and when the page becomes visible: tries at once, or finds out within seconds whether the connection is still there. */
  readonly wake: () => void;
  /** Says goodbye. What was not acknowledged stays in the store; a Node program can exit. */
  readonly close: () => void;
  /** Is told of each change, after the fact. */
  readonly subscribe: (listener: (change: ChatChange) => void) => Unsubscribe;
}

export interface ConnectOptions {
  /** `ws://…/ws` or `wss://…/ws`. */
  readonly url: string;
  /** The user's name (V2). An identity provider's claims go before it. */
  readonly name: string;
  /** An identity provider's token (A2). Without it one is a guest, whose token is kept in the store. */
  readonly token?: string | undefined;
  /**
   * Gets a new token when the old one was refused or has expired (4401). Without it a guest becomes a new guest. When it rejects it is
   * called again, with backoff.
   */
  readonly refreshToken?: (() => Promise<string>) | undefined;
  /** Where the token and the outbox are kept. Default: `localStorage` in a browser, else nothing beyond the program's end. */
  readonly store?: Store | undefined;
  /** Default: the platform's WebSocket. */
  readonly openSocket?: OpenSocket | undefined;
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
  /** In [0, 1). Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Makes idempotency keys. Default: `crypto.randomUUID`. */
  readonly newKey?: (() => string) | undefined;
}
