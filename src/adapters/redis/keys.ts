/**
 * The names of all keys and channels. They begin with a prefix, so that several services can share a Redis.
 *
 * Always true:
 * - The services of two prefixes have no key and no channel in common. A prefix contains neither `{` nor `:`.
 * - The keys of a room share the hash tag of its partition, so that a script may access them together on a
 *   cluster.
 * - No key has a TTL, because Memorystore evicts keys with a TTL when memory is short (`volatile-lru`). The
 *   only exception is the control stream of a reader, which may be lost.
 */
import type { RoomName } from "../../domain/room-name.ts";

export const PARTITIONS = 16;

export interface RoomKeys {
  readonly partition: number;
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
export const partitionOf = (room: RoomName): number => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(room)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % PARTITIONS;
};

export interface Keys {
  /** What the keys of a partition have in common. It decides their slot on a cluster. */
  readonly hashTag: (partition: number) => string;
  readonly room: (room: RoomName) => RoomKeys;
  /** The sorted sets of a partition; `RoomKeys` explains them. */
  readonly due: (partition: number) => string;
  readonly empty: (partition: number) => string;
  readonly erasures: (partition: number) => string;
  /** The stream that is written to wake a blocking reader of a partition. */
  readonly control: (partition: number, reader: string) => string;
  /** The revisions of the service, in partition 0. */
  readonly revisions: string;
  /** The channel of a room's signals. */
  readonly channel: (room: RoomName) => string;
}

export const makeKeys = (prefix: string): Keys => {
  const hashTag = (partition: number): string => `${prefix}:${String(partition).padStart(2, "0")}`;
  const tag = (partition: number): string => `{${hashTag(partition)}}`;
  const due = (partition: number): string => `${tag(partition)}:due`;
  const empty = (partition: number): string => `${tag(partition)}:empty`;
  const erasures = (partition: number): string => `${tag(partition)}:erasures`;

  const room = (room: RoomName): RoomKeys => {
    const partition = partitionOf(room);
    const name = `${tag(partition)}:${room}`;
    return {
      partition,
      log: `${name}:log`,
      deleted: `${name}:deleted`,
      keys: `${name}:keys`,
      oldKeys: `${name}:keys.old`,
      rewrite: `${name}:log.rewrite`,
      rewriteState: `${name}:rewrite`,
      leases: `${name}:leases`,
      listed: `${name}:listed`,
      counted: `${name}:counted`,
      due: due(partition),
      empty: empty(partition),
      erasures: erasures(partition),
    };
  };

  return {
    hashTag,
    room,
    due,
    empty,
    erasures,
    control: (partition, reader) => `${tag(partition)}:control:${reader}`,
    revisions: `${tag(0)}:revisions`,
    channel: (room) => `${prefix}:${room}`,
  };
};
