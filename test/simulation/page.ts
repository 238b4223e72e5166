/**
 * A simulated page: the real client in a simulated process, with a checker on each of its connections.
 */
import type { Chat } from "../../src/client/chat/chat.ts";
import { connect } from "../../src/client/chat/connect.ts";
import type { Room } from "../../src/client/room/room.ts";
import type { OpenSocket } from "../../src/client/platform/socket.ts";
import type { Store } from "../../src/client/platform/store.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import type { SeededRandom } from "../support/seeded-random.ts";
import type { SimulatedConnection, Network } from "./network.ts";
import { Process } from "../support/process.ts";
import type { RecordedLog } from "./recorded-log.ts";
import type { Outages } from "./outages.ts";
import { ConnectionChecker, type Report } from "./connection-checker.ts";

/**
 * For this time after an outage of the log, waiting calls may still fail. A diverged log is noticed by then
 * too (R4).
 */
const RECOVERS_WITHIN_MS = 6_000;
const MAX_SKEW_MS = 60_000;

/** A connection with its checker. */
export interface CheckedConnection {
  readonly connection: SimulatedConnection;
  readonly checker: ConnectionChecker;
}

export interface PageDependencies {
  readonly network: Network;
  readonly random: SeededRandom;
  readonly log: RecordedLog;
  readonly outages: Outages;
  readonly rooms: readonly RoomName[];
  readonly newId: () => string;
  readonly report: Report;
  readonly say: (line: () => string) => void;
}

export class Page {
  readonly chat: Chat;
  readonly rooms: readonly Room[];
  /** All connections of the page so far. */
  readonly connections: CheckedConnection[] = [];
  readonly #name: string;
  readonly #dependencies: PageDependencies;
  readonly #process: Process;

  constructor(name: string, store: Store, dependencies: PageDependencies) {
    const { network, random, newId } = dependencies;
    const process = new Process(network.time, random.below(2 * MAX_SKEW_MS) - MAX_SKEW_MS);
    this.#name = name;
    this.#dependencies = dependencies;
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
    this.rooms = dependencies.rooms.map((room) => this.chat.join(room));
  }

  get isRunning(): boolean {
    return this.#process.state === "running";
  }

  /** Runs an action in the page. */
  run(action: () => void): void {
    this.#process.turn(action);
  }

  freeze(): void {
    this.#process.freeze();
  }

  thaw(): void {
    this.#process.thaw();
  }

  /** Closes the page properly: the client closes its connections with 1000. */
  close(): void {
    // A page that stands still could not close its connections.
    this.thaw();
    this.run(() => this.chat.close());
    this.#process.kill();
  }

  /** The page is gone without a close. `silently`: its machine does not even cut the connections. */
  vanish(silently: boolean): void {
    this.#process.kill();
    for (const { connection } of this.connections) {
      if (silently) connection.swallow();
      else connection.cut();
    }
  }

  readonly #open: OpenSocket = (_url, _protocol, handlers) => {
    const { network, log, outages, report, say } = this.#dependencies;
    const connection = network.open({
      opened: () => this.run(handlers.opened),
      received: (text) => {
        say(() => `${who} ◀─ ${text}`);
        checker.received(text);
        this.run(() => handlers.received(text));
      },
      closed: (code) => {
        say(() => `${who} ◀─ closed with ${code}`);
        this.run(() => handlers.closed(code));
      },
    });
    const who = `${this.#name} on ${connection.number}`;
    const { now } = network.time;
    const isReachable = (): boolean =>
      !outages.between(connection.instance, now() - RECOVERS_WITHIN_MS, now());
    const checker = new ConnectionChecker(log, now, isReachable, (rule, description) =>
      report(rule, `${who}, ${description}`),
    );
    this.connections.push({ connection, checker });
    say(() => `${who} opens to ${connection.instance?.name ?? "nobody"}`);
    return {
      send: (text) => {
        say(() => `${who} ─▶ ${text}`);
        checker.sent(text);
        connection.send(text);
      },
      close: (code) => {
        say(() => `${who} ─▶ closes with ${code}`);
        connection.close(code);
      },
    };
  };
}
