/**
 * The names of all keys.
 *
 * Always true:
 * - The keys of a room share the hash tag of its partition, so that a script may access them together on a
 *   cluster.
 * - No key has a TTL, because Memorystore evicts keys with a TTL when memory is short (`volatile-lru`). The
 *   only exception is the control stream of a reader, which may be lost.
 */
import type { RoomName } from "../../domain/room-name.ts";

export const PARTITIONS = 16;

export interface RoomKeys {
  /** The stream of entries. */
  readonly log: string;
  /** The ids of deleted messages, scored by the time of the message. */
  readonly deleted: string;
  /** The idempotency keys of the current generation, and those of the generation before. */
  readonly keys: string;
  readonly oldKeys: string;
  /** The log being rewritten without deleted text (D9), and the state of that rewrite. */
  readonly rewrite: string;
  readonly rewriteState: string;
  /** `<user> <connection>`, scored by the end of the lease. */
  readonly leases: string;
  /**
   * The listed members and those who are only counted (P6), by user: `<number of leases> <author as JSON>`.
   */
  readonly listed: string;
  readonly counted: string;
  /** The partition's rooms, scored by the end of their next lease. */
  readonly due: string;
  /** The partition's rooms without members, scored by the time to check whether to forget them (L5). */
  readonly empty: string;
  /** The partition's rooms whose log holds deleted text, scored by the time of the deletion (D9). */
  readonly erasures: string;
}

/** FNV-1a over UTF-8: the same on every instance of every version. */
const partitionOf = (room: RoomName): number => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(room)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % PARTITIONS;
};

const tag = (partition: number): string => `{gapless:${String(partition).padStart(2, "0")}}`;

export const dueKey = (partition: number): string => `${tag(partition)}:due`;
export const emptyKey = (partition: number): string => `${tag(partition)}:empty`;
export const erasuresKey = (partition: number): string => `${tag(partition)}:erasures`;

export const roomKeys = (room: RoomName): RoomKeys => {
  const partition = partitionOf(room);
  const name = `${tag(partition)}:${room}`;
  return {
    log: `${name}:log`,
    deleted: `${name}:deleted`,
    keys: `${name}:keys`,
    oldKeys: `${name}:keys.old`,
    rewrite: `${name}:log.rewrite`,
    rewriteState: `${name}:rewrite`,
    leases: `${name}:leases`,
    listed: `${name}:listed`,
    counted: `${name}:counted`,
    due: dueKey(partition),
    empty: emptyKey(partition),
    erasures: erasuresKey(partition),
  };
};

/** The stream that is written to wake a blocking reader. */
export const controlKey = (reader: string): string => `${tag(0)}:control:${reader}`;

export const REVISIONS_KEY = `${tag(0)}:revisions`;

export const channelOf = (room: RoomName): string => `gapless:${room}`;
