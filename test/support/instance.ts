/**
 * A real server process, started as `npm start` starts it, with the settings of a test. Of the environment of
 * the tests it gets only PATH. All servers share a compile cache, so that only the first one strips and
 * compiles the sources.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { doNotOutlive } from "./lifetime.ts";

export type Environment = Readonly<Record<string, string>>;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const COMPILE_CACHE = fileURLToPath(new URL("../../node_modules/.cache/gapless-server", import.meta.url));
const OLDEST_NODE = 24;
const STARTS_WITHIN_MS = 60_000;
const ENDS_WITHIN_MS = 60_000;
const ADDRESS = /https?:\/\/\S+?:(\d+)/;

/**
 * The Node that runs the service: the current one, or the one that npm has installed if the current one is
 * too old.
 */
export const nodeBinary = (): string =>
  Number(process.versions.node.split(".")[0]) >= OLDEST_NODE
    ? process.execPath
    : fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url));

/** The threads of a process, and where in the kernel each waits. Empty if the system is not Linux. */
const threadsOf = (pid: number): string => {
  const read = (thread: string, what: string) =>
    readFileSync(`/proc/${pid}/task/${thread}/${what}`, "utf8").trim();
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.map((one) => `${read(one, "comm")} in ${read(one, "wchan")}`).join("\n");
  } catch {
    return "";
  }
};

/** A process of the service. Its start may fail. */
export class ServerProcess {
  readonly #exited: Promise<Exit>;
  stdout = "";
  stderr = "";
  readonly #child: ChildProcess;

  constructor(environment: Environment) {
    const child = spawn(nodeBinary(), ["--optimize-for-size", "src/main.ts"], {
      cwd: ROOT,
      env: {
        PATH: process.env["PATH"] ?? "",
        NODE_COMPILE_CACHE: COMPILE_CACHE,
        HOST: "127.0.0.1",
        PORT: "0",
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    doNotOutlive(child);
    child.stdout.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    this.#exited = new Promise((resolve) => {
      child.once("close", (code, signal) => resolve({ code, signal }));
    });
    this.#child = child;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The port, from the line that a server prints when it serves. */
  async port(): Promise<number> {
    const deadline = AbortSignal.timeout(STARTS_WITHIN_MS);
    const ended = this.#exited.then(() => "ended" as const);
    for (;;) {
      const port = ADDRESS.exec(this.stdout)?.[1];
      if (port !== undefined) return Number(port);
      const news = once(this.#child.stdout ?? this.#child, "data", { signal: deadline }).then(
        () => "output" as const,
        () => "late" as const,
      );
      const what = await Promise.race([news, ended]);
      if (what !== "output") {
        this.signal("SIGKILL");
        throw new Error(`the server did not start (${what}):\n${this.stdout}\n${this.stderr}`);
      }
    }
  }

  /**
   * Waits until the process has ended. If it does not end in time, kills it and fails, with its output and
   * the state of its threads: Node itself can hang when it exits (nodejs/node#54918).
   */
  async end(): Promise<Exit> {
    let late: NodeJS.Timeout | undefined;
    const never = new Promise<never>((_, reject) => {
      late = setTimeout(() => {
        const threads = threadsOf(this.pid);
        this.signal("SIGKILL");
        reject(new Error(`the server did not end:\n${this.stdout}\n${this.stderr}\n${threads}`));
      }, ENDS_WITHIN_MS);
    });
    try {
      return await Promise.race([this.#exited, never]);
    } finally {
      clearTimeout(late);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

/** A running server. */
export class Instance {
  readonly process: ServerProcess;
  readonly port: number;

  private constructor(process: ServerProcess, port: number) {
    this.process = process;
    this.port = port;
  }

  static async start(environment: Environment): Promise<Instance> {
    const process = new ServerProcess(environment);
    return new Instance(process, await process.port());
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get webSocketUrl(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** SIGTERM: the platform's request to shut down. */
  stop(): Promise<Exit> {
    this.process.signal("SIGTERM");
    return this.process.end();
  }

  /** SIGKILL. */
  kill(): Promise<Exit> {
    this.process.signal("SIGKILL");
    return this.process.end();
  }

  /** SIGSTOP: the process keeps its connections, and does nothing. */
  pause(): void {
    this.process.signal("SIGSTOP");
  }

  resume(): void {
    this.process.signal("SIGCONT");
  }
}
