/**
 * Compares Gapless and socket.io under the same faults: three instances on one Redis, 60 clients, 100
 * messages a second, 40 s for each fault. It takes ten minutes and needs a redis-server on the PATH.
 */
import { setTimeout as elapse } from "node:timers/promises";
import { Lifetime } from "../../test/support/lifetime.ts";
import { RedisProcess } from "../../test/support/redis-process.ts";
import type { Contender, Count, Running } from "./contender.ts";
import { gapless } from "./gapless.ts";
import { socketIo } from "./socket-io.ts";

const SECONDS = Number(process.env["FAULT_SECONDS"] ?? 40);
const CLIENTS = 60;
const INSTANCES = 3;
const PER_SECOND = 100;

type Fault = (running: Running) => Promise<unknown>;

const FAULTS: Readonly<Record<string, Fault>> = {
  "connections cut at random": async ({ frontEnd }) => {
    for (let cuts = 0; cuts < SECONDS * 4; cuts += 1) {
      await elapse(250);
      frontEnd.cutOne();
    }
  },
  "SIGTERM of each instance in turn": async ({ frontEnd, instances, launch }) => {
    let serving = instances;
    for (const instance of instances) {
      serving = [...serving.filter((one) => one !== instance), await launch()];
      frontEnd.routeTo(serving);
      await frontEnd.retire(instance);
    }
  },
  "SIGKILL of an instance": async ({ frontEnd, instances }) => {
    const [killed, ...others] = instances;
    await elapse(SECONDS * 250);
    frontEnd.routeTo(others);
    await killed?.kill();
  },
  "half-open connections": async ({ frontEnd }) => {
    await elapse(SECONDS * 250);
    for (const link of frontEnd.links.slice(0, CLIENTS / 4)) link.swallow("both");
  },
};

const countUnder = async (contender: Contender, fault: Fault): Promise<Count> => {
  const life = new Lifetime();
  try {
    const redis = life.own(await RedisProcess.start(), (one) => one.remove());
    const running = await contender.start(life, redis.url, CLIENTS, INSTANCES);
    const stop = running.post(PER_SECOND);
    await Promise.all([elapse(SECONDS * 1_000), fault(running)]);
    stop();
    return await running.count();
  } finally {
    await life.end();
  }
};

for (const [name, fault] of Object.entries(FAULTS)) {
  for (const contender of [gapless, socketIo]) {
    const { acknowledged, lost, repeated } = await countUnder(contender, fault);
    console.log(
      `${name}, ${contender.name}: ${acknowledged} acknowledged, ${lost} lost, ${repeated} repeated`,
    );
  }
}
process.exit(0);
