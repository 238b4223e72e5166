/**
 * Somebody who uses the service: the real client in a simulated process, and what they ask of it. They reload the page, go and come back; what their
 * browser keeps stays theirs.
 */
import type { Chat } from "../../src/client/chat.ts";
import { connect } from "../../src/client/connect.ts";
import type { Room } from "../../src/client/room.ts";
import { memoryStore } from "../../src/client/store.ts";
import type { IdempotencyKey } from "../../src/domain/idempotency-key.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import type { SeededRandom } from "../support/seeded-random.ts";
import type { Cable, Network } from "./network.ts";
import { Process } from "./process.ts";
import type { SharedLog } from "./shared-log.ts";
import { Witness, type Blame } from "./witness.ts";

const MOST_SKEW_MS = 60_000;

/** What somebody asked to be posted. */
export interface Wish {
  readonly room: RoomName;
  readonly key: IdempotencyKey;
}

/** A time for which somebody was not there. */
export interface Absence {
  readonly how: "goodbye" | "cut" | "silent";
  readonly from: number;
  /** When they came back. */
  until: number | undefined;
}

export interface Line {
  readonly cable: Cable;
  readonly witness: Witness;
}

export interface Surroundings {
  readonly network: Network;
  readonly random: SeededRandom;
  readonly log: SharedLog;
  readonly rooms: readonly RoomName[];
  readonly newId: () => string;
  readonly blame: Blame;
  readonly say: (line: () => string) => void;
}

export class Person {
  readonly name: string;
  readonly wishes: Wish[] = [];
  /** All their connections so far. */
  readonly lines: Line[] = [];
  readonly #around: Surroundings;
  readonly #store = memoryStore();
  #process: Process | undefined;
  chat: Chat | undefined;
  rooms: readonly Room[] = [];
  readonly absences: Absence[] = [];

  constructor(name: string, around: Surroundings) {
    this.name = name;
    this.#around = around;
    this.come();
  }

  /** The absence that lasts; undefined where they are there. */
  get gone(): Absence | undefined {
    const last = this.absences.at(-1);
    return last?.until === undefined ? last : undefined;
  }

  /** Opens the page. */
  come(): void {
    const { network, random, rooms, newId } = this.#around;
    const process = new Process(network.time, random.below(2 * MOST_SKEW_MS) - MOST_SKEW_MS);
    this.#process = process;
    const { gone } = this;
    if (gone !== undefined) gone.until = network.time.now();
    process.turn(() => {
      const chat = connect({
        url: "ws://chat.example/ws",
        name: this.name,
        store: this.#store,
        openSocket: (_url, _protocol, handlers) => {
          const witness = new Witness(this.#around.log, network.time.now, (rule, words) =>
            this.#around.blame(rule, `${this.name} on ${cable.number}, ${words}`),
          );
          const cable = network.open({
            opened: () => process.turn(handlers.opened),
            received: (text) => {
              this.#around.say(() => `${this.name} ◀─ ${cable.number} ${text}`);
              witness.received(text);
              process.turn(() => handlers.received(text));
            },
            closed: (code) => {
              this.#around.say(() => `${this.name} ◀─ ${cable.number} closed with ${code}`);
              process.turn(() => handlers.closed(code));
            },
          });
          this.lines.push({ cable, witness });
          this.#around.say(() => `${this.name} opens ${cable.number} to ${cable.instance?.name ?? "nobody"}`);
          return {
            send: (text) => {
              this.#around.say(() => `${this.name} ─▶ ${cable.number} ${text}`);
              witness.sent(text);
              cable.send(text);
            },
            close: (code) => {
              this.#around.say(() => `${this.name} ─▶ ${cable.number} closes with ${code}`);
              cable.close(code);
            },
          };
        },
        clock: process,
        random: random.fraction,
        newKey: newId,
      });
      this.chat = chat;
      this.rooms = rooms.map((room) => chat.join(room));
    });
  }

  /** Closes the page, with a goodbye. */
  leave(): void {
    // A page that stands still can say nothing.
    this.thaw();
    this.#go("goodbye");
    this.#process?.turn(() => this.chat?.close());
    this.#process?.kill();
  }

  /** The page is gone without a word: the machine says so of its connections, or does not. */
  vanish(silently: boolean): void {
    this.#go(silently ? "silent" : "cut");
    this.#process?.kill();
    for (const { cable } of this.lines) {
      if (silently) cable.swallow();
      else cable.cut();
    }
  }

  freeze(): void {
    this.#process?.freeze();
  }

  thaw(): void {
    this.#process?.thaw();
  }

  /** Does one of the things that people do. */
  act(): void {
    const { random } = this.#around;
    if (this.gone !== undefined || this.#process?.state !== "running") return;
    const room = random.pick(this.rooms);
    this.#process.turn(() => {
      switch (random.below(8)) {
        case 0:
          return this.#revise(room);
        case 1:
          return room.typing();
        case 2:
          return void room.loadOlder(1 + random.below(20));
        default:
          return this.#post(room);
      }
    });
  }

  #go(how: Absence["how"]): void {
    this.absences.push({ how, from: this.#around.network.time.now(), until: undefined });
  }

  #post(room: Room): void {
    void room.post(`${this.name} says ${this.wishes.length}`);
    const key = room.pending.at(-1)?.key;
    if (key !== undefined) this.wishes.push({ room: room.name, key });
  }

  /** Something about a message that is on view. */
  #revise(room: Room): void {
    const { random } = this.#around;
    const posts = room.items.filter((item) => item.type === "message.posted");
    if (posts.length === 0) return this.#post(room);
    const { id, by } = random.pick(posts);
    const deed = by.id === this.chat?.user?.id ? random.below(3) : 2;
    if (deed === 0) void room.edit(id, `${this.name} means ${this.wishes.length}`);
    else if (deed === 1) void room.delete(id);
    else void room.react(id, "👍", random.below(2) === 0);
  }
}
