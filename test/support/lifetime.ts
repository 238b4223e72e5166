/**
 * The lifetime of what a test starts: processes, connections, servers. All of it ends in the reverse order of
 * its start, even if the end of one part fails. Child processes end with the test runner, even if it is
 * killed.
 */
import type { ChildProcess } from "node:child_process";

type End = () => unknown;

export class Lifetime {
  readonly #ends: End[] = [];

  /** Adds a thing with its end, and returns the thing. */
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

/** Kills a child process when this process exits. */
export const doNotOutlive = (child: ChildProcess): void => {
  children.add(child);
  child.once("exit", () => children.delete(child));
};
