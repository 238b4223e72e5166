/**
 * What every chapter of the conformance tests stands on: a real server on one of the two logs, clients that are ended with the test that made
 * them, and rooms that no other test is in.
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

/** Beats that tests can wait for, and no limit that they would run into unless they mean to. */
export const QUICK: Environment = {
  HEARTBEAT_MS: "1500",
  PRESENCE_GRACE_S: "1",
  MESSAGES_PER_SECOND: "100000",
  MESSAGE_BURST: "100000",
  NEW_ROOMS_PER_MINUTE: "0",
  REQUESTS_PER_SECOND: "0",
  TOKEN_SECRET: "a secret that only the tests know and that is long enough",
};

/** The settings that put a server on a log; on the embedded one, in a folder of its own. */
export const settingsOf = async (log: Log, life: Lifetime): Promise<Environment> => {
  if (log === "Redis") return { ...QUICK, REDIS_URL: inject("redisUrl") };
  const folder = await mkdtemp(join(tmpdir(), "gapless-data-"));
  life.own(folder, (path) => rm(path, { recursive: true, force: true }));
  return { ...QUICK, DATA_DIR: folder };
};

/** Starts an instance that ends with the lifetime. */
export const startInstance = async (life: Lifetime, settings: Environment): Promise<Instance> =>
  life.own(await Instance.start(settings), (instance) => instance.kill());

/** A room's name that nobody has used yet. */
export const newRoom = (): string => `room-${crypto.randomUUID()}`;

export interface Guest {
  readonly client: WireClient;
  readonly welcome: FrameOf<"welcome">;
}

/** A server for the tests of one chapter, started before the first and killed after the last. */
export class Chapter {
  readonly #life = new Lifetime();
  readonly #test = new Lifetime();
  #server: Instance | undefined;

  constructor(log: Log, settings: Environment = {}) {
    beforeAll(async () => {
      const environment = { ...(await settingsOf(log, this.#life)), ...settings };
      this.#server = await startInstance(this.#life, environment);
    });
    afterEach(() => this.#test.end());
    afterAll(() => this.#life.end());
  }

  get server(): Instance {
    if (this.#server === undefined) throw new Error("the server is not running");
    return this.#server;
  }

  /** What ends with the test that runs. */
  get lifetime(): Lifetime {
    return this.#test;
  }

  /** A connection that has said nothing yet. */
  async connect(options: ConnectOptions = {}): Promise<WireClient> {
    const client = await WireClient.connect(this.server.webSocketUrl, options);
    return this.#test.own(client, (one) => one.cut());
  }

  /** A connection that has said hello. */
  async greet(name: string, token?: string): Promise<Guest> {
    const client = await this.connect();
    return { client, welcome: await client.hello(name, token) };
  }

  /** A connection that has said hello, and joined. */
  async enter(name: string, room: string): Promise<WireClient> {
    const { client } = await this.greet(name);
    await client.join(room);
    return client;
  }
}
