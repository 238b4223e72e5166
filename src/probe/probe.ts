/**
 * A whole run: gather the clients, post and cut for a while, let everything come to rest, read the log, and judge.
 *
 * What always holds: the log is read on after the clients have stopped to listen, so whatever one of them saw is in what was read, or was never there.
 */
import type { RoomEvent } from "../domain/event.ts";
import { START } from "../domain/position.ts";
import { Crowd } from "./crowd.ts";
import type { Plan } from "./flags.ts";
import { judge } from "./oracle.ts";
import { reportOf, type Report } from "./report.ts";
import { LogUnreadable, readAfter } from "./room-log.ts";
import type { Tally } from "./tally.ts";

/** How long the clients may take until all have joined. */
const GATHER_WITHIN_MS = 15_000;
/** How long the service may take to answer and deliver what is under way at the end. */
const SETTLE_WITHIN_MS = 30_000;

/** It could not be probed: why, in one sentence. */
export class Unreachable extends Error {}

export interface Progress {
  readonly tally: Tally;
  readonly connected: number;
  readonly elapsedMs: number;
}

const webSocketUrl = (base: string): string => `${base.replace(/^http/, "ws")}/ws`;

/** Waits, or until it is called off. */
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

const judged = async (plan: Plan, crowd: Crowd, seconds: number): Promise<Report> => {
  await crowd.answered(SETTLE_WITHIN_MS);
  await crowd.gathered(SETTLE_WITHIN_MS);
  const { base, room } = plan;
  const log: RoomEvent[] = [...(await readAfter(base, room, crowd.began?.id ?? START))];
  const last = log.at(-1)?.seq ?? crowd.began?.seq ?? 0;
  await crowd.reached(last, SETTLE_WITHIN_MS);
  const witnesses = crowd.witnesses();
  crowd.close();
  log.push(...(await readAfter(base, room, log.at(-1)?.id ?? crowd.began?.id ?? START)));
  const verdict = judge({
    logs: new Map([[room, log]]),
    until: new Map([[room, last]]),
    witnesses,
    claims: crowd.claims(),
  });
  return reportOf(plan, seconds, crowd.tally, verdict);
};

/** Ends early, and judges what there is, where the signal comes. Throws `Unreachable` where there is nothing to judge. */
export const probe = async (
  plan: Plan,
  signal: AbortSignal,
  show: (progress: Progress) => void,
): Promise<Report> => {
  const { base, room, clients, rate, cuts } = plan;
  const crowd = new Crowd({ url: webSocketUrl(base), room, clients, random: Math.random });
  const began = performance.now();
  const elapsedMs = (): number => performance.now() - began;
  const timers = [
    setInterval(() => {
      show({ tally: crowd.tally, connected: crowd.connected, elapsedMs: elapsedMs() });
    }, 250),
  ];
  try {
    if (!(await crowd.gathered(GATHER_WITHIN_MS))) {
      throw new Unreachable(`Not everybody could join ${room} at ${base}: ${crowd.trouble}.`);
    }
    const stop = crowd.post(rate);
    if (cuts > 0) timers.push(setInterval(() => crowd.cutOne(), 1_000 / cuts));
    const startedAt = performance.now();
    await elapse(plan.seconds * 1_000, signal);
    stop();
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    for (const timer of timers.slice(1)) clearInterval(timer);
    return await judged(plan, crowd, seconds);
  } catch (failure) {
    if (failure instanceof LogUnreadable) throw new Unreachable(failure.message);
    throw failure;
  } finally {
    for (const timer of timers) clearInterval(timer);
    crowd.close();
  }
};
