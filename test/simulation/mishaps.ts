/**
 * What can befall a world. Each that lasts ends by itself, sooner than a lease would lapse by it alone; what ends it is in the world's time.
 */
import type { Instance } from "./instance.ts";
import type { World } from "./world.ts";

export type Mishap = (world: World) => void;

/** How long a process stands still, or the log can't be reached, at most. */
const MOST_PAUSE_MS = 4_000;
const MOST_STALL_MS = 3_000;
const MOST_SKEW_MS = 1_500;

const any = <T>(world: World, from: readonly T[]): T | undefined =>
  from.length === 0 ? undefined : world.random.pick(from);

const pause = (world: World): number => world.random.below(MOST_PAUSE_MS);

/** For so long an instance can't renew its leases. */
const trouble = (world: World, instance: Instance | undefined, ms: number): void => {
  const now = world.time.now();
  world.troubles.add(instance, now, now + ms);
};

const leaveBehind = (world: World, instance: Instance): void => {
  for (const cable of world.network.cables) {
    if (cable.instance !== instance) continue;
    // A machine that is gone says nothing of its connections.
    if (world.random.below(4) === 0) cable.swallow();
    else cable.reset();
  }
};

const replace = (world: World): void => {
  world.time.after(world.random.below(2_000), () => world.startInstance());
};

const loseLog = (world: World, instances: readonly Instance[], ms: number): void => {
  for (const instance of instances) {
    trouble(world, instance, ms);
    instance.link.set(false);
    world.time.after(ms, () => instance.link.set(true));
  }
};

export const MISHAPS: Readonly<Record<string, Mishap>> = {
  "a connection is cut": (world) => any(world, world.network.up)?.cut(),
  "a connection falls silent": (world) => any(world, world.network.up)?.swallow(),
  "somebody reads slowly": (world) => {
    const cable = any(world, world.network.up);
    cable?.stall();
    world.time.after(world.random.below(MOST_STALL_MS), () => cable?.flow());
  },
  "an instance is killed": (world) => {
    const instance = any(world, world.running);
    if (instance === undefined) return;
    trouble(world, instance, 0);
    instance.process.kill();
    leaveBehind(world, instance);
    replace(world);
  },
  "an instance is told to end": (world) => {
    const instance = any(world, world.running);
    replace(world);
    instance?.terminate(() => {
      instance.process.kill();
      leaveBehind(world, instance);
    });
  },
  "an instance stands still": (world) => {
    const instance = any(world, world.running);
    const ms = pause(world);
    instance?.process.freeze();
    trouble(world, instance, ms);
    world.time.after(ms, () => instance?.process.thaw());
  },
  "an instance starts": (world) => {
    if (world.running.length < 4) world.startInstance();
  },
  "the log is away from everybody": (world) => loseLog(world, world.instances, pause(world)),
  "the log is away from one instance": (world) => {
    const instance = any(world, world.running);
    if (instance !== undefined) loseLog(world, [instance], pause(world));
  },
  "a tail lags": (world) => {
    const instance = any(world, world.running);
    instance?.link.lag();
    world.time.after(pause(world), () => {
      if (instance !== undefined) instance.link.lagMs = 0;
    });
  },
  "a failover loses the tail": (world) => {
    const { log, time, random } = world;
    const replica = log.snapshot();
    const { failovers } = log;
    // What comes in the meantime is not on the replica.
    time.after(random.below(2_000), () => {
      const ms = 100 + random.below(1_000);
      loseLog(world, world.instances, ms);
      trouble(world, undefined, ms);
      time.after(ms / 2, () => {
        // Another one was quicker: this replica is none of the present log's.
        if (log.failovers !== failovers) return;
        log.failOver(replica, random.below(2 * MOST_SKEW_MS) - MOST_SKEW_MS);
      });
    });
  },
  "somebody's page stands still": (world) => {
    const person = world.random.pick(world.people);
    person.freeze();
    world.time.after(pause(world), () => person.thaw());
  },
  "somebody loads a page again": (world) => world.random.pick(world.people).reload(),
  "somebody closes a page": (world) =>
    world.random.pick(world.people).leave(world.random.pick(["goodbye", "cut", "silent"])),
  "somebody opens a page": (world) => world.random.pick(world.people).come(),
};
