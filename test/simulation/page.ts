/**
 * An open page: the real client in a simulated process, with a witness on each of its connections.
 */
import type { Chat } from "../../src/client/chat/chat.ts";
import { connect } from "../../src/client/chat/connect.ts";
import type { Room } from "../../src/client/room/room.ts";
import type { OpenSocket } from "../../src/client/platform/socket.ts";
import type { Store } from "../../src/client/platform/store.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import type { SeededRandom } from "../support/seeded-random.ts";
import type { Cable, Network } from "./network.ts";
import { Process } from "../support/process.ts";
import type { RecordedLog } from "./recorded-log.ts";
import type { Troubles } from "./troubles.ts";
import { Witness, type Blame } from "./witness.ts";

/** Some time after the log was away, what it kept waiting may still fail; and a rewind is noticed within a beat (R4). */
const RECOVERS_WITHIN_MS = 6_000;
const MOST_SKEW_MS = 60_000;

/** A connection, and who watched it. */
export interface Line {
  readonly cable: Cable;
  readonly witness: Witness;
}

export interface Surroundings {
  readonly network: Network;
  readonly random: SeededRandom;
  readonly log: RecordedLog;
  readonly troubles: Troubles;
  readonly rooms: readonly RoomName[];
  readonly newId: () => string;
  readonly blame: Blame;
  readonly say: (line: () => string) => void;
}

export class Page {
  readonly chat: Chat;
  readonly rooms: readonly Room[];
  /** All its connections so far. */
  readonly lines: Line[] = [];
  readonly #name: string;
  readonly #around: Surroundings;
  readonly #process: Process;

  constructor(name: string, store: Store, around: Surroundings) {
    const { network, random, newId } = around;
    const process = new Process(network.time, random.below(2 * MOST_SKEW_MS) - MOST_SKEW_MS);
    this.#name = name;
    this.#around = around;
    this.#process = process;
    this.chat = connect({
      url: "ws://chat.example/ws",
      name,
      store,
      openSocket: this.#open,
      clock: process,
      random: random.fraction,
      newKey: newId,
    });
    this.rooms = around.rooms.map((room) => this.chat.join(room));
  }

  get isRunning(): boolean {
    return this.#process.state === "running";
  }

  /** Does something in the page. */
  run(deed: () => void): void {
    this.#process.turn(deed);
  }

  freeze(): void {
    this.#process.freeze();
  }

  thaw(): void {
    this.#process.thaw();
  }

  /** It is closed, and says goodbye. */
  close(): void {
    // One that stands still can say nothing.
    this.thaw();
    this.run(() => this.chat.close());
    this.#process.kill();
  }

  /** It is gone without a word: its machine says so of its connections, or does not. */
  vanish(silently: boolean): void {
    this.#process.kill();
    for (const { cable } of this.lines) {
      if (silently) cable.swallow();
      else cable.cut();
    }
  }

  readonly #open: OpenSocket = (_url, _protocol, handlers) => {
    const { network, log, troubles, blame, say } = this.#around;
    const cable = network.open({
      opened: () => this.run(handlers.opened),
      received: (text) => {
        say(() => `${who} ◀─ ${text}`);
        witness.received(text);
        this.run(() => handlers.received(text));
      },
      closed: (code) => {
        say(() => `${who} ◀─ closed with ${code}`);
        this.run(() => handlers.closed(code));
      },
    });
    const who = `${this.#name} on ${cable.number}`;
    const { now } = network.time;
    const isReachable = (): boolean => !troubles.between(cable.instance, now() - RECOVERS_WITHIN_MS, now());
    const witness = new Witness(log, now, isReachable, (rule, words) => blame(rule, `${who}, ${words}`));
    this.lines.push({ cable, witness });
    say(() => `${who} opens to ${cable.instance?.name ?? "nobody"}`);
    return {
      send: (text) => {
        say(() => `${who} ─▶ ${text}`);
        witness.sent(text);
        cable.send(text);
      },
      close: (code) => {
        say(() => `${who} ─▶ closes with ${code}`);
        cable.close(code);
      },
    };
  };
}
