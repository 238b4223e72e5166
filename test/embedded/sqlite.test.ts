/**
 * Runs the contract suites on the SQLite adapters: with a database in memory and an injected clock.
 */
import { layerSqlite } from "../../src/adapters/sqlite/layer.ts";
import { portsOf, type Open } from "../contract/deployment.ts";
import { eventLogContract } from "../contract/event-log.contract.ts";
import { presenceBoardContract } from "../contract/presence-board.contract.ts";
import { retentionContract } from "../contract/retention.contract.ts";
import { revisionsContract } from "../contract/revisions.contract.ts";
import { signalsContract } from "../contract/signals.contract.ts";

const open: Open = async (options) => {
  let time = Date.now();
  const { ports, close } = await portsOf(layerSqlite({ file: ":memory:", now: () => time, ...options }));
  return {
    here: ports,
    there: ports,
    advance: (ms) => {
      time += ms;
      return Promise.resolve();
    },
    close,
  };
};

eventLogContract("SQLite", open);
presenceBoardContract("SQLite", open);
signalsContract("SQLite", open);
revisionsContract("SQLite", open);
retentionContract("SQLite", open, true);
