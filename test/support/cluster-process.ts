/**
 * A Redis cluster of a test's own: three masters, each with a replica. It fails over within some two seconds.
 */
import { freePort } from "./free-port.ts";
import { RedisProcess } from "./redis-process.ts";

const SLOTS = 16_384;
const NODE_TIMEOUT_MS = 1_500;
const ASSEMBLED_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 50;

interface Member {
  readonly redis: RedisProcess;
  readonly id: string;
  readonly options: readonly string[];
}

/** What CLUSTER NODES says of a slot. */
export interface Owner {
  readonly redis: RedisProcess;
  readonly id: string;
}

export class ClusterProcess {
  readonly #members: readonly Member[];

  private constructor(members: readonly Member[]) {
    this.#members = members;
  }

  static async start(): Promise<ClusterProcess> {
    const members = await Promise.all(Array.from({ length: 6 }, () => ClusterProcess.#startMember()));
    const cluster = new ClusterProcess(members);
    await cluster.#assemble();
    return cluster;
  }

  static async #startMember(): Promise<Member> {
    const redis = await RedisProcess.prepare();
    const options = [
      "--cluster-enabled",
      "yes",
      "--cluster-config-file",
      "nodes.conf",
      "--cluster-port",
      `${await freePort()}`,
      "--cluster-node-timeout",
      `${NODE_TIMEOUT_MS}`,
    ];
    await redis.restart(...options);
    return { redis, id: String(await redis.command("CLUSTER", "MYID")), options };
  }

  async #assemble(): Promise<void> {
    const [first] = this.#members;
    if (first === undefined) return;
    const masters = this.#members.slice(0, 3);
    for (const [index, { redis, options }] of this.#members.entries()) {
      await redis.command("CLUSTER", "SET-CONFIG-EPOCH", `${index + 1}`);
      const busPort = options[options.indexOf("--cluster-port") + 1] ?? "";
      await first.redis.command("CLUSTER", "MEET", "127.0.0.1", `${redis.port}`, busPort);
    }
    for (const [index, { redis }] of masters.entries()) {
      const [from, to] = [index, index + 1].map((part) => Math.floor((part * SLOTS) / masters.length));
      await redis.command("CLUSTER", "ADDSLOTSRANGE", `${from}`, `${(to ?? SLOTS) - 1}`);
    }
    await this.until(async () => {
      const known = await Promise.all(this.#members.map(({ redis }) => redis.command("CLUSTER", "NODES")));
      return known.every((nodes) => String(nodes).trim().split("\n").length === this.#members.length);
    });
    for (const [index, { redis }] of this.#members.slice(3).entries()) {
      await redis.command("CLUSTER", "REPLICATE", masters[index]?.id ?? "");
    }
    await this.until(async () => {
      const infos = await Promise.all(this.#members.map(({ redis }) => redis.command("CLUSTER", "INFO")));
      const replicas = await Promise.all(
        this.#members.slice(3).map(({ redis }) => redis.command("INFO", "replication")),
      );
      return (
        infos.every((info) => String(info).includes("cluster_state:ok")) &&
        replicas.every((info) => String(info).includes("master_link_status:up"))
      );
    });
  }

  /** URLs of some of the nodes. */
  get urls(): string {
    return this.#members
      .slice(0, 2)
      .map(({ redis }) => redis.url)
      .join(",");
  }

  get nodes(): readonly RedisProcess[] {
    return this.#members.map(({ redis }) => redis);
  }

  /** The master of a slot, as a node that is up tells. */
  async ownerOf(slot: number): Promise<Owner> {
    const masters = (await this.#nodes()).filter(({ flags }) => flags.includes("master"));
    const owner = masters.find(({ ranges }) =>
      ranges.some(([from = 0, to = from]) => from <= slot && slot <= to),
    );
    return this.#member(owner?.id);
  }

  /** A replica of a master. */
  async replicaOf(master: Owner): Promise<Owner> {
    return this.#member((await this.#nodes()).find(({ masterId }) => masterId === master.id)?.id);
  }

  /** Waits until a master has a replica that has everything it has, and gives that replica. */
  async replicaInStep(master: Owner): Promise<Owner> {
    await this.until(async () => {
      const id = (await this.#nodes()).find(({ masterId }) => masterId === master.id)?.id;
      if (id === undefined) return false;
      const [own, copied] = await Promise.all(
        [master, this.#member(id)].map(({ redis }) => redis.command("ROLE")),
      );
      // A master says its offset second; a replica says its link fourth and its offset last.
      return Array.isArray(own) && Array.isArray(copied) && copied[3] === "connected" && copied[4] === own[1];
    });
    return this.replicaOf(master);
  }

  /** A master other than the given one. */
  async otherMaster(than: Owner): Promise<Owner> {
    const other = (await this.#nodes()).find(
      ({ flags, id }) => flags.includes("master") && !flags.includes("fail") && id !== than.id,
    );
    return this.#member(other?.id);
  }

  /** Moves a slot with all its keys, step by step, as `redis-cli --cluster reshard` does. */
  async migrate(slot: number, to: Owner, betweenKeys: () => Promise<void>): Promise<void> {
    const from = await this.ownerOf(slot);
    await to.redis.command("CLUSTER", "SETSLOT", `${slot}`, "IMPORTING", from.id);
    await from.redis.command("CLUSTER", "SETSLOT", `${slot}`, "MIGRATING", to.id);
    for (;;) {
      const keys = await from.redis.command("CLUSTER", "GETKEYSINSLOT", `${slot}`, "1");
      const [key] = Array.isArray(keys) ? keys : [];
      if (key === undefined) break;
      await from.redis.command("MIGRATE", "127.0.0.1", `${to.redis.port}`, String(key), "0", "5000");
      await betweenKeys();
    }
    for (const { redis } of [to, from]) await redis.command("CLUSTER", "SETSLOT", `${slot}`, "NODE", to.id);
  }

  async until(condition: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + ASSEMBLED_WITHIN_MS;
    while (!(await condition())) {
      if (performance.now() > deadline) throw new Error("the cluster did not come to the expected state");
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  async remove(): Promise<void> {
    await Promise.all(this.#members.map(({ redis }) => redis.remove()));
  }

  #member(id: string | undefined): Owner {
    const member = this.#members.find((one) => one.id === id);
    if (member === undefined) throw new Error("the cluster has no such node");
    return member;
  }

  async #nodes() {
    const up = await this.#firstUp();
    const lines = String(await up.command("CLUSTER", "NODES"))
      .trim()
      .split("\n");
    return lines.map((line) => {
      const [id = "", , flags = "", masterId = "", , , , , ...slots] = line.split(" ");
      const ranges = slots.filter((one) => !one.startsWith("[")).map((one) => one.split("-").map(Number));
      return { id, flags: flags.split(","), masterId, ranges };
    });
  }

  async #firstUp(): Promise<RedisProcess> {
    for (const { redis } of this.#members) {
      try {
        await redis.command("PING");
        return redis;
      } catch {
        // The next one is tried.
      }
    }
    throw new Error("no node of the cluster is up");
  }
}
