/**
 * What a test starts, and ends with it: processes, connections, servers. Everything is ended in the reverse order of its start, the rest
 * also where one of them fails to end, and child processes are killed even where the test runner is.
 */
import type { ChildProcess } from "node:child_process";

type End = () => unknown;

export class Lifetime {
  readonly #ends: End[] = [];

  /** Takes something on, and gives it back. */
  own<T>(thing: T, end: (thing: T) => unknown): T {
    this.#ends.push(() => end(thing));
    return thing;
  }

  async end(): Promise<void> {
    const failures: unknown[] = [];
    for (const end of this.#ends.splice(0).toReversed()) {
      try {
        await end();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, "not everything ended cleanly");
  }
}

const children = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

/** Sees to it that a child process does not outlive this one. */
export const doNotOutlive = (child: ChildProcess): void => {
  children.add(child);
  child.once("exit", () => children.delete(child));
};
