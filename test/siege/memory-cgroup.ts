/**
 * A memory cgroup of 512 MiB for the besieged process, where the system lets this process make one (Linux,
 * as root). The kernel then ends the process if it takes more, as it would end a container.
 */
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** By version of cgroups: where groups are made, and the file that bounds one. */
const HIERARCHIES = [
  { root: "/sys/fs/cgroup/memory", limit: "memory.limit_in_bytes" },
  { root: "/sys/fs/cgroup", limit: "memory.max" },
] as const;

/**
 * Confines a process. Gives what removes the group once the process has ended; undefined where none can be
 * made.
 */
export const confine = (pid: number, bytes: number): (() => void) | undefined => {
  for (const { root, limit } of HIERARCHIES) {
    const group = join(root, `gapless-siege-${pid}`);
    try {
      mkdirSync(group);
      if (!existsSync(join(group, limit))) {
        rmdirSync(group);
        continue;
      }
      writeFileSync(join(group, limit), `${bytes}`);
      writeFileSync(join(group, "cgroup.procs"), `${pid}`);
      return () => rmdirSync(group);
    } catch {
      // Not this hierarchy, or not allowed here.
    }
  }
  return undefined;
};
