/**
 * A network between a client and a service that delays frames in both directions, cuts connections, and
 * silently drops all frames of a connection. Delivered frames come in order, as on TCP.
 */
import type { OpenSocket } from "../../src/client/platform/socket.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import { Wire } from "./wires.ts";

/** One direction of one connection. */
class Pipe {
  readonly #clock: VirtualClock;
  readonly #delay: () => number;
  #free = 0;
  isBroken = false;

  constructor(clock: VirtualClock, delay: () => number) {
    this.#clock = clock;
    this.#delay = delay;
  }

  carry(deliver: () => void): void {
    this.#free = Math.max(this.#free, this.#clock.now() + this.#delay());
    this.#clock.after(this.#free - this.#clock.now(), () => {
      if (!this.isBroken) deliver();
    });
  }
}

export interface Cable {
  /** The connection as the service sees it. */
  readonly wire: Wire;
  readonly isUp: boolean;
  /** Ends the connection at once, for both ends; frames on the way are lost. */
  readonly cut: () => void;
  /** Makes the next frame of this type unreadable for the client. */
  readonly spoil: (type: string) => void;
  /** Drops all further frames; neither end is told. */
  readonly swallow: () => void;
}

export class UnreliableNetwork {
  readonly cables: Cable[] = [];
  readonly #clock: VirtualClock;
  readonly #delay: () => number;
  readonly #serve: (wire: Wire) => void;

  constructor(clock: VirtualClock, delay: () => number, serve: (wire: Wire) => void) {
    this.#clock = clock;
    this.#delay = delay;
    this.#serve = serve;
  }

  /** The connections that still deliver frames. */
  get up(): readonly Cable[] {
    return this.cables.filter(({ isUp }) => isUp);
  }

  readonly open: OpenSocket = (url, protocol, handlers) => {
    const down = new Pipe(this.#clock, this.#delay);
    const up = new Pipe(this.#clock, this.#delay);
    let spoiling: string | undefined;
    const wire = new Wire(url, protocol, {
      opened: () => down.carry(handlers.opened),
      received: (text) => {
        const spoilt = spoiling !== undefined && text.startsWith(`{"type":"${spoiling}"`);
        if (spoilt) spoiling = undefined;
        down.carry(() => handlers.received(spoilt ? text.slice(1) : text));
      },
      closed: (code) => down.carry(() => handlers.closed(code)),
    });
    const sever = (): void => {
      down.isBroken = true;
      up.isBroken = true;
    };
    this.cables.push({
      wire,
      get isUp() {
        return wire.isOpen && !down.isBroken;
      },
      cut() {
        if (down.isBroken) return;
        sever();
        wire.leave(1006);
        handlers.closed(1006);
      },
      spoil(type) {
        spoiling = type;
      },
      swallow: sever,
    });
    up.carry(() => this.#serve(wire));
    return {
      send: (text) => up.carry(() => wire.take(text)),
      close(code) {
        // The client hears nothing any more.
        down.isBroken = true;
        up.carry(() => wire.leave(code));
      },
    };
  };
}
