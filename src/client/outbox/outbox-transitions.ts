/**
 * The transitions of an outbox: its next state and its effects for each event. `outbox.ts` explains the
 * states.
 */
import { absurd } from "../../domain/decision.ts";
import type { IdempotencyKey } from "../../domain/idempotency-key.ts";
import { comparePositions } from "../../domain/position.ts";
import { backoff } from "../connection/backoff.ts";
import type { Command } from "../connection/client-message.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import type { Step } from "../state-machine.ts";
import {
  DOUBT_MS,
  find,
  LONGEST_DELAY_MS,
  type Entry,
  type EntryState,
  type Outbox,
  type OutboxEffect,
  type OutboxEvent,
} from "./outbox.ts";
import type { Failure, Sent } from "./command.ts";

type Next = Step<Outbox, OutboxEffect>;

const step = (state: Outbox, effects: readonly OutboxEffect[] = []): Next => ({ state, effects });

const replaced = (outbox: Outbox, entry: Entry): Outbox => ({
  ...outbox,
  entries: outbox.entries.map((other) => (other.key === entry.key ? entry : other)),
});
const without = (outbox: Outbox, key: string): Outbox => ({
  ...outbox,
  entries: outbox.entries.filter((entry) => entry.key !== key),
});
const withState = (entry: Entry, state: EntryState): Entry => ({ ...entry, state });

const isOver = ({ state }: Entry): boolean => state.status === "sent" || state.status === "failed";
/** The first command that is not settled. */
const current = ({ entries }: Outbox): Entry | undefined => entries.find((entry) => !isOver(entry));

/** Sends the current command if it may be sent now. */
const pump = (outbox: Outbox, before: readonly OutboxEffect[] = []): Next => {
  const entry = current(outbox);
  const { connection, user } = outbox;
  if (entry?.state.status !== "waiting" || connection === undefined || user === undefined) {
    return step(outbox, before);
  }
  if (entry.sentAs !== undefined && entry.sentAs !== user) {
    const message = "You are another user now, and the command may be stored under the previous one.";
    return fail(outbox, entry, { code: "other_user", message }, before);
  }
  const repeated = entry.sentAs !== undefined;
  const sending: Entry = { ...entry, sentAs: user, state: { status: "sending", connection, repeated } };
  const save: readonly OutboxEffect[] = repeated ? [] : [{ type: "save", entry: sending }];
  return step(replaced(outbox, sending), [...before, ...save, { type: "send", connection, entry: sending }]);
};

const fail = (outbox: Outbox, entry: Entry, failure: Failure, before: readonly OutboxEffect[] = []): Next => {
  const failed = withState(entry, { status: "failed", ...failure });
  return pump(replaced(outbox, failed), [
    ...before,
    { type: "save", entry: failed },
    { type: "failed", key: entry.key, failure },
  ]);
};

const settle = (outbox: Outbox, entry: Entry, { id, seq }: Sent, delivered: boolean): Next => {
  const { key } = entry;
  const told: readonly OutboxEffect[] =
    entry.state.status === "sent"
      ? []
      : [
          { type: "delete", key },
          { type: "settled", key, sent: { id, seq } },
        ];
  const next = delivered
    ? without(outbox, key)
    : replaced(outbox, withState(entry, { status: "sent", isLate: false, id, seq }));
  return pump(next, told);
};

const refuse = (
  outbox: Outbox,
  entry: Entry,
  event: Extract<OutboxEvent, { readonly type: "refused" }>,
): Next => {
  const { code, message, retryAfterMs, now, random, connection } = event;
  const delay = (ms: number): Next => {
    const delayed = { ...entry, refusals: entry.refusals + 1 };
    const state = { status: "delayed", retryAt: now + ms, code } as const;
    return step(replaced(outbox, withState(delayed, state)), [{ type: "wait", ms }]);
  };
  switch (code) {
    case "rate_limited":
      return delay(retryAfterMs ?? backoff(entry.refusals, random, LONGEST_DELAY_MS));
    case "unavailable":
      return delay(Math.max(retryAfterMs ?? 0, backoff(entry.refusals, random, LONGEST_DELAY_MS)));
    case "not_joined":
      // The room is joined on this connection, or the command would not have been sent: the server
      // contradicts itself.
      return step(replaced(outbox, withState(entry, { status: "waiting" })), [
        { type: "giveUp", connection },
      ]);
    case "not_found":
      return entry.state.status === "sending" && entry.state.repeated
        ? step(replaced(outbox, withState(entry, { status: "doubted", failure: { code, message } })), [
            { type: "wait", ms: DOUBT_MS },
          ])
        : fail(outbox, entry, { code, message });
    default:
      return fail(outbox, entry, { code, message });
  }
};

/**
 * The command that an event settles: its own, or a delete of the same message on another device of the user.
 */
const answeredBy = (
  outbox: Outbox,
  { key, by, deletes }: Extract<OutboxEvent, { readonly type: "seen" }>,
): Entry | undefined =>
  outbox.entries.find(
    (entry) =>
      (entry.key === key && entry.sentAs === by) ||
      (deletes !== undefined &&
        entry.command.type === "delete" &&
        entry.command.message === deletes &&
        entry.state.status !== "sent" &&
        by === (entry.sentAs ?? outbox.user)),
  );

