/**
 * The fixture of an integration test file: a real server on one of the two logs, clients that end with the
 * test that made them, and rooms that no other test uses.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, inject } from "vitest";
import { Instance, type Environment } from "./instance.ts";
import { Lifetime } from "./lifetime.ts";
import { WireClient, type ConnectOptions } from "./wire-client.ts";
import type { FrameOf } from "./wire-schema.ts";

export const LOGS = ["the embedded log", "Redis"] as const;
export type Log = (typeof LOGS)[number];

/** Heartbeats short enough to wait for, and limits that a test reaches only if it means to. */
export const QUICK: Environment = {
  HEARTBEAT_MS: "1500",
  PRESENCE_GRACE_S: "1",
  MESSAGES_PER_SECOND: "100000",
  MESSAGE_BURST: "100000",
  NEW_ROOMS_PER_MINUTE: "0",
  REQUESTS_PER_SECOND: "0",
  TOKEN_SECRET: "a secret that only the tests know and that is long enough",
};

/** The settings of a server on this log. On the embedded log it has a folder of its own. */
export const settingsOf = async (log: Log, life: Lifetime): Promise<Environment> => {
  if (log === "Redis") return { ...QUICK, REDIS_URL: inject("redisUrl") };
  const folder = await mkdtemp(join(tmpdir(), "gapless-data-"));
  life.own(folder, (path) => rm(path, { recursive: true, force: true }));
  return { ...QUICK, DATA_DIR: folder };
};

/** Starts an instance, and kills it when the lifetime ends. */
export const startInstance = async (life: Lifetime, settings: Environment): Promise<Instance> =>
  life.own(await Instance.start(settings), (instance) => instance.kill());

/** The name of a new room. */
export const newRoom = (): string => `room-${crypto.randomUUID()}`;

export interface Guest {
  readonly client: WireClient;
  readonly welcome: FrameOf<"welcome">;
}

/** What the connections of a test end with: the test, or the file where its tests run at the same time. */
type Scope = "test" | "file";

/** A server that starts before the first test of a file and is killed after the last. */
export class ServerFixture {
  readonly #file = new Lifetime();
  readonly #test: Lifetime;
  #server: Instance | undefined;

  constructor(log: Log, settings: Environment = {}, scope: Scope = "test") {
    this.#test = scope === "test" ? new Lifetime() : this.#file;
    beforeAll(async () => {
      const environment = { ...(await settingsOf(log, this.#file)), ...settings };
      this.#server = await startInstance(this.#file, environment);
    });
    if (scope === "test") afterEach(() => this.#test.end());
    afterAll(() => this.#file.end());
  }

  get server(): Instance {
    if (this.#server === undefined) throw new Error("the server is not running");
    return this.#server;
  }

  /** Ends with the test that runs. */
  get lifetime(): Lifetime {
    return this.#test;
  }

  /** A connection that has not sent anything. */
  async connect(options: ConnectOptions = {}): Promise<WireClient> {
    const client = await WireClient.connect(this.server.webSocketUrl, options);
    return this.#test.own(client, (one) => one.cut());
  }

  /** A connection that has sent `hello`. */
  async greet(name: string, token?: string): Promise<Guest> {
    const client = await this.connect();
    return { client, welcome: await client.hello(name, token) };
  }

  /** A connection that has sent `hello` and joined a room. */
  async enter(name: string, room: string): Promise<WireClient> {
    const { client } = await this.greet(name);
    await client.join(room);
    return client;
  }
}
