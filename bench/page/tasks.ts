/**
 * Finds the longest task of a page's main thread in Chromium's trace, with its shares of script and of style,
 * layout and paint. Layout that a script forces counts as layout. Time in which a script waits counts as
 * script.
 */
import type { Browser, Page } from "playwright-core";

const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "__metadata"];
const LAYOUT: ReadonlySet<string> = new Set([
  "Layout",
  "UpdateLayoutTree",
  "PrePaint",
  "Paint",
  "Layerize",
  "Commit",
]);
const SCRIPT: ReadonlySet<string> = new Set([
  "EvaluateScript",
  "EventDispatch",
  "FireAnimationFrame",
  "FireIdleCallback",
  "FunctionCall",
  "RunMicrotasks",
  "TimerFire",
  "v8.evaluateModule",
]);
const MICROSECONDS = 1000;

export interface Task {
  readonly ms: number;
  /** The part in which the thread was working. In the rest it waited, for a processor or for the system. */
  readonly busyMs: number;
  readonly scriptMs: number;
  readonly layoutMs: number;
}

export const NO_TASK: Task = { ms: 0, busyMs: 0, scriptMs: 0, layoutMs: 0 };

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** The CPU time of the thread. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const isTrace = (value: unknown): value is { readonly traceEvents: readonly TraceEvent[] } =>
  typeof value === "object" && value !== null && "traceEvents" in value;

const endOf = ({ ts, dur = 0 }: TraceEvent): number => ts + dur;
const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}.${tid}`;

/** The time covered by any of these events. Overlapping events count once. */
const covered = (events: readonly TraceEvent[]): number => {
  let all = 0;
  let end = 0;
  for (const event of events.toSorted((a, b) => a.ts - b.ts)) {
    all += Math.max(0, endOf(event) - Math.max(end, event.ts));
    end = Math.max(end, endOf(event));
  }
  return all / MICROSECONDS;
};

const longestIn = (trace: readonly TraceEvent[]): Task => {
  const mains = new Set(
    trace.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain").map(threadOf),
  );
  const own = trace.filter((event) => event.ph === "X" && mains.has(threadOf(event)));
  const task = own
    .filter(({ name }) => name === "RunTask")
    .reduce<TraceEvent | undefined>(
      (longest, each) => ((longest?.dur ?? 0) >= (each.dur ?? 0) ? longest : each),
      undefined,
    );
  if (task === undefined) return NO_TASK;
  const within = own.filter(
    (event) => threadOf(event) === threadOf(task) && event.ts >= task.ts && endOf(event) <= endOf(task),
  );
  const layout = within.filter(({ name }) => LAYOUT.has(name));
  const layoutMs = covered(layout);
  const both = covered([...layout, ...within.filter(({ name }) => SCRIPT.has(name))]);
  return {
    ms: (task.dur ?? 0) / MICROSECONDS,
    busyMs: (task.tdur ?? task.dur ?? 0) / MICROSECONDS,
    scriptMs: both - layoutMs,
    layoutMs,
  };
};

/** The longest task of all pages of a browser while `act` runs. */
export const longestTask = async (browser: Browser, page: Page, act: () => Promise<void>): Promise<Task> => {
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const trace: unknown = JSON.parse((await browser.stopTracing()).toString("utf8"));
  if (!isTrace(trace)) throw new Error("Chromium gave no trace");
  return longestIn(trace.traceEvents);
};

/** A description of a task. */
export const described = ({ ms, busyMs, scriptMs, layoutMs }: Task): string =>
  `${ms.toFixed(0)} ms, ${busyMs.toFixed(0)} working, script ${scriptMs.toFixed(0)}, layout ${layoutMs.toFixed(0)}`;

/** The median task. It ignores outliers: a busy machine makes some tasks longer. */
export const median = (tasks: readonly Task[]): Task | undefined =>
  tasks.toSorted((a, b) => a.ms - b.ms)[Math.floor((tasks.length - 1) / 2)];
