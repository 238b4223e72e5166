/**
 * Joins one room on the connections of its chat. It does what the join's state machine asks for
 * (`join-state.ts`), and passes each `joined` that counts to the room.
 */
import type { Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Joined } from "../../wire/server-frame.ts";
import { backoff } from "../connection/backoff.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import type { Reply } from "../connection/pending-replies.ts";
import { isOn, joinedOn, stepJoin, type JoinEffect, type JoinEvent, type JoinState } from "./join-state.ts";
import type { RoomHost } from "./room-host.ts";

export interface RoomJoinHandlers {
  /** The position to resume from; undefined for the newest events. */
  readonly position: () => Position | undefined;
  /** A `joined` to take in. `isNew`: the room was not joined on another connection before. */
  readonly admit: (frame: Joined, isNew: boolean) => void;
  /** Called after each step. */
  readonly stepped: () => void;
}

export class RoomJoin {
  readonly #room: RoomName;
  readonly #limit: number | undefined;
  readonly #host: RoomHost;
  readonly #handlers: RoomJoinHandlers;
  #state: JoinState = { status: "waiting" };
  #cancelTimer: () => void = () => {};

  constructor(room: RoomName, limit: number | undefined, host: RoomHost, handlers: RoomJoinHandlers) {
    this.#room = room;
    this.#limit = limit;
    this.#host = host;
    this.#handlers = handlers;
  }

  get state(): JoinState {
    return this.#state;
  }
  /** The connection on which the room is joined. */
  get connection(): ConnectionId | undefined {
    return joinedOn(this.#state);
  }
  /** Whether a hand-over to this connection need not wait for the room. */
  isOn(connection: ConnectionId): boolean {
    return isOn(this.#state, connection);
  }

  up(connection: ConnectionId): void {
    this.#step({ type: "up", connection });
  }
  down(connection: ConnectionId): void {
    this.#step({ type: "down", connection });
  }
  /** A `joined` came that the client did not ask for: the log lost its tail (R4). */
  reset(connection: ConnectionId, frame: Joined): void {
    this.#step({ type: "reset", connection }, frame);
  }
  leave(): void {
    this.#step({ type: "leave" });
  }
  /** Cancels the timer. */
  close(): void {
    this.#cancelTimer();
  }

  #step(event: JoinEvent, frame?: Joined): void {
    const before = this.#state;
    const { state, effects } = stepJoin(before, event);
    this.#state = state;
    if (state.status !== before.status) this.#cancelTimer();
    for (const effect of effects) this.#perform(effect, before, frame);
    this.#handlers.stepped();
  }

  #perform(effect: JoinEffect, before: JoinState, frame: Joined | undefined): void {
    const room = this.#room;
    switch (effect.type) {
      case "join": {
        const { connection } = effect;
        const after = this.#handlers.position();
        return this.#host.connections.request(
          connection,
          { type: "join", room, after, limit: this.#limit },
          (reply) => this.#replied(connection, reply),
        );
      }
      case "leave":
        return this.#leave(effect.connection, 0);
      case "admit":
        if (frame !== undefined) this.#handlers.admit(frame, before.status === "joining");
        return;
      case "wait":
        this.#cancelTimer();
        this.#cancelTimer = this.#host.clock.after(effect.ms, () => this.#step({ type: "timer" }));
        return;
      case "giveUp":
        return this.#host.giveUp(effect.connection);
    }
  }

  /**
   * Leaves the room at the server. On this side it is left already, so a refusal for now (L4) is answered by
   * another try. If the connection has ended, its membership ends too.
   */
  #leave(connection: ConnectionId, refusals: number): void {
    const request = { type: "leave", room: this.#room } as const;
    this.#host.connections.requestPaced(connection, request, (reply) => {
      if (reply?.type !== "error" || reply.code !== "rate_limited") return;
      const ms = (reply.retryAfterMs ?? 0) + backoff(refusals, this.#host.random());
      this.#host.clock.after(ms, () => this.#leave(connection, refusals + 1));
    });
  }

  #replied(connection: ConnectionId, reply: Reply | undefined): void {
    switch (reply?.type) {
      case "joined":
        return this.#step({ type: "joined", connection }, reply);
      case "error": {
        const { code, message, retryAfterMs } = reply;
        const random = this.#host.random();
        return this.#step({ type: "refused", connection, code, message, retryAfterMs, random });
      }
      default:
        // No reply, or one of another kind. If the connection has ended, `down` says so.
        return;
    }
  }
}
