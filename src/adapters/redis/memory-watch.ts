/**
 * Watches the memory of each server. Over 90 % of its `maxmemory` no new room is made, so that the existing
 * rooms can go on (L5).
 */
import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";

const CHECK_EVERY_MS = 5_000;
const MAX_SHARE = 0.9;

const numberOf = (info: string, field: string): number =>
  Number(new RegExp(`^${field}:(\\d+)`, "m").exec(info)?.[1] ?? 0);

/** Whether Redis has memory for new rooms, given its reply to `INFO memory`. */
export const hasMemoryForRooms = (info: string): boolean => {
  const max = numberOf(info, "maxmemory");
  return max === 0 || numberOf(info, "used_memory") <= MAX_SHARE * max;
};

export class MemoryWatch {
  readonly #connections: Connections;
  readonly #timer: NodeJS.Timeout;
  /** The connections to servers without memory for new rooms. */
  readonly #full = new Set<Connection>();

  constructor(connections: Connections) {
    this.#connections = connections;
    const check = (): void => {
      for (const connection of connections.all) void this.#check(connection);
    };
    this.#timer = setInterval(check, CHECK_EVERY_MS);
    this.#timer.unref();
    void connections.settled(CHECK_EVERY_MS).then(check);
  }

  /** Whether rooms of a partition that do not exist yet may be made. */
  allowsNewRooms(partition: number): boolean {
    return !this.#full.has(this.#connections.of(partition));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #check(connection: Connection): Promise<void> {
    try {
      const info = await connection.call((redis) => redis.info("memory"));
      if (hasMemoryForRooms(info)) this.#full.delete(connection);
      else this.#full.add(connection);
    } catch {
      // Without an answer nothing changes: the calls fail by themselves.
    }
  }
}
