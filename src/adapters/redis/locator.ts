/**
 * Finds the server of each partition. Partitions that are always on the same server form a group, and share
 * connections.
 */
import type { Address, Servers } from "./access.ts";

export interface Locator {
  /** 1, or the number of partitions. */
  readonly groups: number;
  /** The address of the group's master now. Fails with the reason why it is not known. */
  readonly locate: (group: number) => Promise<Address>;
}

export const makeLocator = (servers: Servers): Locator => {
  switch (servers.mode) {
    case "single":
      return { groups: 1, locate: () => Promise.resolve(servers.address) };
    case "sentinel":
    case "cluster":
      return { groups: 1, locate: () => Promise.reject(new Error("this mode is not supported yet")) };
    default:
      return servers satisfies never;
  }
};
