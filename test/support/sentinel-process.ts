/**
 * A Redis Sentinel of a test's own. It watches a master, and fails over to a replica within a second or two.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { spawn, type ChildProcess } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { freePort } from "./free-port.ts";
import { doNotOutlive } from "./lifetime.ts";
import type { RedisProcess } from "./redis-process.ts";

export const MASTER = "mymaster";
const DOWN_AFTER_MS = 1_000;

export class SentinelProcess {
  readonly port: number;
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #password: string;

  private constructor(port: number, folder: string, child: ChildProcess, password: string) {
    this.port = port;
    this.#folder = folder;
    this.#child = child;
    this.#password = password;
  }

  static async start(master: RedisProcess, quorum: number, password: string): Promise<SentinelProcess> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), "gapless-sentinel-"));
    const file = join(folder, "sentinel.conf");
    await writeFile(
      file,
      [
        `port ${port}`,
        "bind 127.0.0.1",
        `requirepass ${password}`,
        `sentinel sentinel-pass ${password}`,
        `sentinel monitor ${MASTER} 127.0.0.1 ${master.port} ${quorum}`,
        `sentinel down-after-milliseconds ${MASTER} ${DOWN_AFTER_MS}`,
        `sentinel failover-timeout ${MASTER} 4000`,
        "",
      ].join("\n"),
    );
    // Debian's redis-sentinel is the same program as redis-server.
    const child = spawn("redis-server", [file, "--sentinel"], { cwd: folder, stdio: "ignore" });
    doNotOutlive(child);
    return new SentinelProcess(port, folder, child, password);
  }

  /** The URL with the sentinel's own password. */
  get url(): string {
    return `redis://:${this.#password}@127.0.0.1:${this.port}`;
  }

  async command(...words: readonly string[]): Promise<unknown> {
    const connection = new Redis({ port: this.port, password: this.#password });
    connection.on("error", () => undefined);
    try {
      return await connection.call("SENTINEL", ...words);
    } finally {
      connection.disconnect();
    }
  }

  /** Whether it knows a replica and so many other sentinels. */
  async knows(replicas: number, sentinels: number): Promise<boolean> {
    const [slaves, others] = [
      await this.command("REPLICAS", MASTER),
      await this.command("SENTINELS", MASTER),
    ];
    const isUp = (fields: unknown): boolean => JSON.stringify(fields).includes('"flags","slave"');
    return (
      Array.isArray(slaves) &&
      slaves.filter(isUp).length === replicas &&
      Array.isArray(others) &&
      others.length === sentinels
    );
  }

  async remove(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const closed = once(this.#child, "close");
      this.#child.kill("SIGKILL");
      await closed;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}
