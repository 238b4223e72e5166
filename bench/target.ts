/**
 * The servers under measurement: Gapless with its own Redis, and a bare `ws` server in one process. Both are
 * started anew for each measurement.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "../test/support/free-port.ts";
import { Instance } from "../test/support/instance.ts";
import { doNotOutlive } from "../test/support/lifetime.ts";

export interface Target {
  readonly name: string;
  readonly ports: readonly number[];
  /** The processes whose sockets the clients are connected to. */
  readonly servers: readonly number[];
  /** All processes of the target. */
  readonly pids: readonly number[];
  readonly stop: () => Promise<void>;
}

const WITHOUT_LIMITS = {
  TOKEN_SECRET: "a secret of the bench and long enough for one",
  MESSAGES_PER_SECOND: "1000000",
  MESSAGE_BURST: "1000000",
  MAX_CONNECTIONS: "20000",
  // All load comes from one address.
  NEW_ROOMS_PER_MINUTE: "0",
  REQUESTS_PER_SECOND: "0",
  MEMORY_BUDGET_BYTES: "4000000000",
  // The load answers no pings.
  HEARTBEAT_MS: "600000",
  ROOM_MAX_EVENTS: "10000",
};

/** Starts a program, and waits until its output matches `ready`. */
const startProgram = async (program: string, args: readonly string[], ready: RegExp) => {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  doNotOutlive(child);
  let output = "";
  const found = new Promise<string>((resolve, reject) => {
    child.once("exit", () => reject(new Error(`${program} has ended:\n${output}`)));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const match = ready.exec(output);
      if (match !== null) resolve(match[1] ?? "");
    });
  });
  const match = await found;
  const stop = async (): Promise<void> => {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  return { pid: child.pid ?? 0, match, stop };
};

export const startGapless = async (instances: number): Promise<Target> => {
  const port = await freePort();
  const options = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", ""];
  const redis = await startProgram("redis-server", options, /(Ready to accept)/);
  const settings = { ...WITHOUT_LIMITS, REDIS_URL: `redis://127.0.0.1:${port}` };
  const running = await Promise.all(Array.from({ length: instances }, () => Instance.start(settings)));
  const servers = running.map(({ process }) => process.pid);
  return {
    name: "Gapless",
    ports: running.map((instance) => instance.port),
    servers,
    pids: [...servers, redis.pid],
    stop: async () => {
      await Promise.all(running.map((instance) => instance.kill()));
      await redis.stop();
    },
  };
};

export const startBare = async (): Promise<Target> => {
  const program = fileURLToPath(new URL("bare-server.ts", import.meta.url));
  const server = await startProgram(process.execPath, [program], /:(\d+)\s/);
  return {
    name: "a bare ws loop",
    ports: [Number(server.match)],
    servers: [server.pid],
    pids: [server.pid],
    stop: server.stop,
  };
};
