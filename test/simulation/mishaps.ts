/**
 * The mishaps: the faults that can happen in a world. A mishap with a duration ends by itself in the world's
 * time, before it alone could let a lease expire.
 */
import type { Instance } from "./instance.ts";
import type { World } from "./world.ts";

export type Mishap = (world: World) => void;

/** The maximum time for which a process stands still, or the log can't be reached. */
const MAX_PAUSE_MS = 4_000;
const MAX_STALL_MS = 3_000;
const MAX_SKEW_MS = 1_500;

const any = <T>(world: World, from: readonly T[]): T | undefined =>
  from.length === 0 ? undefined : world.random.pick(from);

const pause = (world: World): number => world.random.below(MAX_PAUSE_MS);

/** Records that an instance can't renew its leases for `ms`. */
const outage = (world: World, instance: Instance | undefined, ms: number): void => {
  const now = world.time.now();
  world.outages.add(instance, now, now + ms);
};

const loseConnections = (world: World, instance: Instance): void => {
  for (const connection of world.network.connections) {
    if (connection.instance !== instance) continue;
    // Sometimes the whole machine is gone, and does not even reset its connections.
    if (world.random.below(4) === 0) connection.swallow();
    else connection.reset();
  }
};

const replace = (world: World): void => {
  world.time.after(world.random.below(2_000), () => world.startInstance());
};

const loseLog = (world: World, instances: readonly Instance[], ms: number): void => {
  for (const instance of instances) {
    outage(world, instance, ms);
    instance.link.set(false);
    world.time.after(ms, () => instance.link.set(true));
  }
};

export const MISHAPS: Readonly<Record<string, Mishap>> = {
  "a connection is cut": (world) => any(world, world.network.up)?.cut(),
  "a connection falls silent": (world) => any(world, world.network.up)?.swallow(),
  "a client reads slowly": (world) => {
    const connection = any(world, world.network.up);
    connection?.stall();
    world.time.after(world.random.below(MAX_STALL_MS), () => connection?.flow());
  },
  "an instance is killed": (world) => {
    const instance = any(world, world.running);
    if (instance === undefined) return;
    outage(world, instance, 0);
    instance.process.kill();
    loseConnections(world, instance);
    replace(world);
  },
  "an instance is told to end": (world) => {
    const instance = any(world, world.running);
    replace(world);
    instance?.terminate(() => {
      instance.process.kill();
      loseConnections(world, instance);
    });
  },
  "an instance stands still": (world) => {
    const instance = any(world, world.running);
    const ms = pause(world);
    instance?.process.freeze();
    outage(world, instance, ms);
    world.time.after(ms, () => instance?.process.thaw());
  },
  "an instance starts": (world) => {
    if (world.running.length < 4) world.startInstance();
  },
  "the log is away from all instances": (world) => loseLog(world, world.instances, pause(world)),
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
    // Entries that come in the meantime are not on the replica.
    time.after(random.below(2_000), () => {
      const ms = 100 + random.below(1_000);
      loseLog(world, world.instances, ms);
      outage(world, undefined, ms);
      time.after(ms / 2, () => {
        // Another failover was faster, so this replica does not belong to the present log.
        if (log.failovers !== failovers) return;
        log.failOver(replica, random.below(2 * MAX_SKEW_MS) - MAX_SKEW_MS);
      });
    });
  },
  "a page stands still": (world) => {
    const person = world.random.pick(world.people);
    person.freeze();
    world.time.after(pause(world), () => person.thaw());
  },
  "a page is reloaded": (world) => world.random.pick(world.people).reload(),
  "a page is closed": (world) =>
    world.random.pick(world.people).leave(world.random.pick(["goodbye", "cut", "silent"])),
  "a page is opened": (world) => world.random.pick(world.people).come(),
};
