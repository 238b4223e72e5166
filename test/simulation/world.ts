/**
 * A simulated world: instances of the service, people who use it, the network and the log between them, and
 * mishaps. A seed determines all of it.
 *
 * The seed also selects the kinds of mishaps of a world. With only a few kinds, the effects of each show
 * clearly, and a world whose log never diverges must show no gap at all. After the mishaps everything is
 * repaired, and the world must settle within a limited time.
 */
import type { Settings } from "../../src/app/instance/settings.ts";
import { parseRoomName, type RoomName } from "../../src/domain/room-name.ts";
import { encodeEvent } from "../../src/wire/encode.ts";
import { seededRandom, type SeededRandom } from "../support/seeded-random.ts";
import { Instance } from "./instance.ts";
import type { LogLink } from "./log-link.ts";
import { MISHAPS, type Mishap } from "./mishaps.ts";
import { Network } from "./network.ts";
import { Person } from "./person.ts";
import { isAtRest, judge, type JudgedWorld } from "./rules.ts";
import { RecordedLog } from "./recorded-log.ts";
import { SimulatedTime } from "../support/simulated-time.ts";
import { Outages } from "./outages.ts";

const STEPS = 40;
const MAX_STEP_MS = 800;
/** The time in which a repaired world must settle: more than the longest backoff of a client. */
const SETTLE_WITHIN_MS = 90_000;
const CHECK_EVERY_MS = 1_000;

export interface Finding {
  /** The id of a rule in SPEC.md. */
  readonly rule: string;
  readonly description: string;
}

export interface Outcome {
  readonly seed: number;
  readonly findings: readonly Finding[];
  /** The number of events, to check that something happened. */
  readonly events: number;
  readonly connections: number;
  readonly mishaps: readonly string[];
}

/** Called with each line of the trace. */
export type Trace = (line: string) => void;

const roomNamed = (name: string): RoomName => {
  const parsed = parseRoomName(name);
  if (!parsed.ok) throw new Error(`not a room: ${name}`);
  return parsed.value;
};

const settingsOf = (random: SeededRandom, maxEvents: number): Settings["Service"] => ({
  heartbeatMs: 2_000,
  requestTimeoutMs: random.pick([3_600_000, 3_600_000, 12_000]),
  graceMs: 3_000,
  leaseMs: 6_000,
  backlogEvents: Math.min(random.pick([4, 20, 1_000]), maxEvents),
  messages: { perSecond: 10, burst: 20 },
  textLength: 4_000,
  roomsPerConnection: 100,
  maxConnections: 10_000,
  connectionsPerAddress: 0,
  backlogBytes: 1_000_000,
  newRooms: undefined,
  requests: undefined,
  trustedProxies: 0,
  slowReaderBytes: 2_000,
  memoryBudgetBytes: 1_000_000_000,
  allowedHosts: new Set<string>(),
  allowedOrigins: new Set(),
});

export class World implements JudgedWorld {
  readonly random: SeededRandom;
  readonly time = new SimulatedTime();
  readonly log: RecordedLog;
  readonly network: Network;
  readonly instances: Instance[] = [];
  readonly people: Person[] = [];
  readonly rooms: readonly RoomName[];
  readonly outages = new Outages();
  readonly graceMs: number;
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  readonly now: () => number;
  readonly #settings: Settings["Service"];
  readonly #links = new Set<LogLink>();
  readonly #findings: Finding[] = [];
  readonly #trace: Trace | undefined;
  #count = 0;

  constructor(seed: number, trace: Trace | undefined) {
    const random = seededRandom(seed);
    const maxEvents = random.pick([100_000, 100_000, 12]);
    const settings = settingsOf(random, maxEvents);
    const { graceMs, leaseMs, heartbeatMs } = settings;
    this.random = random;
    this.graceMs = graceMs;
    this.leaseMs = leaseMs;
    this.heartbeatMs = heartbeatMs;
    this.now = this.time.now;
    this.#settings = settings;
    this.#trace = trace;
    this.rooms = ["lobby", "garden"].slice(0, 1 + random.below(2)).map(roomNamed);
    this.log = new RecordedLog({ now: this.time.now, graceMs, leaseMs, maxEvents, rooms: this.rooms });
    this.log.onAppended = (room, entry) => {
      this.say(() => `the log of ${room} has ${encodeEvent(entry)}`);
      for (const link of this.#links) link.wake(room);
    };
    this.network = new Network(this.time, random, () => this.instances);
  }

  say(line: () => string): void {
    this.#trace?.(`${(this.time.elapsed / 1000).toFixed(3).padStart(8)} ${line()}`);
  }

  readonly report = (rule: string, description: string): void => {
    this.say(() => `[${rule}] BROKEN: ${description}`);
    this.#findings.push({ rule, description });
  };

  readonly newId = (): string => {
    this.#count += 1;
    return `id-${this.#count}`;
  };

  get running(): readonly Instance[] {
    return this.instances.filter(({ process }) => process.state === "running");
  }

  startInstance(): void {
    const { time, random, log } = this;
    const name = `instance-${this.instances.length + 1}`;
    const channels = { time, random, log, links: this.#links };
    this.instances.push(
      new Instance(name, this.#settings, channels, this.newId, (description) =>
        this.report("W5", description),
      ),
    );
    this.say(() => `${name} starts`);
  }

  bringPerson(): void {
    const { network, random, log, outages, rooms, newId, report } = this;
    const name = ["Ada", "Ben", "Cleo", "Dan"][this.people.length] ?? `Guest ${this.people.length}`;
    const say = (line: () => string): void => this.say(line);
    this.people.push(new Person(name, { network, random, log, outages, rooms, newId, report, say }));
  }

  run(seed: number): Outcome {
    const { random } = this;
    const kinds = Object.entries(MISHAPS).filter(() => random.below(2) === 0);
    for (let count = 1 + random.below(3); count > 0; count -= 1) this.startInstance();
    for (let count = 2 + random.below(3); count > 0; count -= 1) this.bringPerson();
    for (let step = 0; step < STEPS; step += 1) {
      random.pick(this.people).act();
      if (kinds.length > 0 && random.below(4) === 0) this.#apply(...random.pick(kinds));
      this.time.advance(random.below(MAX_STEP_MS));
    }
    this.#repair();
    for (let waited = 0; waited < SETTLE_WITHIN_MS && !isAtRest(this); waited += CHECK_EVERY_MS) {
      this.time.advance(CHECK_EVERY_MS);
    }
    judge(this, this.report);
    return {
      seed,
      findings: this.#findings,
      events: this.rooms.reduce((sum, room) => sum + this.log.records(room).size, 0),
      connections: this.network.connections.length,
      mishaps: kinds.map(([name]) => name),
    };
  }

  #apply(name: string, mishap: Mishap): void {
    this.say(() => `── ${name}`);
    mishap(this);
  }

  /** Repairs everything: links are up, and frozen processes go on. */
  #repair(): void {
    this.say(() => "── everything is repaired");
    for (const instance of this.instances) {
      instance.process.thaw();
      instance.link.lagMs = 0;
      instance.link.set(true);
    }
    for (const person of this.people) person.thaw();
    for (const connection of this.network.connections) connection.flow();
    if (!this.instances.some(({ isOpen }) => isOpen)) this.startInstance();
  }
}

/** Runs one world. */
export const simulate = (seed: number, trace?: Trace): Outcome => new World(seed, trace).run(seed);
