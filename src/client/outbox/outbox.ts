/**
 * The outbox of a room: the commands that the server has not settled yet, in order. A pure state machine over
 * a list of entries.
 *
 *        ┌◄──────a message that is missing in the log───────┐
 *     waiting ──► sending ──ack, or its own event──► sent ──┴─its own event──► (gone)
 *        ▲          │ │ │
 *        │ connection │ │
 *        │   lost   │ │ └──not_found on a repeat──► doubted ──its own event──► (gone)
 *        ├◄─────────┘ ├──for now──► delayed             │ timer
 *        └◄───timer───│────────────────┘                ▼
 *                     └──────for good──────────────► failed ──retry (a new key), discard──► (gone)
 *
 * - One command of a room is in flight at a time. With several in flight, later commands could overtake one
 *   that is refused for now. At ten commands a second (L1), waiting for the reply costs nothing.
 * - Each command gets its key once. An `ack` settles it, whichever connection brings it; if the `ack` is
 *   lost, the command's own event settles it.
 * - The server checks the room's state before the key (I1). So a delete whose `ack` was lost gets `not_found`
 *   when it is sent again, as does an edit of a message that was deleted since. Only the events tell the
 *   truth: such a command is doubted until its event comes, and fails if the event does not come in time.
 * - A command that may be stored under one user is never sent as another user, because keys belong to users.
 *
 * This file has the entries, the events and the effects; `outbox-transitions.ts` has the transitions.
 */
import type { IdempotencyKey } from "../../domain/idempotency-key.ts";
import type { Position } from "../../domain/position.ts";
import type { UserId } from "../../domain/user.ts";
import type { ErrorCode } from "../../wire/protocol.ts";
import type { Command } from "../connection/client-message.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import type { Failure, Pending, Sent } from "./command.ts";

/** How long a doubted command waits for its event. */
export const DOUBT_MS = 5_000;
/** The longest delay after `unavailable`: the log is back within seconds (D5). */
export const LONGEST_DELAY_MS = 10_000;

export type EntryState =
  | { readonly status: "waiting" }
  | { readonly status: "delayed"; readonly retryAt: number; readonly code: ErrorCode }
  | { readonly status: "sending"; readonly connection: ConnectionId; readonly repeated: boolean }
  | { readonly status: "doubted"; readonly failure: Failure }
  /** `isLate`: a heartbeat came after the `ack`, and the event has not. */
  | ({ readonly status: "sent"; readonly isLate: boolean } & Sent)
  | ({ readonly status: "failed" } & Failure);

export interface Entry {
  readonly key: IdempotencyKey;
  readonly command: Command;
  /** When the user asked for it, in unix ms. */
  readonly at: number;
  /** The user at the time when it was first sent; undefined before. */
  readonly sentAs: UserId | undefined;
  /** How often it was refused for now. */
  readonly refusals: number;
  readonly state: EntryState;
}

export interface Outbox {
  readonly entries: readonly Entry[];
  /** The connection to send on: the room is joined there and has caught up. */
  readonly connection: ConnectionId | undefined;
  readonly user: UserId | undefined;
}

export type OutboxEvent =
  | { readonly type: "add"; readonly key: IdempotencyKey; readonly command: Command; readonly at: number }
  | { readonly type: "open"; readonly connection: ConnectionId; readonly user: UserId }
  | { readonly type: "lost"; readonly connection: ConnectionId }
  /** `current`: the `seq` up to which the room has taken in its events. */
  | ({ readonly type: "acked"; readonly key: string; readonly current: number } & Sent)
  | {
      readonly type: "refused";
      readonly key: string;
      readonly connection: ConnectionId;
      readonly code: ErrorCode;
      readonly message: string;
      readonly retryAfterMs: number | undefined;
      readonly now: number;
      readonly random: number;
    }
  /** The room has taken in an event. `deletes`: the message that the event deletes. */
  | ({
      readonly type: "seen";
      readonly key: string;
      readonly by: UserId;
      readonly deletes: Position | undefined;
    } & Sent)
  /**
   * The room has taken in all events up to this one. A command that was acknowledged at or before it, and was
   * not `seen`, is lost.
   */
  | ({ readonly type: "reached" } & Sent)
  /**
   * A heartbeat on the room's connection. An acknowledged event comes at once: if it has not come after two
   * heartbeats, the log may have lost it.
   */
  | { readonly type: "heartbeat" }
  /**
   * The log was reset, and its known events were `seen`. An acknowledged command that was not seen may be
   * lost.
   */
  | { readonly type: "reset" }
  | { readonly type: "timer" }
  | { readonly type: "retry"; readonly key: IdempotencyKey; readonly as: IdempotencyKey; readonly at: number }
  | { readonly type: "discard"; readonly key: IdempotencyKey };

export type OutboxEffect =
  | { readonly type: "send"; readonly connection: ConnectionId; readonly entry: Entry }
  /** Write the entry to the store. */
  | { readonly type: "save"; readonly entry: Entry }
  /** Delete the entry from the store. */
  | { readonly type: "delete"; readonly key: IdempotencyKey }
  | { readonly type: "settled"; readonly key: IdempotencyKey; readonly sent: Sent }
  | { readonly type: "failed"; readonly key: IdempotencyKey; readonly failure: Failure }
  | { readonly type: "wait"; readonly ms: number }
  /** The connection contradicts itself. */
  | { readonly type: "giveUp"; readonly connection: ConnectionId };

export const EMPTY_OUTBOX: Outbox = { entries: [], connection: undefined, user: undefined };

export const find = ({ entries }: Outbox, key: string): Entry | undefined =>
  entries.find((entry) => entry.key === key);

const shown = (state: EntryState): Pending["state"] => {
  switch (state.status) {
    case "waiting":
    case "delayed":
    case "failed":
      return state;
    case "sent":
      return { status: "sent", id: state.id, seq: state.seq };
    case "sending":
    case "doubted":
      return { status: "sending" };
  }
};

/** The entries as the users of a room see them. */
export const pendingOf = ({ entries }: Outbox): readonly Pending[] =>
  entries.map(({ key, command, at, state }) => ({ key, command, at, state: shown(state) }));
