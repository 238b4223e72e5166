/**
 * Runs the contract suites on the Redis adapters: two instances on one real server. It has its own clock, so
 * the tests wait for time to pass.
 */
import { Layer, Logger } from "effect";
import { setTimeout as wait } from "node:timers/promises";
import { inject } from "vitest";
import { layerRedis } from "../../src/adapters/redis/layer.ts";
import { accessTo } from "./redis-given.ts";
import { portsOf, type Open } from "./deployment.ts";
import { eventLogContract } from "./event-log.contract.ts";
import { presenceBoardContract } from "./presence-board.contract.ts";
import { retentionContract } from "./retention.contract.ts";
import { revisionsContract } from "./revisions.contract.ts";
import { signalsContract } from "./signals.contract.ts";

const open: Open = async (options) => {
  const layer = layerRedis({
    access: accessTo(inject("redisUrl")),
    prefix: "gapless",
    ack: "stored",
    ...options,
  }).pipe(Layer.provide(Logger.layer([])));
  const [here, there] = await Promise.all([portsOf(layer), portsOf(layer)]);
  return {
    here: here.ports,
    there: there.ports,
    advance: (ms) => wait(ms),
    close: async () => {
      await Promise.all([here.close(), there.close()]);
    },
  };
};

eventLogContract("Redis", open);
presenceBoardContract("Redis", open);
signalsContract("Redis", open);
revisionsContract("Redis", open);
retentionContract("Redis", open, false);
