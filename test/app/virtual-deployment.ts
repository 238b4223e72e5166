/**
 * A deployment in virtual time: instances of src/app on one store in memory, without a server. Everything is
 * synchronous: a step of the time runs all that is due, so a test checks the outcome in its next line.
 */
import { Context, Effect, Exit, Layer, Result, Scope } from "effect";
import { onTestFinished } from "vitest";
import { layerMemory, MemoryStore, type MemoryOptions } from "../../src/adapters/memory/layer.ts";
import type { Admitted, Arrival } from "../../src/app/admission/admission.ts";
import { Commands } from "../../src/app/commands/commands.ts";
import { Feeds } from "../../src/app/fan-out/feeds.ts";
import { Gateway } from "../../src/app/instance/gateway.ts";
import { Settings } from "../../src/app/instance/settings.ts";
import { followRevisions } from "../../src/app/instance/upgrades.ts";
import { Entropy } from "../../src/app/ports/entropy.ts";
import { Identity } from "../../src/app/ports/identity.ts";
import { parseRoomName } from "../../src/domain/room-name.ts";
import { readConfiguration } from "../../src/configuration.ts";
import { Process } from "../support/process.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { SimulatedTime } from "../support/simulated-time.ts";
import { LogAccess } from "./log-access.ts";
import { VirtualClient } from "./virtual-client.ts";
import { virtualIdentity } from "./virtual-identity.ts";

/** The defaults of SPEC. */
const defaultSettings = (): Settings["Service"] => {
  const read = readConfiguration({});
  if (!read.ok) throw new Error(read.reason.join("\n"));
  return read.value.settings;
};

export type DeploymentOptions = Partial<
  Settings["Service"] &
    Pick<MemoryOptions, "maxEvents"> & {
      /** In [0, 1): chooses the moment of each rotation (G1). */
      readonly chance: number;
      /** The lifetime of a token. */
      readonly tokenMs: number;
    }
>;

export class VirtualDeployment {
  readonly time = new SimulatedTime();
  readonly store: MemoryStore;
  /** How far the clock of the store is ahead. */
  skewMs = 0;
  readonly #settings: Settings["Service"];
  readonly #options: DeploymentOptions;
  #ids = 0;

  constructor(options: DeploymentOptions = {}) {
    const settings = { ...defaultSettings(), ...options };
    const { graceMs, leaseMs, maxEvents = 100_000 } = settings;
    this.#settings = settings;
    this.#options = options;
    this.store = new MemoryStore({
      now: () => this.time.now() + this.skewMs,
      graceMs,
      leaseMs,
      maxEvents,
      maxAgeMs: 0,
      keyTtlMs: 86_400_000,
      roomIdleMs: 0,
    });
  }

  /** Starts an instance. With a revision, it announces it and follows newer ones (G3). */
  start(revision?: string): VirtualInstance {
    const instance = new VirtualInstance(this, this.#settings, this.#options, revision);
    this.advance(0);
    return instance;
  }

  /** Lets time pass. */
  advance(ms: number): void {
    this.time.advance(ms);
  }

  /** The names of a room's members, as the board of the store has them. */
  membersOf(room: string): readonly string[] {
    const name = parseRoomName(room);
    const board = name.ok ? this.store.rooms.get(name.value)?.board : undefined;
    return [...(board?.members.values() ?? [])].map(({ name }) => name);
  }

  newId(): string {
    this.#ids += 1;
    return `id-${this.#ids}`;
  }
}

/** A deployment of one instance. */
export const startAlone = (options: DeploymentOptions = {}) => {
  const deployment = new VirtualDeployment(options);
  return { deployment, instance: deployment.start() };
};

export class VirtualInstance {
  readonly deployment: VirtualDeployment;
  readonly process: Process;
  readonly access = new LogAccess();
  readonly #scope = Scope.makeUnsafe();
  readonly #context: Context.Context<never>;
  #built: Context.Context<Gateway | Feeds> | undefined;

  constructor(
    deployment: VirtualDeployment,
    settings: Settings["Service"],
    { chance = 0.5, tokenMs }: DeploymentOptions,
    revision: string | undefined,
  ) {
    const { time, store } = deployment;
    const process = new Process(time, 0);
    const bugs: string[] = [];
    this.deployment = deployment;
    this.process = process;
    this.#context = process.context(seededRandom(1), (words) => bugs.push(words));
    const newId = () => deployment.newId();
    const memory = layerMemory({ store, later: (run) => void process.after(0, run) });
    const ports = Layer.mergeAll(
      memory,
      this.access.over(memory),
      Layer.succeed(Identity, virtualIdentity(newId, time.now, tokenMs)),
      Layer.succeed(Entropy, { id: newId, fraction: () => chance }),
      Layer.succeed(Settings, settings),
    );
    const service = Gateway.layer.pipe(
      Layer.provide(Commands.layer),
      Layer.provideMerge(Feeds.layer),
      Layer.provideMerge(ports),
    );
    this.run(
      Effect.gen({ self: this }, function* () {
        const built = yield* Layer.buildWithScope(service, this.#scope);
        this.#built = built;
        if (revision !== undefined) yield* Effect.provide(followRevisions(revision), built);
      }).pipe(Scope.provide(this.#scope)),
    );
    onTestFinished(() => {
      if (bugs.length > 0) throw new Error(bugs.join("\n"));
    });
  }

  get gateway(): Gateway["Service"] {
    return Context.get(this.#started(), Gateway);
  }

  get feeds(): Feeds["Service"] {
    return Context.get(this.#started(), Feeds);
  }

  /** Runs an effect in a turn of the process. */
  run<A, E>(effect: Effect.Effect<A, E>, ended: (exit: Exit.Exit<A, E>) => void = () => {}): void {
    this.process.turn(() => Effect.runForkWith(this.#context)(effect).addObserver(ended));
  }

  /** Runs an effect that ends without waiting, and returns its exit. */
  now<A, E>(effect: Effect.Effect<A, E>): Exit.Exit<A, E> {
    let exit: Exit.Exit<A, E> | undefined;
    this.run(effect, (ended) => {
      exit = ended;
    });
    this.deployment.advance(0);
    if (exit === undefined) throw new Error("it waits for something");
    return exit;
  }

  /** Admits an arrival, or returns the reason why not. */
  admit(arrival: Arrival): Admitted | string {
    const admitted = this.now(Effect.result(this.gateway.admission.admit(arrival)));
    if (Exit.isFailure(admitted)) throw new Error(String(admitted.cause));
    if (Result.isSuccess(admitted.value)) return admitted.value.success;
    const { failure } = admitted.value;
    return failure._tag === "NotAdmitted" ? failure.reason : failure.message;
  }

  connect(address = "192.0.2.1"): VirtualClient {
    return new VirtualClient(this, address);
  }

  /** A client that has said hello. */
  greet(name: string): VirtualClient {
    const client = this.connect();
    client.hello(name);
    return client;
  }

  /** A client that has joined a room. */
  enter(name: string, room: string): VirtualClient {
    const client = this.greet(name);
    client.join(room);
    return client;
  }

  /** SIGTERM: asks all to move, and ends when they have. */
  terminate(ended: () => void = () => {}): void {
    this.run(Effect.andThen(this.gateway.drain, Scope.close(this.#scope, Exit.void)), ended);
    this.deployment.advance(0);
  }

  #started(): Context.Context<Gateway | Feeds> {
    if (this.#built === undefined) throw new Error("the instance has not started");
    return this.#built;
  }
}
