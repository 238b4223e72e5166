/**
 * Runs the contract suites on the adapters in memory: two instances on one store, with an injected clock.
 */
import { layerMemory, MemoryStore } from "../../src/adapters/memory/layer.ts";
import { portsOf, type Open } from "../contract/deployment.ts";
import { eventLogContract } from "../contract/event-log.contract.ts";
import { presenceBoardContract } from "../contract/presence-board.contract.ts";
import { retentionContract } from "../contract/retention.contract.ts";
import { revisionsContract } from "../contract/revisions.contract.ts";
import { signalsContract } from "../contract/signals.contract.ts";

const open: Open = async (options) => {
  let time = Date.now();
  const store = new MemoryStore({ now: () => time, ...options });
  const [here, there] = await Promise.all([portsOf(layerMemory({ store })), portsOf(layerMemory({ store }))]);
  return {
    here: here.ports,
    there: there.ports,
    advance: (ms) => {
      time += ms;
      return Promise.resolve();
    },
    close: async () => {
      await Promise.all([here.close(), there.close()]);
    },
  };
};

eventLogContract("memory", open);
presenceBoardContract("memory", open);
signalsContract("memory", open);
revisionsContract("memory", open);
retentionContract("memory", open, true);
