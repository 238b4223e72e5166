/**
 * The page of older events that a room has asked for: one at a time, and who asks meanwhile gets the same answer. Where the connection is lost, or the
 * page refused, the answer is that nothing was loaded; one may ask again.
 */
import type { Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Page } from "../../wire/server-frame.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import type { RoomHost } from "./room-host.ts";
import type { Timeline } from "./timeline.ts";

interface Asked {
  readonly ref: string;
  readonly connection: ConnectionId;
  readonly before: Position;
  readonly answer: PromiseWithResolvers<boolean>;
}

export class OlderPages {
  readonly #room: RoomName;
  readonly #host: RoomHost;
  readonly #timeline: Timeline;
  #asked: Asked | undefined;

  constructor(room: RoomName, host: RoomHost, timeline: Timeline) {
    this.#room = room;
    this.#host = host;
    this.#timeline = timeline;
  }

  /** Whether something was loaded. */
  load(connection: ConnectionId | undefined, limit: number): Promise<boolean> {
    if (this.#asked !== undefined) return this.#asked.answer.promise;
    const { before } = this.#timeline;
    if (before === undefined || connection === undefined) return Promise.resolve(false);
    const ref = this.#host.newRef();
    const answer = Promise.withResolvers<boolean>();
    this.#asked = { ref, connection, before, answer };
    this.#host.send(connection, { type: "history", ref, room: this.#room, before, limit });
    return answer.promise;
  }

  isWaitingOn(connection: ConnectionId): boolean {
    return this.#asked?.connection === connection;
  }

  received({ ref, events, more }: Page): void {
    if (this.#asked === undefined || ref !== this.#asked.ref) return;
    this.#answer(this.#timeline.insert(this.#asked.before, events, more) && events.length > 0);
  }

  refused(ref: string): void {
    if (ref === this.#asked?.ref) this.#answer(false);
  }

  lost(connection: ConnectionId): void {
    if (this.isWaitingOn(connection)) this.#answer(false);
  }

  close(): void {
    this.#answer(false);
  }

  #answer(loaded: boolean): void {
    const asked = this.#asked;
    this.#asked = undefined;
    asked?.answer.resolve(loaded);
  }
}
