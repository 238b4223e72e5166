/**
 * A whole run of the probe: let the clients join, post and cut for a while, wait for everything to settle,
 * read the log, and judge.
 *
 * Always true: the log is read once more after the clients have stopped listening. So every event that a
 * client saw is in the log that was read, or it never was in the log.
 */
import type { RoomEvent } from "../domain/event.ts";
import { START } from "../domain/position.ts";
import { ClientGroup } from "./client-group.ts";
import type { Plan } from "./arguments.ts";
import { judge } from "./oracle.ts";
import { reportOf, type Report } from "./report.ts";
import { LogUnreadable, readAfter } from "./room-log.ts";
import type { RunStatistics } from "./run-statistics.ts";

/** The time within which all clients must have joined. */
const JOIN_WITHIN_MS = 15_000;
/** The time within which the service must answer and deliver what is under way at the end. */
const SETTLE_WITHIN_MS = 30_000;

/** The service could not be probed. The message says why, in one sentence. */
export class Unreachable extends Error {}

export interface Progress {
  readonly statistics: RunStatistics;
  readonly connected: number;
  readonly elapsedMs: number;
}

const webSocketUrl = (base: string): string => `${base.replace(/^http/, "ws")}/ws`;

/** Waits for this time, or until the signal aborts. */
const elapse = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });

const settleAndJudge = async (plan: Plan, group: ClientGroup, seconds: number): Promise<Report> => {
  await group.allAnswered(SETTLE_WITHIN_MS);
  await group.allJoined(SETTLE_WITHIN_MS);
  const { base, room } = plan;
  const log: RoomEvent[] = [...(await readAfter(base, room, group.startHead?.id ?? START))];
  const last = log.at(-1)?.seq ?? group.startHead?.seq ?? 0;
  await group.allReached(last, SETTLE_WITHIN_MS);
  const records = group.records();
  group.close();
  log.push(...(await readAfter(base, room, log.at(-1)?.id ?? group.startHead?.id ?? START)));
  const verdict = judge({
    logs: new Map([[room, log]]),
    until: new Map([[room, last]]),
    records,
    acks: group.acks(),
  });
  return reportOf(plan, seconds, group.statistics, verdict);
};

/**
 * Runs the probe. If the signal aborts, it ends early and judges what it has. Throws `Unreachable` if it has
 * nothing.
 */
export const probe = async (
  plan: Plan,
  signal: AbortSignal,
  show: (progress: Progress) => void,
): Promise<Report> => {
  const { base, room, clients, rate, cuts } = plan;
  const group = new ClientGroup({ url: webSocketUrl(base), room, clients, random: Math.random });
  const beganAt = performance.now();
  const elapsedMs = (): number => performance.now() - beganAt;
  const timers = [
    setInterval(() => {
      show({ statistics: group.statistics, connected: group.connected, elapsedMs: elapsedMs() });
    }, 250),
  ];
  try {
    if (!(await group.allJoined(JOIN_WITHIN_MS))) {
      throw new Unreachable(`Not all clients could join ${room} at ${base}: ${group.problem}.`);
    }
    const stop = group.post(rate);
    if (cuts > 0) timers.push(setInterval(() => group.cutRandom(), 1_000 / cuts));
    const startedAt = performance.now();
    await elapse(plan.seconds * 1_000, signal);
    stop();
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    for (const timer of timers.slice(1)) clearInterval(timer);
    return await settleAndJudge(plan, group, seconds);
  } catch (failure) {
    if (failure instanceof LogUnreadable) throw new Unreachable(failure.message);
    throw failure;
  } finally {
    for (const timer of timers) clearInterval(timer);
    group.close();
  }
};
