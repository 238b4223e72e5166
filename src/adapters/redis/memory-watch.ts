/**
 * Watches the memory of Redis. Over 90 % of its `maxmemory` no new room is made, so that the existing rooms
 * can go on (L5).
 */
import type { Connection } from "./connection.ts";

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
  readonly #timer: NodeJS.Timeout;
  #allowsNewRooms = true;

  constructor(connection: Connection) {
    const check = async (): Promise<void> => {
      try {
        this.#allowsNewRooms = hasMemoryForRooms(await connection.call((redis) => redis.info("memory")));
      } catch {
        // Without an answer nothing changes: the calls fail by themselves.
      }
    };
    this.#timer = setInterval(() => void check(), CHECK_EVERY_MS);
    this.#timer.unref();
    void connection.settled(CHECK_EVERY_MS).then(check);
  }

  /** Whether rooms that do not exist yet may be made. */
  get allowsNewRooms(): boolean {
    return this.#allowsNewRooms;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
