/**
 * Runs before the tiers that need Redis, and gives their tests `redisUrl`: the Redis that REDIS_URL names,
 * else one in Docker, else a `redis-server` process. The tiers share it. Without any of them the run stops,
 * and says what to install.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { RedisContainer } from "@testcontainers/redis";
import { getContainerRuntimeClient } from "testcontainers";
import type { TestProject } from "vitest/node";
import { freePort } from "./free-port.ts";
import { canInstall, install, need, onPath } from "./program.ts";

declare module "vitest" {
  interface ProvidedContext {
    redisUrl: string;
  }
}

interface Running {
  readonly url: string;
  /** Each tier calls this. */
  readonly stop: () => Promise<unknown>;
}

declare global {
  /** Global, since each tier loads this module again. */
  var redisOfTheTests: Promise<Running> | undefined;
}

const IMAGE = "redis:7.4-alpine";
const PROGRAM = "redis-server";
const REMEDY = `The tests need a Redis: set REDIS_URL, start Docker, or install ${PROGRAM}.`;

const dockerAnswers = (): Promise<boolean> =>
  getContainerRuntimeClient().then(
    () => true,
    () => false,
  );

const inDocker = async (): Promise<Running> => {
  const container = await new RedisContainer(IMAGE).start();
  let stopping: Promise<unknown> | undefined;
  return { url: container.getConnectionUrl(), stop: () => (stopping ??= container.stop()) };
};

/** Docker answers, but gives no Redis, for example where no registry can be reached. */
const withoutDocker = (reason: unknown): Promise<Running> => {
  process.stderr.write(`Docker could not start ${IMAGE} (${String(reason)}): running ${PROGRAM} instead.\n`);
  return asProcess();
};

const asProcess = async (): Promise<Running> => {
  const program = need(() => onPath(PROGRAM), [[PROGRAM]], REMEDY);
  const port = await freePort();
  const child = spawn(
    program,
    ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = once(child, "close");
  const ready = new Promise<"ready">((resolve) => {
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.includes("Ready to accept connections")) resolve("ready");
    });
  });
  if ((await Promise.race([ready, ended])) !== "ready") throw new Error(`${program} did not start.`);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () => {
      child.kill("SIGKILL");
      return ended;
    },
  };
};

const startOnce = async (): Promise<Running> => {
  // Some tests start, freeze and kill a Redis of their own, whichever Redis the others use.
  if (onPath(PROGRAM) === undefined && canInstall()) install([PROGRAM]);
  const given = process.env["REDIS_URL"];
  if (given !== undefined && given !== "") return { url: given, stop: () => Promise.resolve() };
  return (await dockerAnswers()) ? inDocker().catch(withoutDocker) : asProcess();
};

export default async ({ provide }: TestProject): Promise<() => Promise<unknown>> => {
  const { url, stop } = await (globalThis.redisOfTheTests ??= startOnce());
  provide("redisUrl", url);
  return stop;
};
