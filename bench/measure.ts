/**
 * The measurements: the maximum rate and cost of a room's fan-out, the delay of an event at a third of that
 * rate, and the memory of an idle connection.
 */
import { setTimeout as wait } from "node:timers/promises";
import { LoadProcesses } from "./load-processes.ts";
import type { Role } from "./load.ts";
import { cpuSeconds, residentBytes } from "./process-usage.ts";
import type { Target } from "./target.ts";

const WARM_UP_MS = 3000;
const MEASURED_MS = 8000;
const SETTLE_MS = 3000;
const SENDERS = 50;
const LISTENERS = 450;
/** The number of listeners in each process that measure delays. */
const PROBES = 10;
const IN_FLIGHT = 4;
const IDLE = 5000;
/** Each room then has 50 members, so no room is so large that members are only counted. */
const IDLE_ROOMS = 100;

export interface FanOut {
  readonly deliveriesPerSecond: number;
  readonly postsPerSecond: number;
  readonly cpuSecondsPerMillion: number;
  readonly cpuShare: number;
  readonly paced: {
    readonly postsPerSecond: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    readonly errors: number;
  };
  /** Posts that were refused at the maximum rate. */
  readonly errors: number;
}

/** Each of two processes has half of the listeners, since listeners have the most work. */
const listener = (nth: number, { ports }: Target): Role => ({
  ports: [ports[nth % ports.length] ?? 0],
  connections: LISTENERS / 2,
  rooms: 1,
  probes: PROBES,
  name: `listener-${nth}`,
});

const quantile = (ascending: readonly number[], part: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * part))] ?? Number.NaN;

export const measureFanOut = async (target: Target): Promise<FanOut> => {
  const listeners = await LoadProcesses.start([listener(0, target), listener(1, target)]);
  const senders = await LoadProcesses.start([
    { ports: target.ports, connections: SENDERS, rooms: 1, probes: 0, name: "sender" },
  ]);
  const sample = async () => {
    const [received, sent] = await Promise.all([listeners.report(), senders.report()]);
    return { received, sent, at: performance.now(), cpu: cpuSeconds(target.pids) };
  };
  const measure = async () => {
    await wait(WARM_UP_MS);
    const before = await sample();
    await wait(MEASURED_MS);
    const after = await sample();
    const seconds = (after.at - before.at) / 1000;
    const deliveries =
      after.received.deliveries + after.sent.deliveries - before.received.deliveries - before.sent.deliveries;
    return {
      seconds,
      deliveries,
      acks: after.sent.acks - before.sent.acks,
      errors: after.sent.errors - before.sent.errors,
      cpu: after.cpu - before.cpu,
      delays: after.received.delays,
    };
  };

  senders.send({ tag: "flood", inFlight: IN_FLIGHT });
  const top = await measure();
  senders.send({ tag: "rest" });
  // If the load processes receive more slowly than the server sends, they must catch up before the next
  // measurement.
  for (let before = -1, now = 0; now > before;) {
    await wait(SETTLE_MS);
    [before, now] = [now, (await sample()).received.deliveries];
  }

  const sustained = top.deliveries / top.seconds / (SENDERS + LISTENERS);
  senders.send({ tag: "pace", perSecond: sustained / 3 });
  const paced = await measure();
  senders.send({ tag: "rest" });
  listeners.kill();
  senders.kill();
  const delays = paced.delays.toSorted((a, b) => a - b);
  return {
    deliveriesPerSecond: top.deliveries / top.seconds,
    postsPerSecond: top.acks / top.seconds,
    cpuSecondsPerMillion: (top.cpu / top.deliveries) * 1e6,
    cpuShare: top.cpu / top.seconds,
    paced: {
      postsPerSecond: paced.acks / paced.seconds,
      p50Ms: quantile(delays, 0.5) / 1000,
      p99Ms: quantile(delays, 0.99) / 1000,
      errors: paced.errors,
    },
    errors: top.errors,
  };
};

/** The bytes of server memory for each joined connection that sends nothing. */
export const measureIdle = async (target: Target): Promise<number> => {
  const { ports, servers } = target;
  // Some connections come first, so that one-time allocations of a process are not counted.
  const roles = (connections: number, name: string): readonly Role[] => [
    { ports, connections, rooms: IDLE_ROOMS, probes: 0, name },
  ];
  const first = await LoadProcesses.start(roles(IDLE_ROOMS, "first"));
  await wait(SETTLE_MS);
  const before = residentBytes(servers);
  const idle = await LoadProcesses.start(roles(IDLE, "idle"));
  await wait(SETTLE_MS);
  const after = residentBytes(servers);
  idle.kill();
  first.kill();
  return (after - before) / IDLE;
};
