/**
 * Sends the commands of one room. It does what the outbox asks for (`outbox.ts`): it sends requests, stores
 * entries so that they survive a reload, and settles the promises of the callers.
 */
import type { Author, RoomEvent } from "../../domain/event.ts";
import { parseIdempotencyKey, type IdempotencyKey } from "../../domain/idempotency-key.ts";
import type { Head } from "../../domain/position.ts";
import type { ErrorFrame } from "../../wire/server-frame.ts";
import { isTooLong, type Command } from "../connection/client-message.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import type { Connections } from "../connection/connections.ts";
import type { Reply } from "../connection/pending-replies.ts";
import type { Clock } from "../platform/clock.ts";
import type { Store } from "../platform/store.ts";
import type { Failure, Pending, Sent } from "./command.ts";
import { CommandFailed } from "./command-failed.ts";
import {
  EMPTY_OUTBOX,
  find,
  pendingOf,
  type Entry,
  type Outbox,
  type OutboxEffect,
  type OutboxEvent,
} from "./outbox.ts";
import { stepOutbox } from "./outbox-transitions.ts";
import { encodeEntry, nameOf, savedEntries } from "./saved-entry.ts";

/** Settles the promise of a command. */
interface Settle {
  readonly resolve: (sent: Sent) => void;
  readonly reject: (error: CommandFailed) => void;
}

type Refusal = Pick<ErrorFrame, "code" | "message" | "retryAfterMs">;

const LEFT: Failure = { code: "left", message: "The room was left before the command was settled." };
const DISCARDED: Failure = { code: "left", message: "The command was discarded before it was sent." };
const TOO_LONG: Refusal = { code: "too_long", message: "The text is longer than a message may be." };

/** The services that the sender needs. */
export interface SenderHost {
  readonly clock: Clock;
  readonly store: Store;
  /** In [0, 1). */
  readonly random: () => number;
  /** Makes an idempotency key. */
  readonly newKey: () => string;
  readonly connections: Connections;
  /** Drops a connection on which something is missing, or that contradicts what came before. */
  readonly giveUp: (connection: ConnectionId) => void;
  /** Stores a value under a name, or deletes it if the value is undefined. */
  readonly save: (name: string, value: string | undefined) => void;
}

export interface SenderHandlers {
  /** The `seq` up to which the room has taken in its events. */
  readonly seq: () => number;
  readonly changed: (pending: readonly Pending[]) => void;
}

export class Sender {
  readonly #room: string;
  readonly #host: SenderHost;
  readonly #handlers: SenderHandlers;
  readonly #promises = new Map<IdempotencyKey, Settle>();
  #outbox: Outbox;
  #cancelTimer: () => void = () => {};
  #isClosed = false;
  /**
   * The time of the last command. Times order the commands after a reload, so they grow even if the clock
   * does not.
   */
  #lastAt: number;

  constructor(room: string, host: SenderHost, handlers: SenderHandlers) {
    this.#room = room;
    this.#host = host;
    this.#handlers = handlers;
    const entries = savedEntries(host.store.load(), room);
    this.#outbox = { ...EMPTY_OUTBOX, entries };
    this.#lastAt = entries.at(-1)?.at ?? 0;
  }

