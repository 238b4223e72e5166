/**
 * The fixture of the fault tests: clients post through a fleet while a fault happens, and the oracle counts
 * what was lost, repeated and reordered. `npm run faults` runs each fault for 40 s at 300 messages a second.
 * `npm test` runs each for a few seconds, on a machine that may be slow.
 */
import { setTimeout as elapse } from "node:timers/promises";
import { afterEach, inject } from "vitest";
import { NO_FAULTS, type Verdict } from "../../src/probe/oracle.ts";
import { Fleet, type FleetOptions } from "../support/fleet.ts";
import { Lifetime } from "../support/lifetime.ts";
import type { Event } from "../support/wire-schema.ts";

export const SECONDS = Number(process.env["FAULT_SECONDS"] ?? 3);
export const isCampaign = SECONDS >= 40;
export const CLIENTS = 60;
const PER_SECOND = isCampaign ? 300 : 100;

/** The verdict where nothing was lost, repeated or reordered. */
export const NO_FAULT_SEEN = { counts: NO_FAULTS, findings: [] };

/** Acts again and again, until the run is over. */
export const repeatedly = async (periodMs: number, act: () => void): Promise<void> => {
  const until = performance.now() + SECONDS * 1_000;
  while (performance.now() < until) {
    await elapse(periodMs);
    act();
  }
};

/** Posts for the length of a run, and until the fault is over. */
export const postDuring = async (fleet: Fleet, fault: () => Promise<unknown>): Promise<void> => {
  const stop = fleet.group.post(PER_SECOND);
  try {
    await Promise.all([elapse(SECONDS * 1_000), fault()]);
  } finally {
    stop();
  }
};

export const report = (fleet: Fleet, fault: string): void => {
  const { sent, acknowledged, seen, connections, interruptions, handovers, latency, resumes } =
    fleet.group.statistics;
  console.log(
    `${fault}: ${sent} sent, ${acknowledged} acknowledged, ${seen} seen, ${connections} connections, ${interruptions} interruptions, ${handovers} handovers; latency ${JSON.stringify(latency.summary())}, resumes ${JSON.stringify(resumes.summary())}`,
  );
};

export interface Outcome {
  readonly log: readonly Event[];
  readonly verdict: Verdict;
}

/** Waits until every client has the whole log, and judges what each of them saw. */
export const outcomeOf = async (fleet: Fleet, fault: string): Promise<Outcome> => {
  const log = await fleet.rest();
  report(fleet, fault);
  return { log, verdict: fleet.verdict(log) };
};

export class FaultFixture {
  /** Ends with the test that runs. */
  readonly lifetime = new Lifetime();

  constructor() {
    afterEach(() => this.lifetime.end());
  }

  /** A fleet whose clients are all in its room. */
  launch(options: Partial<FleetOptions> = {}): Promise<Fleet> {
    return Fleet.start(this.lifetime, { redisUrl: inject("redisUrl"), clients: CLIENTS, ...options });
  }
}
