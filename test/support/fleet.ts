/**
 * A service as it runs in production: instances on one Redis behind the front end, and a group of clients
 * that post. The oracle compares what the clients saw with the log that a remaining instance serves.
 */
import { ClientGroup } from "../../src/probe/client-group.ts";
import { judge, type AckRecord, type Verdict, type ClientRecord } from "../../src/probe/oracle.ts";
import { newRoom, QUICK, startInstance } from "./server-fixture.ts";
import { FrontEnd } from "./front-end.ts";
import type { Environment, Instance } from "./instance.ts";
import type { Lifetime } from "./lifetime.ts";
import { readLog } from "./log-over-http.ts";
import { seededRandom } from "./seeded-random.ts";
import type { Event } from "./wire-schema.ts";

const SEED = 20_261_124;
/** How long a wait may take: far longer than it takes on a busy machine. */
const REST_WITHIN_MS = 60_000;

export interface FleetOptions {
  readonly redisUrl: string;
  readonly clients: number;
  readonly instances?: number;
  readonly settings?: Environment;
  /** After how long the front end cuts a connection. */
  readonly requestTimeoutMs?: number;
}

export class Fleet {
  readonly random = seededRandom(SEED);
  readonly room = newRoom();
  readonly frontEnd: FrontEnd;
  readonly group: ClientGroup;
  /** The instances that the front end sends connections to. */
  instances: readonly Instance[];
  readonly #settings: Environment;
  readonly #life: Lifetime;
  /** The head of the log when all clients had everything. */
  #until = 0;

  private constructor(
    life: Lifetime,
    settings: Environment,
    instances: readonly Instance[],
    frontEnd: FrontEnd,
    clients: number,
  ) {
    this.#life = life;
    this.#settings = settings;
    this.instances = instances;
    this.frontEnd = frontEnd;
    const { webSocketUrl: url } = frontEnd;
    this.group = life.own(
      new ClientGroup({ url, room: this.room, clients, random: () => this.random.fraction() }),
      (group) => group.close(),
    );
  }

  /** Starts everything, and waits until all clients have joined the room. */
  static async start(life: Lifetime, options: FleetOptions): Promise<Fleet> {
    const { redisUrl, clients, requestTimeoutMs, instances: count = 3 } = options;
    const settings = {
      ...QUICK,
      HEARTBEAT_MS: "1000",
      PRESENCE_GRACE_S: "60",
      REDIS_URL: redisUrl,
      ...options.settings,
    };
    const instances = await Promise.all(Array.from({ length: count }, () => startInstance(life, settings)));
    const frontEnd = life.own(
      await FrontEnd.start(instances, {
        random: seededRandom(SEED + 1),
        ...(requestTimeoutMs !== undefined && { requestTimeoutMs }),
      }),
      (one) => one.close(),
    );
    const fleet = new Fleet(life, settings, instances, frontEnd, clients);
    await fleet.gathered();
    return fleet;
  }

  /** The instance that a fault happens to. */
  get first(): Instance {
    const [first] = this.instances;
    if (first === undefined) throw new Error("the fleet has no instance");
    return first;
  }

  /** Starts more instances. */
  launch(count: number, settings: Environment = {}): Promise<readonly Instance[]> {
    const all = { ...this.#settings, ...settings };
    return Promise.all(Array.from({ length: count }, () => startInstance(this.#life, all)));
  }

  /** Sends new connections to these instances. */
  routeTo(instances: readonly Instance[]): void {
    this.instances = instances;
    this.frontEnd.routeTo(instances);
  }

  async gathered(): Promise<void> {
    if (await this.group.allJoined(REST_WITHIN_MS)) return;
    throw new Error(`not all clients are in the room: ${this.group.problem}`);
  }

  /** Waits until every post has an answer. */
  async answered(): Promise<void> {
    if (await this.group.allAnswered(REST_WITHIN_MS)) return;
    throw new Error(`${this.group.unanswered} posts have no answer: ${this.group.problem}`);
  }

  /** Waits until all clients have the whole log, closes them, and returns the log. */
  async rest(): Promise<readonly Event[]> {
    await this.answered();
    await this.gathered();
    this.#until = (await readLog(this.first.url, this.room)).at(-1)?.seq ?? 0;
    await this.group.allReached(this.#until, REST_WITHIN_MS);
    this.group.close();
    return readLog(this.first.url, this.room);
  }

  /** The `member.left` entries from before the clients were closed. */
  leaves(log: readonly Event[]): readonly Event[] {
    return log.filter(({ type, seq }) => type === "member.left" && seq <= this.#until);
  }

  /** Compares what the clients saw, or the given part of it, with the log. */
  verdict(
    log: readonly Event[],
    records: readonly ClientRecord[] = this.group.records(),
    acks: readonly AckRecord[] = this.group.acks(),
  ): Verdict {
    return judge({
      logs: new Map([[this.room, log]]),
      until: new Map([[this.room, this.#until]]),
      records,
      acks,
    });
  }
}