  get pending(): readonly Pending[] {
    return pendingOf(this.#outbox);
  }

  /** Adds a command. Rejects with a `CommandFailed`. */
  add(command: Command): Promise<Sent> {
    const key = this.#newKey();
    const promise = this.#promise(key);
    this.#step({ type: "add", key, command, at: this.#nextAt() });
    return promise;
  }

  retry(key: IdempotencyKey): Promise<Sent> | undefined {
    if (find(this.#outbox, key)?.state.status !== "failed") return undefined;
    const as = this.#newKey();
    const promise = this.#promise(as);
    this.#step({ type: "retry", key, as, at: this.#nextAt() });
    return promise;
  }

  discard(key: IdempotencyKey): boolean {
    if (find(this.#outbox, key) === undefined) return false;
    this.#step({ type: "discard", key });
    if (find(this.#outbox, key) !== undefined) return false;
    this.#reject(key, DISCARDED);
    return true;
  }

  /** The room is joined on this connection, and has caught up. */
  open(connection: ConnectionId, user: Author): void {
    this.#step({ type: "open", connection, user: user.id });
  }

  /** The connection has ended. */
  lost(connection: ConnectionId): void {
    this.#step({ type: "lost", connection });
  }

  /** The room has taken in an event. */
  saw(event: RoomEvent): void {
    if (this.#outbox.entries.length === 0 || !("key" in event)) return;
    const { key, id, seq, by } = event;
    const deletes = event.type === "message.deleted" ? event.message : undefined;
    this.#step({ type: "seen", key, by: by.id, deletes, id, seq });
  }

  /** The room has taken in all events up to here. */
  reached({ id, seq }: Head): void {
    this.#step({ type: "reached", id, seq });
  }

  heartbeat(): void {
    this.#step({ type: "heartbeat" });
  }

  /** The log was reset (R3, R4). */
  reset(): void {
    this.#step({ type: "reset" });
  }

  /** The room was left, or the chat closed. Commands that are not settled stay in the store. */
  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    for (const key of this.#promises.keys()) this.#reject(key, LEFT);
  }

  #step(event: OutboxEvent): void {
    const before = this.#outbox;
    const { state, effects } = stepOutbox(before, event);
    this.#outbox = state;
    for (const effect of effects) this.#perform(effect);
    if (state.entries !== before.entries && state === this.#outbox) this.#handlers.changed(this.pending);
  }

  #perform(effect: OutboxEffect): void {
    switch (effect.type) {
      case "send":
        return this.#send(effect.connection, effect.entry);
      case "save":
        return this.#host.save(nameOf(this.#room, effect.entry.key), encodeEntry(effect.entry));
      case "delete":
        return this.#host.save(nameOf(this.#room, effect.key), undefined);
      case "settled":
        this.#promises.get(effect.key)?.resolve(effect.sent);
        this.#promises.delete(effect.key);
        return;
      case "failed":
        return this.#reject(effect.key, effect.failure);
      case "wait":
        this.#cancelTimer();
        this.#cancelTimer = this.#host.clock.after(effect.ms, () => this.#step({ type: "timer" }));
        return;
      case "giveUp":
        return this.#host.giveUp(effect.connection);
    }
  }

  #send(connection: ConnectionId, { key, command }: Entry): void {
    const request = { ...command, room: this.#room, key };
    if (isTooLong(request)) return this.#refused(connection, key, TOO_LONG);
    this.#host.connections.requestPaced(connection, request, (reply) =>
      this.#replied(connection, key, reply),
    );
  }

  #replied(connection: ConnectionId, key: IdempotencyKey, reply: Reply | undefined): void {
    if (this.#isClosed) return;
    switch (reply?.type) {
      case "ack": {
        // An `ack` is true whichever connection brings it (D1).
        const { id, seq } = reply;
        return this.#step({ type: "acked", key, id, seq, current: this.#handlers.seq() });
      }
      case "error":
        return this.#refused(connection, key, reply);
      default:
        // No reply, or one of another kind. If the connection has ended, `lost` says so.
        return;
    }
  }

  #refused(connection: ConnectionId, key: IdempotencyKey, { code, message, retryAfterMs }: Refusal): void {
    const now = this.#host.clock.now();
    const random = this.#host.random();
    this.#step({ type: "refused", key, connection, code, message, retryAfterMs, now, random });
  }

  #promise(key: IdempotencyKey): Promise<Sent> {
    const promise = new Promise<Sent>((resolve, reject) => this.#promises.set(key, { resolve, reject }));
    // A caller that shows `pending` may ignore the promise.
    promise.catch(() => {});
    if (this.#isClosed) this.#reject(key, LEFT);
    return promise;
  }

  #reject(key: IdempotencyKey, failure: Failure): void {
    this.#promises.get(key)?.reject(new CommandFailed(key, failure));
    this.#promises.delete(key);
  }

  #newKey(): IdempotencyKey {
    const parsed = parseIdempotencyKey(this.#host.newKey());
    if (!parsed.ok) throw new Error("newKey must return 1 to 64 printable ASCII characters without a space");
    return parsed.value;
  }

  #nextAt(): number {
    this.#lastAt = Math.max(this.#host.clock.now(), this.#lastAt + 1);
    return this.#lastAt;
  }
}
