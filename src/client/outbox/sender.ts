/**
 * The shell around a room's outbox: it sends what the outbox says, keeps what must outlive a reload, and settles the promises.
 */
import type { RoomEvent } from "../../domain/event.ts";
import type { Head } from "../../domain/position.ts";
import { parseIdempotencyKey, type IdempotencyKey } from "../../domain/idempotency-key.ts";
import type { Author } from "../../domain/event.ts";
import type { Ack, ErrorFrame } from "../../wire/server-frame.ts";
import { isTooLong, type ClientMessage } from "../connection/client-message.ts";
import { CommandFailed } from "./command-failed.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
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
import type { Command, Failure, Pending, Sent } from "../room/room.ts";
import type { RoomHost } from "../room/room-host.ts";
import { encodeEntry, nameOf, savedEntries } from "./saved-entry.ts";

const LEFT: Failure = { code: "left", message: "The room was left before this was settled." };

export class Sender {
  readonly #room: string;
  readonly #host: RoomHost;
  readonly #changed: (pending: readonly Pending[]) => void;
  readonly #promised = new Map<IdempotencyKey, PromiseWithResolvers<Sent>>();
  #outbox: Outbox;
  #cancel: () => void = () => {};
  #isClosed = false;
  /** Times of commands, which order them after a reload, grow even where the clock does not. */
  #lastAt: number;

  constructor(room: string, host: RoomHost, changed: (pending: readonly Pending[]) => void) {
    this.#room = room;
    this.#host = host;
    this.#changed = changed;
    const entries = savedEntries(host.store.load(), room);
    this.#outbox = { ...EMPTY_OUTBOX, entries };
    this.#lastAt = entries.at(-1)?.at ?? 0;
  }

  get pending(): readonly Pending[] {
    return pendingOf(this.#outbox);
  }

  ask(command: Command): Promise<Sent> {
    const key = this.#newKey();
    const promise = this.#promise(key);
    this.#step({ type: "add", key, command, at: this.#now() });
    return promise;
  }

  retry(key: IdempotencyKey): Promise<Sent> | undefined {
    if (find(this.#outbox, key)?.state.status !== "failed") return undefined;
    const as = this.#newKey();
    const promise = this.#promise(as);
    this.#step({ type: "retry", key, as, at: this.#now() });
    return promise;
  }

  discard(key: IdempotencyKey): boolean {
    if (find(this.#outbox, key) === undefined) return false;
    this.#step({ type: "discard", key });
    if (find(this.#outbox, key) !== undefined) return false;
    this.#reject(key, { code: "left", message: "It was discarded before it was sent." });
    return true;
  }

  /** The room is joined on this connection, and has caught up. */
  open(connection: ConnectionId, user: Author): void {
    this.#step({ type: "open", connection, user: user.id });
  }

  lost(connection: ConnectionId): void {
    this.#step({ type: "lost", connection });
  }

  acked({ ref, id, seq }: Ack, current: number): void {
    this.#step({ type: "acked", key: ref, id, seq, current });
  }

  refused(connection: ConnectionId, { ref, code, message, retryAfterMs }: ErrorFrame): void {
    if (ref === undefined) return;
    const chance = { now: this.#host.clock.now(), random: this.#host.random() };
    this.#step({ type: "refused", key: ref, connection, code, message, retryAfterMs, ...chance });
  }

  /** An event was taken in from the stream. */
  saw(event: RoomEvent): void {
    if (this.#outbox.entries.length === 0 || !("key" in event)) return;
    const { key, id, seq, by } = event;
    const deletes = event.type === "message.deleted" ? event.message : undefined;
    this.#step({ type: "seen", key, by: by.id, deletes, id, seq });
  }

  /** The stream was taken in up to here. */
  reached({ id, seq }: Head): void {
    this.#step({ type: "reached", id, seq });
  }

  heartbeat(): void {
    this.#step({ type: "heartbeat" });
  }

  reset(): void {
    this.#step({ type: "reset" });
  }

  isSendingOn(connection: ConnectionId): boolean {
    return this.#outbox.entries.some(
      ({ state }) => state.status === "sending" && state.connection === connection,
    );
  }

  /** The room is left, or the chat closed. What is not settled stays in the store. */
  close(): void {
    this.#isClosed = true;
    this.#cancel();
    for (const key of this.#promised.keys()) this.#reject(key, LEFT);
  }

  #step(event: OutboxEvent): void {
    const before = this.#outbox;
    const { state, effects } = stepOutbox(before, event);
    this.#outbox = state;
    for (const effect of effects) this.#do(effect);
    if (state.entries !== before.entries && state === this.#outbox) this.#changed(this.pending);
  }

  #do(effect: OutboxEffect): void {
    switch (effect.type) {
      case "send":
        return this.#send(effect.connection, effect.entry);
      case "keep":
        return this.#host.keep(nameOf(this.#room, effect.entry.key), encodeEntry(effect.entry));
      case "forget":
        return this.#host.keep(nameOf(this.#room, effect.key), undefined);
      case "settled":
        this.#promised.get(effect.key)?.resolve(effect.sent);
        this.#promised.delete(effect.key);
        return;
      case "failed":
        return this.#reject(effect.key, effect.failure);
      case "wait":
        this.#cancel();
        this.#cancel = this.#host.clock.after(effect.ms, () => this.#step({ type: "timer" }));
        return;
      case "distrust":
        return this.#host.distrust(effect.connection);
    }
  }

  #send(connection: ConnectionId, { key, command }: Entry): void {
    const message: ClientMessage = { ...command, ref: key, room: this.#room, key };
    if (isTooLong(message)) {
      const frame = { code: "too_long", message: "The text is longer than a message may be." } as const;
      this.refused(connection, { type: "error", ref: key, ...frame });
    } else {
      this.#host.sendPaced(connection, message);
    }
  }

  #promise(key: IdempotencyKey): Promise<Sent> {
    const promised = Promise.withResolvers<Sent>();
    // One who shows `pending` may ignore the promise.
    promised.promise.catch(() => {});
    this.#promised.set(key, promised);
    if (this.#isClosed) this.#reject(key, LEFT);
    return promised.promise;
  }

  #reject(key: IdempotencyKey, failure: Failure): void {
    this.#promised.get(key)?.reject(new CommandFailed(key, failure));
    this.#promised.delete(key);
  }

  #newKey(): IdempotencyKey {
    const parsed = parseIdempotencyKey(this.#host.newKey());
    if (!parsed.ok) throw new Error("newKey must give 1 to 64 printable ASCII characters without a space");
    return parsed.value;
  }

  #now(): number {
    this.#lastAt = Math.max(this.#host.clock.now(), this.#lastAt + 1);
    return this.#lastAt;
  }
}
