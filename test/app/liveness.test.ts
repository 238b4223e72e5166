/**
 * Tests of liveness: whether a client is alive and reads what it was sent.
 */
import { describe, expect, it } from "vitest";
import { Liveness } from "../../src/app/session/liveness.ts";

const BEAT = 1_000;

const setUp = () => {
  const outlet = { unsent: 0, taken: 0 };
  return { outlet, liveness: new Liveness(outlet, 0) };
};

describe("liveness", () => {
  it("[D8] a client that reads nothing for two heartbeats is stuck, even if it answers pings", () => {
    const { outlet, liveness } = setUp();
    outlet.unsent = 100;
    for (const now of [BEAT, 2 * BEAT]) {
      liveness.heard(now);
      liveness.look(now, true);
    }
    expect(liveness.isSilent(2 * BEAT, BEAT)).toBe(false);
    expect(liveness.isStuck(2 * BEAT - 1, BEAT)).toBe(false);
    expect(liveness.isStuck(2 * BEAT, BEAT)).toBe(true);
  });

  it("[D8] [W6] a client that reads a byte in each heartbeat is neither stuck nor silent, with any number of unsent bytes", () => {
    const { outlet, liveness } = setUp();
    for (let beat = 1; beat <= 10; beat += 1) {
      outlet.unsent += 1_000;
      outlet.taken += 1;
      liveness.look(beat * BEAT, true);
      expect(liveness.isStuck(beat * BEAT, BEAT)).toBe(false);
      expect(liveness.isSilent(beat * BEAT, BEAT)).toBe(false);
    }
  });

  it("[W6] a client with nothing to read that sends nothing is silent, unless this side does not read", () => {
    const { liveness } = setUp();
    liveness.look(BEAT, true);
    liveness.look(2 * BEAT, false);
    expect(liveness.isSilent(3 * BEAT, BEAT)).toBe(false);
    liveness.look(3 * BEAT, true);
    expect(liveness.isSilent(4 * BEAT, BEAT)).toBe(true);
    expect(liveness.isStuck(4 * BEAT, BEAT)).toBe(false);
  });

  it("[W6] [D8] the time for which this process stood still does not count", () => {
    const { outlet, liveness } = setUp();
    outlet.unsent = 100;
    liveness.stalled(5 * BEAT, 5 * BEAT);
    expect(liveness.isStuck(6 * BEAT, BEAT)).toBe(false);
    expect(liveness.isSilent(6 * BEAT, BEAT)).toBe(false);
    expect(liveness.isStuck(7 * BEAT, BEAT)).toBe(true);
  });
});