/**
 * Commands in flight on the connection are sent again. Without events, a doubted command is sent again too.
 */
const lose = (outbox: Outbox, connection: ConnectionId): Outbox => {
  const isCut = outbox.connection === connection;
  const isOpenAgain = ({ state }: Entry): boolean =>
    (state.status === "sending" && state.connection === connection) || (state.status === "doubted" && isCut);
  return {
    ...outbox,
    connection: isCut ? undefined : outbox.connection,
    entries: outbox.entries.map((entry) =>
      isOpenAgain(entry) ? withState(entry, { status: "waiting" }) : entry,
    ),
  };
};

/**
 * Handles acknowledged commands that the log no longer holds (R4), or whose events the room cannot see.
 * Messages are sent again with their keys: if the log has one after all, the reply says where, and it is
 * stored once (I1). They come after the current command if that one is in flight or delayed: one command is
 * in flight at a time, and the timer belongs to it. Other commands are dropped, because no words are lost
 * with them.
 */
const resendLost = (
  outbox: Outbox,
  isMissing: (at: Sent & { readonly isLate: boolean }) => boolean,
): Next => {
  const isLost = ({ state }: Entry): boolean => state.status === "sent" && isMissing(state);
  const lost = outbox.entries.filter(isLost);
  if (lost.length === 0) return step(outbox);
  const again = lost
    .filter(({ command }) => command.type === "post")
    .map((entry) => withState(entry, { status: "waiting" }));
  const kept = outbox.entries.filter((entry) => !isLost(entry));
  const turn = kept.findIndex((entry) => !isOver(entry));
  const isBusy = turn !== -1 && kept[turn]?.state.status !== "waiting";
  const place = turn === -1 ? kept.length : turn + (isBusy ? 1 : 0);
  return pump(
    { ...outbox, entries: kept.toSpliced(place, 0, ...again) },
    again.map((entry) => ({ type: "save", entry })),
  );
};

const aged = (outbox: Outbox): Outbox => {
  const isNew = ({ state }: Entry): boolean => state.status === "sent" && !state.isLate;
  if (!outbox.entries.some(isNew)) return outbox;
  return {
    ...outbox,
    entries: outbox.entries.map((entry) =>
      entry.state.status === "sent" ? withState(entry, { ...entry.state, isLate: true }) : entry,
    ),
  };
};

const onTimer = (outbox: Outbox): Next => {
  const entry = current(outbox);
  switch (entry?.state.status) {
    case "delayed":
      return pump(replaced(outbox, withState(entry, { status: "waiting" })));
    case "doubted":
      return fail(outbox, entry, entry.state.failure);
    default:
      return step(outbox);
  }
};

/** Whether the user can still take it back: it failed, or was never sent. */
const canDiscard = ({ state, sentAs }: Entry): boolean =>
  state.status === "failed" || (state.status === "waiting" && sentAs === undefined);

const added = (outbox: Outbox, key: IdempotencyKey, command: Command, at: number): Next => {
  const entry: Entry = { key, command, at, sentAs: undefined, refusals: 0, state: { status: "waiting" } };
  return pump({ ...outbox, entries: [...outbox.entries, entry] }, [{ type: "save", entry }]);
};

export const stepOutbox = (outbox: Outbox, event: OutboxEvent): Next => {
  switch (event.type) {
    case "add":
      return added(outbox, event.key, event.command, event.at);
    case "open":
      return pump({ ...outbox, connection: event.connection, user: event.user });
    case "lost":
      return pump(lose(outbox, event.connection));
    case "acked": {
      const entry = find(outbox, event.key);
      return entry === undefined ? step(outbox) : settle(outbox, entry, event, event.seq <= event.current);
    }
    case "refused": {
      const entry = find(outbox, event.key);
      return entry?.state.status === "sending" && entry.state.connection === event.connection
        ? refuse(outbox, entry, event)
        : step(outbox);
    }
    case "seen": {
      const entry = answeredBy(outbox, event);
      return entry === undefined ? step(outbox) : settle(outbox, entry, event, true);
    }
    case "reached":
      return resendLost(outbox, ({ seq, id }) => seq <= event.seq || comparePositions(id, event.id) < 0);
    case "reset":
      return resendLost(outbox, () => true);
    case "heartbeat": {
      const { state, effects } = resendLost(outbox, ({ isLate }) => isLate);
      return step(aged(state), effects);
    }
    case "timer":
      return onTimer(outbox);
    case "retry": {
      const entry = find(outbox, event.key);
      if (entry?.state.status !== "failed") return step(outbox);
      const next = added(without(outbox, event.key), event.as, entry.command, event.at);
      return step(next.state, [...next.effects, { type: "delete", key: event.key }]);
    }
    case "discard": {
      const entry = find(outbox, event.key);
      if (entry === undefined || !canDiscard(entry)) return step(outbox);
      return pump(without(outbox, event.key), [{ type: "delete", key: event.key }]);
    }
    default:
      return absurd(event);
  }
};
