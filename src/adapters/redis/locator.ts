/**
 * Finds the server of each partition. Partitions that are always on the same server form a group, and share
 * connections.
 */
import type { Address } from "./access.ts";

/** Where the master of one group is. */
export interface Place {
  /** Its address now. Fails with the reason why it is not known. */
  readonly locate: () => Promise<Address>;
  /** Calls back with each new address, until the returned function is called. */
  readonly onMove: (listener: (address: Address) => void) => () => void;
  /** A server says that the master is at another address. */
  readonly moved: (address: Address) => void;
}

export interface Locator {
  /** 1, or the number of partitions. */
  readonly groups: number;
  readonly place: (group: number) => Place;
  readonly close: () => void;
}

/** A server that stays where it is. */
export const fixedPlace = (address: Address): Place => ({
  locate: () => Promise.resolve(address),
  onMove: () => () => undefined,
  moved: () => undefined,
});

export const singleServer = (address: Address): Locator => ({
  groups: 1,
  place: () => fixedPlace(address),
  close: () => undefined,
});
