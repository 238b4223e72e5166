/**
 * The contract suite of a log: the ports EventLog, History and LogTail together.
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
