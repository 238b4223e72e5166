/**
 * Loads pages of older events, one at a time. A call while a page is loading gets the promise of that page.
 * If the connection ends or the server refuses, nothing was loaded, and the caller may ask again.
 */
import type { Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import type { Reply } from "../connection/pending-replies.ts";
import type { RoomHost } from "./room-host.ts";
import type { Timeline } from "./timeline.ts";

interface Loading {
  readonly before: Position;
  readonly resolve: (isLoaded: boolean) => void;
}

export class OlderPages {
  readonly #room: RoomName;
  readonly #host: RoomHost;
  readonly #timeline: Timeline;
  #loading: Loading | undefined;
  #loaded: Promise<boolean> = Promise.resolve(false);

  constructor(room: RoomName, host: RoomHost, timeline: Timeline) {
    this.#room = room;
    this.#host = host;
    this.#timeline = timeline;
  }

  /** Resolves to whether events were loaded. */
  load(connection: ConnectionId | undefined, limit: number): Promise<boolean> {
    if (this.#loading !== undefined) return this.#loaded;
    const { before } = this.#timeline;
    if (before === undefined || connection === undefined) return Promise.resolve(false);
    this.#loaded = new Promise((resolve) => {
      const loading = { before, resolve };
      this.#loading = loading;
      this.#host.connections.request(
        connection,
        { type: "history", room: this.#room, before, limit },
        (reply) => this.#replied(loading, reply),
      );
    });
    return this.#loaded;
  }

  close(): void {
    if (this.#loading !== undefined) this.#settle(this.#loading, false);
  }

  #replied(loading: Loading, reply: Reply | undefined): void {
    if (loading !== this.#loading) return;
    const isInserted =
      reply?.type === "page" && this.#timeline.insert(loading.before, reply.events, reply.more);
    this.#settle(loading, isInserted && reply.events.length > 0);
  }

  #settle({ resolve }: Loading, isLoaded: boolean): void {
    this.#loading = undefined;
    resolve(isLoaded);
  }
}
