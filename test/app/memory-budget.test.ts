/**
 * The memory budget of an instance in virtual time: who is refused at its end, and who is served.
 */
import { describe, expect, it } from "vitest";
import { MEMORY_PARTS, MemoryBudget, type MemoryMeter } from "../../src/app/instance/memory-budget.ts";
import { relieve } from "../../src/app/instance/relief.ts";
import { VirtualStream } from "./virtual-stream.ts";
import { startAlone } from "./virtual-deployment.ts";

const MIB = 1024 * 1024;

describe("the memory budget", () => {
  it("[L2] [D8] refuses new connections when it is exhausted, serves open ones, and admits again once memory is free", () => {
    const { deployment, instance } = startAlone({ memoryBudgetBytes: 4 * MIB });
    const inside = instance.enter("Ada", "lobby");
    const slow = instance.enter("Bob", "lobby");
    slow.unsent = 4 * MIB - 10_000;
    deployment.advance(200);
    const refused = instance.connect();
    expect(refused.notAdmitted).toBe("full");
    expect(new VirtualStream(instance, "lobby").notAdmitted).toBe("full");
    expect(inside.post("lobby", "still served").duplicate).toBe(false);
    slow.drain();
    deployment.advance(200);
    expect(instance.greet("Eve").open).toBe(true);
  });

  it("[D8] [D4] cuts only the slowest readers if open connections exceed it", () => {
    const { deployment, instance } = startAlone({ memoryBudgetBytes: 4 * MIB });
    const [slowest, slower, quick] = ["Ada", "Bob", "Eve"].map((name) => instance.enter(name, "lobby"));
    if (slowest === undefined || slower === undefined || quick === undefined) throw new Error("not entered");
    slowest.unsent = 3 * MIB;
    slower.unsent = 2 * MIB;
    quick.unsent = 1_000;
    deployment.advance(2_000);
    expect(slowest.closedWith).toBe(1006);
    expect([slower.open, quick.open]).toEqual([true, true]);
  });

  it("sums its parts, and measures at most once in 100 ms", () => {
    const held = new Map(MEMORY_PARTS.map((part, nth) => [part, nth]));
    let measured = 0;
    const of = (part: (typeof MEMORY_PARTS)[number]) => () => {
      measured += 1;
      return held.get(part) ?? 0;
    };
    const meter: MemoryMeter = {
      connections: of("connections"),
      requests: of("requests"),
      backlogs: of("backlogs"),
      unsent: of("unsent"),
      buckets: of("buckets"),
    };
    let now = 0;
    const memory = new MemoryBudget(11, meter, () => now);
    expect([memory.used, memory.isExhausted, measured]).toEqual([10, false, MEMORY_PARTS.length]);
    held.set("unsent", 1_000);
    expect(memory.isExhausted).toBe(false);
    now = 100;
    expect([memory.isExhausted, measured]).toEqual([true, 2 * MEMORY_PARTS.length]);
    relieve(new Set(), memory);
  });
});
