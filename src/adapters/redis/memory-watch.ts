/**
 * Watches how full Redis is. Over 90 % of its `maxmemory` no room is made any more, so that the rooms that exist can go
 * on (L5).
 */
import type { Connection } from "./connection.ts";

const LOOK_EVERY_MS = 5_000;
const FULL_FROM = 0.9;

const numberOf = (info: string, field: string): number =>
  Number(new RegExp(`^${field}:(\\d+)`, "m").exec(info)?.[1] ?? 0);

/** Whether a Redis that says this of itself (`INFO memory`) may hold more rooms. */
export const hasRoomFor = (info: string): boolean => {
  const most = numberOf(info, "maxmemory");
  return most === 0 || numberOf(info, "used_memory") <= FULL_FROM * most;
};

export class MemoryWatch {
  readonly #timer: NodeJS.Timeout;
  #hasRoom = true;

  constructor(connection: Connection) {
    const look = async (): Promise<void> => {
      try {
        this.#hasRoom = hasRoomFor(await connection.call((redis) => redis.info("memory")));
      } catch {
        // Without an answer there is nothing to change: calls fail by themselves.
      }
    };
    this.#timer = setInterval(() => void look(), LOOK_EVERY_MS);
    this.#timer.unref();
    void connection.settled(LOOK_EVERY_MS).then(look);
  }

  /** Rooms that do not exist yet may be made. */
  get hasRoom(): boolean {
    return this.#hasRoom;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
