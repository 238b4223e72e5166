/**
 * Follows the master that the sentinels name. Every sentinel is asked twice a second, over a connection of
 * its own.
 *
 * Always true:
 * - Sentinels may disagree during a failover. The answer with the highest configuration epoch holds, as among
 *   the sentinels themselves. An answer counts only while its sentinel can be reached.
 * - The address of the last answer holds while no sentinel can be reached.
 * - An outage of a sentinel is not an outage of the service, as long as the master can be reached.
 */
import { addressText, sameAddress, type Address, type RedisAccess, type SentinelServer } from "./access.ts";
import { silentStates } from "./connection-states.ts";
import { CALL_TIMEOUT_MS, Connection } from "./connection.ts";
import { fixedPlace, type Locator, type Place } from "./locator.ts";
import { causeText } from "./outage-cause.ts";
import { listIn, textIn } from "./reply.ts";

const ASK_EVERY_MS = 500;

interface Answer {
  readonly address: Address;
  readonly epoch: number;
}

/** The value of a field in a flat list of names and values. */
const fieldIn = (reply: unknown, name: string): string => {
  const words = listIn(reply).map(textIn);
  const index = words.indexOf(name);
  return index === -1 ? "" : (words[index + 1] ?? "");
};

export class Sentinels implements Locator {
  readonly groups = 1;
  readonly #master: string;
  readonly #connections: readonly Connection[];
  readonly #answers = new Map<Connection, Answer>();
  readonly #listeners = new Set<(address: Address) => void>();
  readonly #timer: NodeJS.Timeout;
  readonly #waiting = new Set<() => void>();
  #address: Address | undefined = undefined;
  /** A sentinel has answered that it knows no such master. */
  #unknown = false;

  constructor(master: string, sentinels: readonly SentinelServer[], access: RedisAccess) {
    this.#master = master;
    this.#connections = sentinels.map(
      ({ address, credentials }) =>
        new Connection(
          {
            access: { ...access, credentials, database: 0 },
            expectedMode: "sentinel",
            // The connections to the master tell whether the service has an outage.
            states: silentStates(),
            onFacts: () => undefined,
          },
          {
            name: `the sentinel at ${addressText(address)}`,
            place: fixedPlace(address),
            onClient: () => this.#askAll(),
          },
        ),
    );
    this.#timer = setInterval(() => this.#askAll(), ASK_EVERY_MS);
    this.#timer.unref();
  }

  readonly place = (): Place => ({
    locate: () => this.#locate(),
    onMove: (listener) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    },
    moved: () => undefined,
  });

  readonly close = (): void => {
    clearInterval(this.#timer);
    for (const connection of this.#connections) connection.close();
    this.#answered();
  };

  async #locate(): Promise<Address> {
    if (this.#address === undefined) await this.#firstAnswer();
    if (this.#address !== undefined) return this.#address;
    if (this.#unknown) throw new Error(`no sentinel knows a master named "${this.#master}" (REDIS_MASTER)`);
    const causes = this.#connections.map(({ cause }) => causeText(cause));
    throw new Error(`no sentinel can be reached: ${[...new Set(causes)].join("; ")}`);
  }

  #firstAnswer(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, CALL_TIMEOUT_MS);
      this.#waiting.add(done);
    });
  }

  #askAll(): void {
    for (const connection of this.#connections) void this.#ask(connection);
  }

  async #ask(connection: Connection): Promise<void> {
    try {
      const [address, facts] = await connection.call((redis) =>
        Promise.all([
          redis.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", this.#master),
          redis.call("SENTINEL", "MASTER", this.#master),
        ]),
      );
      const [host, port] = listIn(address);
      this.#answers.set(connection, {
        address: { host: textIn(host), port: Number(textIn(port)) },
        epoch: Number(fieldIn(facts, "config-epoch")),
      });
      this.#decide();
    } catch (error) {
      this.#answers.delete(connection);
      this.#unknown ||= error instanceof Error && error.message.includes("No such master");
    }
  }

  #decide(): void {
    let newest: Answer | undefined = undefined;
    for (const answer of this.#answers.values()) {
      const isNewer = newest === undefined || answer.epoch > newest.epoch;
      // Of two answers with the same epoch, the master of before holds.
      const isSame = newest?.epoch === answer.epoch && this.#isCurrent(answer.address);
      if (isNewer || isSame) newest = answer;
    }
    if (newest === undefined) return;
    const isNew = !this.#isCurrent(newest.address);
    this.#address = newest.address;
    if (isNew) for (const listener of this.#listeners) listener(newest.address);
    this.#answered();
  }

  #isCurrent(address: Address): boolean {
    return this.#address !== undefined && sameAddress(address, this.#address);
  }

  #answered(): void {
    for (const resume of this.#waiting) resume();
  }
}
