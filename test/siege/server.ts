/**
 * The besieged service: a real process with the memory of a container of 512 MiB, and what the system says
 * of it.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeBinary } from "../support/instance.ts";
import { confine } from "./memory-cgroup.ts";
import { doNotOutlive } from "../support/lifetime.ts";

export const CONTAINER_BYTES = 512 * 1024 * 1024;
/** What Node may use of the container's 512 MiB for its heap. The rest is for buffers and code. */
const HEAP_MIB = 320;

export interface Usage {
  readonly descriptors: number;
  readonly rssMiB: number;
  readonly peakRssMiB: number;
  readonly connections: number;
  readonly rooms: number;
}

export class Server {
  readonly url: string;
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #release: (() => void) | undefined;
  #stderr = "";

  private constructor(child: ChildProcess, port: number, folder: string) {
    this.#child = child;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#folder = folder;
    this.#release = confine(child.pid ?? 0, CONTAINER_BYTES);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.#stderr += text));
  }

  static async start(): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), "gapless-siege-"));
    const flags = ["--optimize-for-size", `--max-old-space-size=${HEAP_MIB}`, "src/main.ts"];
    const child = spawn(nodeBinary(), flags, {
      env: {
        PATH: process.env["PATH"] ?? "",
        HOST: "127.0.0.1",
        PORT: "0",
        DATA_DIR: folder,
        // So that attackers come from addresses of their own.
        TRUSTED_PROXIES: "1",
        HEARTBEAT_MS: "2000",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    doNotOutlive(child);
    const [line] = await once(child.stdout, "data");
    const port = Number(/:(\d+)/.exec(String(line).replace("http:", ""))?.[1]);
    return new Server(child, port, folder);
  }

  /** Whether the kernel holds the process to the memory of the container. */
  get confined(): boolean {
    return this.#release !== undefined;
  }

  /** Errors in the service's own log. */
  get errors(): readonly string[] {
    return this.#stderr.split("\n").filter((line) => /"severity":"(ERROR|CRITICAL)"/.test(line));
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async usage(): Promise<Usage> {
    const { pid = 0 } = this.#child;
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const mib = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
    const metrics = await (await fetch(`${this.url}/metrics`)).text();
    const gauge = (name: string) =>
      Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, "m").exec(metrics)?.[1]);
    return {
      descriptors: readdirSync(`/proc/${pid}/fd`).length,
      rssMiB: mib("VmRSS"),
      peakRssMiB: mib("VmHWM"),
      connections: gauge("gapless_connections"),
      rooms: gauge("gapless_rooms"),
    };
  }

  async stop(): Promise<void> {
    const closed = once(this.#child, "close");
    this.#child.kill("SIGTERM");
    await closed;
    this.#release?.();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
