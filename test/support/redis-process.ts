/**
 * A Redis process for one test, which may stop, freeze, empty, restart and fail over it. It keeps its append-
 * only file and its port across a restart.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { doNotOutlive } from "./lifetime.ts";
import { freePort } from "./free-port.ts";

export class RedisProcess {
  readonly port: number;
  readonly #directory: string;
  #child: ChildProcess | undefined;

  private constructor(port: number, directory: string) {
    this.port = port;
    this.#directory = directory;
  }

  /** Reserves a port and a folder. Nothing runs yet. */
  static async prepare(): Promise<RedisProcess> {
    return new RedisProcess(await freePort(), await mkdtemp(join(tmpdir(), "gapless-redis-")));
  }

  static async start(): Promise<RedisProcess> {
    const redis = await RedisProcess.prepare();
    await redis.restart();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Ends the process, and deletes its files. */
  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Starts the process on its files. `more` are options of redis-server. */
  async restart(...more: readonly string[]): Promise<void> {
    await this.kill();
    const options = {
      port: `${this.port}`,
      bind: "127.0.0.1",
      save: "",
      appendonly: "yes",
      appendfsync: "always",
      "repl-diskless-sync-delay": "0",
    };
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn("redis-server", [...words, ...more], { cwd: this.#directory });
    doNotOutlive(child);
    this.#child = child;
    let output = "";
    const ended = once(child, "close").then(() => {
      throw new Error(`redis-server ended:\n${output}`);
    });
    const ready = new Promise<void>((resolve) => {
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (output.includes("Ready to accept connections")) resolve();
      });
    });
    await Promise.race([ready, ended]);
    ended.catch(() => undefined);
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, "close");
    child.kill("SIGKILL");
    await closed;
  }

  /** SIGSTOP: it keeps its connections, and answers nothing. */
  pause(): void {
    this.#child?.kill("SIGSTOP");
  }

  resume(): void {
    this.#child?.kill("SIGCONT");
  }

  /** Does an operator's work, over a connection of its own. */
  async operate<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const connection = new Redis(this.url, { maxRetriesPerRequest: 1 });
    connection.on("error", () => undefined);
    try {
      return await work(connection);
    } finally {
      connection.disconnect();
    }
  }

  /** Runs one command. */
  command(name: string, ...words: readonly string[]): Promise<unknown> {
    return this.operate((redis) => redis.call(name, ...words));
  }

  /** Makes this server a replica of another. */
  async follow(primary: RedisProcess): Promise<void> {
    await this.command("REPLICAOF", "127.0.0.1", `${primary.port}`);
  }

  /** Makes this replica a primary. */
  async promote(): Promise<void> {
    await this.command("REPLICAOF", "NO", "ONE");
  }
}
