/**
 * Follows the nodes of a cluster: which one is the master of each partition's slot.
 *
 * Always true:
 * - Each partition has one slot, and connections of its own. A connection asks here for its node before it
 *   opens.
 * - The slots are asked for again if the last answer is older than half a second. All nodes that are known
 *   are asked at once, and the first answer counts.
 * - If a node says that a slot has moved, all connections of that partition go to the new node.
 */
import { addressText, type Address, type RedisAccess } from "./access.ts";
import { greet, openClient } from "./client.ts";
import { CALL_TIMEOUT_MS } from "./connection.ts";
import { slotOf } from "./hash-slot.ts";
import type { Keys } from "./keys.ts";
import { PARTITIONS } from "./keys.ts";
import type { Locator, Place } from "./locator.ts";
import { causeText } from "./outage-cause.ts";
import { listIn, numberIn, textIn } from "./reply.ts";

const FRESH_MS = 500;

interface SlotRange {
  readonly first: number;
  readonly last: number;
  /** The master first. */
  readonly nodes: readonly Address[];
}

/** The reply to CLUSTER SLOTS. A node without a host is on the host that was asked. */
export const slotRangesIn = (reply: unknown, asked: Address): readonly SlotRange[] =>
  listIn(reply).map((range) => {
    const [first, last, ...nodes] = listIn(range);
    return {
      first: numberIn(first),
      last: numberIn(last),
      nodes: nodes.map((node) => {
        const [host, port] = listIn(node);
        return {
          host: host === null || host === "" ? asked.host : textIn(host),
          port: numberIn(port),
        };
      }),
    };
  });

export class ClusterNodes implements Locator {
  readonly groups = PARTITIONS;
  readonly #access: RedisAccess;
  readonly #seeds: readonly Address[];
  readonly #slots: readonly number[];
  /** The master of each partition. */
  #masters: readonly (Address | undefined)[] = [];
  /** All nodes of the last answer. */
  #nodes: readonly Address[] = [];
  #refreshedAt = -Infinity;
  #refreshing: Promise<void> | undefined = undefined;
  readonly #listeners = new Map<number, Set<(address: Address) => void>>();

  constructor(seeds: readonly Address[], access: RedisAccess, keys: Keys) {
    this.#seeds = seeds;
    this.#access = access;
    this.#slots = Array.from({ length: PARTITIONS }, (_, partition) => slotOf(keys.hashTag(partition)));
  }

  readonly place = (group: number): Place => ({
    locate: () => this.#locate(group),
    onMove: (listener) => {
      const listeners = this.#listeners.get(group) ?? new Set();
      this.#listeners.set(group, listeners.add(listener));
      return () => listeners.delete(listener);
    },
    moved: (address) => {
      this.#masters = Array.from({ length: PARTITIONS }, (_, partition) =>
        partition === group ? address : this.#masters[partition],
      );
      for (const listener of this.#listeners.get(group) ?? []) listener(address);
    },
  });

  readonly close = (): void => this.#listeners.clear();

  async #locate(group: number): Promise<Address> {
    if (performance.now() - this.#refreshedAt > FRESH_MS) {
      this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = undefined));
      await this.#refreshing;
    }
    const master = this.#masters[group];
    if (master === undefined) throw new Error(`no node of the cluster serves slot ${this.#slots[group]}`);
    return master;
  }

  async #refresh(): Promise<void> {
    const known = new Map([...this.#nodes, ...this.#seeds].map((node) => [addressText(node), node]));
    const ranges = await Promise.any(Array.from(known.values(), (node) => this.#ask(node))).catch(
      (failure: unknown) => {
        const causes = failure instanceof AggregateError ? failure.errors.map(causeText) : [String(failure)];
        throw new Error(`no node of the cluster can be reached: ${[...new Set(causes)].join("; ")}`);
      },
    );
    this.#refreshedAt = performance.now();
    this.#nodes = ranges.flatMap(({ nodes }) => nodes);
    this.#masters = this.#slots.map(
      (slot) => ranges.find(({ first, last }) => first <= slot && slot <= last)?.nodes[0],
    );
  }

  async #ask(node: Address): Promise<readonly SlotRange[]> {
    const { tls, credentials } = this.#access;
    const client = openClient(node, tls, CALL_TIMEOUT_MS, () => undefined);
    let cause: unknown = new Error("the connection was closed");
    client.on("error", (error) => (cause = error));
    try {
      await new Promise<void>((resolve, reject) => {
        client.once("ready", resolve);
        client.once("end", () => reject(cause));
      });
      await greet(client, credentials, 0);
      const ranges = slotRangesIn(await client.call("CLUSTER", "SLOTS"), node);
      if (ranges.length === 0) throw new Error(`${addressText(node)} belongs to no cluster`);
      return ranges;
    } finally {
      client.disconnect();
    }
  }
}
