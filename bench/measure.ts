/**
 * The measurements: how fast a room's events go out and at what cost, how long one takes at a third of that rate, and what an idle
 * connection costs.
 */
import { setTimeout as wait } from "node:timers/promises";
import { Crew } from "./crew.ts";
import type { Role } from "./load.ts";
import { cpuSeconds, residentBytes } from "./process-usage.ts";
import type { Subject } from "./subject.ts";

const WARM_UP_MS = 3000;
const MEASURED_MS = 8000;
const SETTLE_MS = 3000;
const SENDERS = 50;
const LISTENERS = 450;
/** Of the listeners of each process. */
const PROBES = 10;
const IN_FLIGHT = 4;
const IDLE = 5000;
/** So that each room has 50 members, and none is one of those whose members are only counted. */
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
  /** Posts that were refused at the top rate. */
  readonly errors: number;
}

/** Half of the listeners in a process each, since these have the most to do. */
const listener = (nth: number, { ports }: Subject): Role => ({
  ports: [ports[nth % ports.length] ?? 0],
  connections: LISTENERS / 2,
  rooms: 1,
  probes: PROBES,
  name: `listener-${nth}`,
});

const quantile = (ascending: readonly number[], part: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * part))] ?? Number.NaN;

export const measureFanOut = async (subject: Subject): Promise<FanOut> => {
  const audience = await Crew.assemble([listener(0, subject), listener(1, subject)]);
  const senders = await Crew.assemble([
    { ports: subject.ports, connections: SENDERS, rooms: 1, probes: 0, name: "sender" },
  ]);
  const look = async () => {
    const [heard, sent] = await Promise.all([audience.report(), senders.report()]);
    return { heard, sent, at: performance.now(), cpu: cpuSeconds(subject.pids) };
  };
  const between = async () => {
    await wait(WARM_UP_MS);
    const before = await look();
    await wait(MEASURED_MS);
    const after = await look();
    const seconds = (after.at - before.at) / 1000;
    const deliveries =
      after.heard.deliveries + after.sent.deliveries - before.heard.deliveries - before.sent.deliveries;
    return {
      seconds,
      deliveries,
      acks: after.sent.acks - before.sent.acks,
      errors: after.sent.errors - before.sent.errors,
      cpu: after.cpu - before.cpu,
      delays: after.heard.delays,
    };
  };

  senders.order({ tag: "flood", inFlight: IN_FLIGHT });
  const top = await between();
  senders.order({ tag: "rest" });
  // Where the load takes in less than is sent, it has to catch up before anything else can be measured.
  for (let before = -1, now = 0; now > before;) {
    await wait(SETTLE_MS);
    [before, now] = [now, (await look()).heard.deliveries];
  }

  const sustained = top.deliveries / top.seconds / (SENDERS + LISTENERS);
  senders.order({ tag: "pace", perSecond: sustained / 3 });
  const paced = await between();
  senders.order({ tag: "rest" });
  audience.dismiss();
  senders.dismiss();
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

/** Bytes of the server's memory for a joined connection that says nothing. */
export const measureIdle = async (subject: Subject): Promise<number> => {
  const { ports, servers } = subject;
  // A few first, so that what a process allocates once is not counted as theirs.
  const roles = (connections: number, name: string): readonly Role[] => [
    { ports, connections, rooms: IDLE_ROOMS, probes: 0, name },
  ];
  const first = await Crew.assemble(roles(IDLE_ROOMS, "first"));
  await wait(SETTLE_MS);
  const before = residentBytes(servers);
  const idle = await Crew.assemble(roles(IDLE, "idle"));
  await wait(SETTLE_MS);
  const after = residentBytes(servers);
  idle.dismiss();
  first.dismiss();
  return (after - before) / IDLE;
};
