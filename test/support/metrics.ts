/**
 * What an instance tells of itself in /metrics, and what the system tells of its process.
 */
import { readdirSync, readFileSync } from "node:fs";

/** The value of one metric, with its labels if it has any. */
export const metricOf = async (url: string, name: string): Promise<number> => {
  const lines = (await (await fetch(`${url}/metrics`)).text()).split("\n");
  const line = lines.find((line) => line.startsWith(`${name} `));
  if (line === undefined) throw new Error(`there is no metric ${name}`);
  return Number(line.slice(name.length + 1));
};

const LOOK_EVERY_MS = 50;
const WITHIN_MS = 20_000;

/** Waits until a measurement passes a test, and gives it; gives the last one where it never does. */
export const settled = async (
  measure: () => number | Promise<number>,
  test: (value: number) => boolean,
  withinMs = WITHIN_MS,
): Promise<number> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const value = await measure();
    if (test(value) || performance.now() > deadline) return value;
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_EVERY_MS);
    });
  }
};

/** The open file descriptors of a process (Linux). */
export const descriptorsOf = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

/** The resident memory of a process, in bytes (Linux). */
export const residentBytesOf = (pid: number): number => {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
};
