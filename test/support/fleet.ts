/**
 * A service as it runs: instances on one Redis behind the front end, and a crowd that posts while a fault is brought about. What it saw is judged by the
 * oracle, against the log as an instance that is left gives it out.
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
/** How long anything may take to come to rest: far longer than it does on a machine that is merely busy. */
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
  readonly crowd: ClientGroup;
  /** Those that the front end sends connections to. */
  instances: readonly Instance[];
  readonly #settings: Environment;
  readonly #life: Lifetime;
  /** Where the log stood when everything had come to rest. */
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
    this.crowd = life.own(
      new ClientGroup({ url, room: this.room, clients, random: () => this.random.fraction() }),
      (crowd) => crowd.close(),
    );
  }

  /** Everything runs, and everybody is in the room. */
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

  /** The instance that one does something to. */
  get first(): Instance {
    const [first] = this.instances;
    if (first === undefined) throw new Error("the fleet has no instance");
    return first;
  }

  /** Starts instances beside those that there are. */
  launch(count: number, settings: Environment = {}): Promise<readonly Instance[]> {
    const all = { ...this.#settings, ...settings };
    return Promise.all(Array.from({ length: count }, () => startInstance(this.#life, all)));
  }

  /** Where connections go from now on. */
  routeTo(instances: readonly Instance[]): void {
    this.instances = instances;
    this.frontEnd.routeTo(instances);
  }

  async gathered(): Promise<void> {
    if (await this.crowd.allJoined(REST_WITHIN_MS)) return;
    throw new Error(`not everybody is in the room: ${this.crowd.problem}`);
  }

  /** Waits until every post has its answer. */
  async answered(): Promise<void> {
    if (await this.crowd.allAnswered(REST_WITHIN_MS)) return;
    throw new Error(`${this.crowd.unanswered} posts have no answer: ${this.crowd.problem}`);
  }

  /** Lets all come to rest, until everybody has all that the log holds; gives the log. Nobody hears anything after that. */
  async rest(): Promise<readonly Event[]> {
    await this.answered();
    await this.gathered();
    this.#until = (await readLog(this.first.url, this.room)).at(-1)?.seq ?? 0;
    await this.crowd.allReached(this.#until, REST_WITHIN_MS);
    this.crowd.close();
    return readLog(this.first.url, this.room);
  }

  /** Who left while the crowd was there, in the log: the goodbyes of its end are none of it. */
  leaves(log: readonly Event[]): readonly Event[] {
    return log.filter(({ type, seq }) => type === "member.left" && seq <= this.#until);
  }

  /** Judges what was seen, or the part of it that is given, against the log. */
  verdict(
    log: readonly Event[],
    records: readonly ClientRecord[] = this.crowd.records(),
    acks: readonly AckRecord[] = this.crowd.acks(),
  ): Verdict {
    return judge({
      logs: new Map([[this.room, log]]),
      until: new Map([[this.room, this.#until]]),
      records,
      acks,
    });
  }
}
