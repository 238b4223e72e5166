/**
 * The contract suites on the embedded adapters: in memory, with a clock of the test's own.
 */
import { layerSqlite } from "../../src/adapters/sqlite/layer.ts";
import { portsOf, type Open } from "./deployment.ts";
import { eventLogContract } from "./event-log.contract.ts";
import { presenceBoardContract } from "./presence-board.contract.ts";
import { revisionsContract } from "./revisions.contract.ts";
import { signalsContract } from "./signals.contract.ts";

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
