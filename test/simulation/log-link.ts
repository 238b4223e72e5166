/**
 * The link of an instance to the shared log: its ports, with a network in between. Each call takes time in
 * both directions, in the order of the calls. While the link is down a call fails within 2 s, and the caller
 * does not know whether it was executed (D5).
 */
import { Effect } from "effect";
import { LogUnavailable, type EventLog } from "../../src/app/ports/event-log.ts";
import type { History } from "../../src/app/ports/history.ts";
import type { LogTail } from "../../src/app/ports/log-tail.ts";
import type { PresenceBoard } from "../../src/app/ports/presence-board.ts";
import type { Retention } from "../../src/app/ports/retention.ts";
import type { Signals, Typing } from "../../src/app/ports/signals.ts";
import type { Position } from "../../src/domain/position.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import type { Entry } from "../../src/log/entry.ts";
import type { SeededRandom } from "../support/seeded-random.ts";
import type { Process } from "../support/process.ts";
import type { RecordedLog } from "./recorded-log.ts";
import type { SimulatedTime } from "../support/simulated-time.ts";

/** The maximum delay in one direction, except for a tail that lags. */
const MAX_DELAY_MS = 12;
const MAX_LAG_MS = 700;
/** Less than the 2 s of D5, so that there is time to answer. */
const FAILS_WITHIN_MS = 1_800;

interface Follower {
  readonly room: RoomName;
  readonly onEntries: (entries: readonly Entry[]) => void;
  position: Position;
  /** Whether a read is under way. */
  isReading: boolean;
  /** Whether another read became necessary during that read. */
  isDue: boolean;
  isOver: boolean;
}

/** One direction of a link: it delivers later, in the order of sending. */
class DelayLine {
  readonly #time: SimulatedTime;
  #free = 0;

  constructor(time: SimulatedTime) {
    this.#time = time;
  }

  deliverLater(delayMs: number, deliver: () => void): void {
    this.#free = Math.max(this.#free, this.#time.now() + delayMs);
    this.#time.after(this.#free - this.#time.now(), deliver);
  }
}

export interface Channels {
  readonly time: SimulatedTime;
  readonly random: SeededRandom;
  readonly log: RecordedLog;
  /** The links of all instances. */
  readonly links: Set<LogLink>;
}

export class LogLink {
  readonly eventLog: EventLog["Service"];
  readonly history: History["Service"];
  readonly board: PresenceBoard["Service"];
  readonly retention: Retention["Service"];
  readonly #channels: Channels;
  readonly #process: Process;
  readonly #outbound: DelayLine;
  readonly #inbound: DelayLine;
  readonly #followers = new Set<Follower>();
  readonly #listeners = new Map<RoomName, Set<(signal: Typing) => void>>();
  #isUp = true;
  /** The additional time of each read of the tail. */
  lagMs = 0;

  constructor(channels: Channels, process: Process) {
    this.#channels = channels;
    this.#process = process;
    this.#outbound = new DelayLine(channels.time);
    this.#inbound = new DelayLine(channels.time);
    channels.links.add(this);
    const { eventLog, history, board, retention } = channels.log.ports;
    this.eventLog = {
      append: (room, fact) => this.#call(eventLog.append(room, fact)),
      reachable: this.#call(eventLog.reachable),
    };
    this.history = {
      after: (room, position, limit) => this.#call(history.after(room, position, limit)),
      before: (room, position, limit) => this.#call(history.before(room, position, limit)),
      entry: (room, id) => this.#call(history.entry(room, id)),
      diverged: (heads) => this.#call(history.diverged(heads)),
    };
    this.retention = { enforce: this.#call(retention.enforce) };
    this.board = {
      enter: (presences) => this.#call(board.enter(presences)),
      leave: (presences) => this.#call(board.leave(presences)),
      drop: (presences) => this.#call(board.drop(presences)),
      sweep: this.#call(board.sweep),
      members: (room) => this.#call(board.members(room)),
    };
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Cuts the link, or restores it. */
  set(isUp: boolean): void {
    this.#isUp = isUp;
    if (isUp) for (const follower of this.#followers) this.#read(follower);
  }

  lag(): void {
    this.lagMs = this.#channels.random.below(MAX_LAG_MS);
  }

  /** An entry was appended to a room. */
  wake(room: RoomName): void {
    for (const follower of this.#followers) if (follower.room === room) this.#read(follower);
  }

  readonly tail: LogTail["Service"] = {
    follow: (room, from, onEntries) => {
      const follower: Follower = {
        room,
        onEntries,
        position: from,
        isReading: false,
        isDue: false,
        isOver: false,
      };
      this.#followers.add(follower);
      this.#read(follower);
      return () => {
        follower.isOver = true;
        this.#followers.delete(follower);
      };
    },
  };

  readonly signals: Signals["Service"] = {
    publish: (room, signal) => {
      for (const link of this.#channels.links) {
        this.#channels.time.after(this.#delay(), () => {
          if (this.#isUp && link.isUp) link.#signal(room, signal);
        });
      }
    },
    subscribe: (room, onSignal) => {
      const listeners = this.#listeners.get(room) ?? new Set();
      this.#listeners.set(room, listeners.add(onSignal));
      return () => listeners.delete(onSignal);
    },
  };

  #signal(room: RoomName, signal: Typing): void {
    this.#process.turn(() => {
      for (const listener of this.#listeners.get(room) ?? []) listener(signal);
    });
  }

  #call<A>(step: Effect.Effect<A, LogUnavailable>): Effect.Effect<A, LogUnavailable> {
    return Effect.callback<A, LogUnavailable>((resume) => {
      const failsAfterMs = 50 + this.#channels.random.below(FAILS_WITHIN_MS - 50);
      const giveUp = (): void => resume(Effect.fail(new LogUnavailable({ cause: "the link is down" })));
      // A link that is up answers long before this time.
      const cancel = this.#process.after(this.#isUp ? FAILS_WITHIN_MS : failsAfterMs, giveUp);
      this.#outbound.deliverLater(this.#delay(), () => {
        if (!this.#isUp) return;
        const answer = Effect.runSyncExit(step);
        this.#inbound.deliverLater(this.#delay(), () => {
          if (!this.#isUp) return;
          this.#process.turn(() => {
            cancel();
            resume(answer);
          });
        });
      });
      return Effect.sync(cancel);
    });
  }

  #read(follower: Follower): void {
    const { time, log } = this.#channels;
    if (follower.isOver || !this.#isUp) return;
    follower.isDue = follower.isReading;
    if (follower.isReading) return;
    follower.isReading = true;
    time.after(this.#delay() + this.lagMs, () => {
      const entries = this.#isUp ? log.tail(follower.room, follower.position) : [];
      time.after(this.#delay(), () =>
        this.#process.turn(() => {
          follower.isReading = false;
          const last = entries.at(-1);
          // After a lost answer, the next read begins at the same position.
          if (follower.isOver || !this.#isUp) return;
          if (last !== undefined) {
            follower.position = last.id;
            follower.onEntries(entries);
          }
          if (last !== undefined || follower.isDue) this.#read(follower);
        }),
      );
    });
  }

  #delay(): number {
    return this.#channels.random.below(MAX_DELAY_MS);
  }
}
