/**
 * What every adapter of the port EventLog keeps to: how it is appended to, read and followed.
 */
import { appendingContract } from "./appending.contract.ts";
import type { Open } from "./deployment.ts";
import { followingContract } from "./following.contract.ts";
import { readingContract } from "./reading.contract.ts";

export const eventLogContract = (name: string, open: Open): void => {
  appendingContract(name, open);
  readingContract(name, open);
  followingContract(name, open);
};
