/**
 * Runs once before a tier that needs Redis, and gives its tests `redisUrl`: the one that REDIS_URL names, else one in Docker, else a
 * `redis-server` of its own. With none of them the run stops, and says what to install.
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
  readonly stop: () => Promise<unknown>;
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
  return { url: container.getConnectionUrl(), stop: () => container.stop() };
};

/** Docker is there, but gave no Redis, as where no registry can be reached. */
const withoutDocker = (reason: unknown): Promise<Running> => {
  process.stderr.write(`Docker could not start ${IMAGE} (${String(reason)}): running ${PROGRAM} instead.\n`);
  return asProcess();
};

const asProcess = async (): Promise<Running> => {
  const program = need(() => onPath(PROGRAM), [PROGRAM], REMEDY);
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

export default async ({ provide }: TestProject): Promise<(() => Promise<unknown>) | undefined> => {
  // The tests of failures start, freeze and kill servers of their own, whichever Redis the others run on.
  if (onPath(PROGRAM) === undefined && canInstall()) install([PROGRAM]);
  const given = process.env["REDIS_URL"];
  if (given !== undefined && given !== "") {
    provide("redisUrl", given);
    return undefined;
  }
  const { url, stop } = (await dockerAnswers()) ? await inDocker().catch(withoutDocker) : await asProcess();
  provide("redisUrl", url);
  return stop;
};
