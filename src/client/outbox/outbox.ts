/**
 * A room's outbox: what its user asked for and the server has not settled, in order. A pure machine like the others, over a list.
 *
 *        ┌◄──────────a message that the log has lost────────┐
 *     waiting ──► sending ──ack, or its own event──► sent ──┴─its own event──► (gone)
 *        ▲          │ │ │
 *        │   connection lost│ │ └──not_found on a repeat──► doubted ──its own event──► (gone)
 *        ├◄─────────┘ ├──for now──► delayed             │ timer
 *        └◄───timer───│────────────────┘                ▼
 *                     └──────for good──────────────► failed ──retry (a new key), discard──► (gone)
 *
 * - One command of a room is in flight at a time. Were several, one that is refused for now would be overtaken by those behind it; and at
 *   ten a second (L1) waiting for the answer costs nothing that one may send.
 * - A key is made once, and is its `ref` as well: an `ack` is true whichever connection brings it, and its own event in the stream settles a
 *   command whose `ack` was lost.
 * - The server checks a room's state before the key (I1). So a delete whose `ack` was lost answers `not_found` when it is sent again, as does an
 *   edit of what was deleted since. The stream alone knows: such a command is doubted until its event comes, or fails when it doesn't.
 * - What may have been stored under one user is never sent as another: the key would not hold.
 *
 * The entries, the events and the effects are here; what each event does is in `outbox-transitions.ts`.
 */
import type { IdempotencyKey } from "../../domain/idempotency-key.ts";
import type { Position } from "../../domain/position.ts";
import type { UserId } from "../../domain/user.ts";
import type { ErrorCode } from "../../wire/protocol.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import type { Command, Failure, Pending, Sent } from "../room/room.ts";

/** How long the stream is given to bring the event of a command that is doubted. */
export const DOUBT_MS = 5_000;
/** The log is to be back within seconds (D5): what it could not store is tried again at least so often. */
export const LONGEST_DELAY_MS = 10_000;

export type EntryState =
  | { readonly status: "waiting" }
  | { readonly status: "delayed"; readonly retryAt: number; readonly code: ErrorCode }
  | { readonly status: "sending"; readonly connection: ConnectionId; readonly repeated: boolean }
  | { readonly status: "doubted"; readonly failure: Failure }
  /** `isLate`: a heartbeat has passed and its event has not come. */
  | ({ readonly status: "sent"; readonly isLate: boolean } & Sent)
  | ({ readonly status: "failed" } & Failure);

export interface Entry {
  readonly key: IdempotencyKey;
  readonly command: Command;
  readonly at: number;
  /** The user as whom it was sent, from the first time on. */
  readonly sentAs: UserId | undefined;
  /** How often it was refused for now. */
  readonly refusals: number;
  readonly state: EntryState;
}

export interface Outbox {
  readonly entries: readonly Entry[];
  /** Where one may send: the room is joined there and has caught up. */
  readonly connection: ConnectionId | undefined;
  readonly user: UserId | undefined;
}

export type OutboxEvent =
  | { readonly type: "add"; readonly key: IdempotencyKey; readonly command: Command; readonly at: number }
  | { readonly type: "open"; readonly connection: ConnectionId; readonly user: UserId }
  | { readonly type: "lost"; readonly connection: ConnectionId }
  /** `current` is the seq up to which the stream was taken in. */
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
  /** An event in the stream. `deletes` is the message that it deletes. */
  | ({
      readonly type: "seen";
      readonly key: string;
      readonly by: UserId;
      readonly deletes: Position | undefined;
    } & Sent)
  /** The stream was taken in up to this event, and all of it was `seen`. What was acknowledged at or before it, and did not come, is lost. */
  | ({ readonly type: "reached" } & Sent)
  /** A heartbeat came where the room is joined. The stream brings at once what is acknowledged: after two without it, the log may have lost it. */
  | { readonly type: "heartbeat" }
  /** The log was reset, and what is known of it was `seen`: what it had acknowledged and did not bring may be among what it lost. */
  | { readonly type: "reset" }
  | { readonly type: "timer" }
  | { readonly type: "retry"; readonly key: IdempotencyKey; readonly as: IdempotencyKey; readonly at: number }
  | { readonly type: "discard"; readonly key: IdempotencyKey };

export type OutboxEffect =
  | { readonly type: "send"; readonly connection: ConnectionId; readonly entry: Entry }
  | { readonly type: "keep"; readonly entry: Entry }
  | { readonly type: "forget"; readonly key: IdempotencyKey }
  | { readonly type: "settled"; readonly key: IdempotencyKey; readonly sent: Sent }
  | { readonly type: "failed"; readonly key: IdempotencyKey; readonly failure: Failure }
  | { readonly type: "wait"; readonly ms: number }
  | { readonly type: "distrust"; readonly connection: ConnectionId };

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

export const pendingOf = ({ entries }: Outbox): readonly Pending[] =>
  entries.map(({ key, command, at, state }) => ({ key, command, at, state: shown(state) }));
