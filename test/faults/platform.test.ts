/**
 * Faults of the platform: rotation, SIGTERM, an upgrade, SIGKILL and SIGSTOP of instances.
 */
import { setTimeout as elapse } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { CLIENTS, FaultFixture, isCampaign, NO_FAULT_SEEN, outcomeOf, postDuring } from "./fixture.ts";

const fixture = new FaultFixture();

describe("the platform", () => {
  it("[G1] [G4] [D2] [D3] [P2] connections are rotated before the request timeout: no event is late, and no member leaves", async () => {
    const timeoutMs = 10_000;
    const fleet = await fixture.launch({
      settings: { REQUEST_TIMEOUT_S: "10" },
      requestTimeoutMs: timeoutMs,
    });
    await postDuring(fleet, () => elapse(timeoutMs + 500));
    const { log, verdict } = await outcomeOf(fleet, "rotation");
    expect(verdict).toMatchObject(NO_FAULT_SEEN);
    expect(fleet.leaves(log)).toEqual([]);
    // Every client has moved. On an overloaded machine some of them move only when the deadline ends the
    // connection.
    expect(fleet.group.statistics.connections).toBeGreaterThanOrEqual(2 * CLIENTS);
    expect(fleet.group.statistics.handovers).toBeGreaterThan(0);
    const { moving, staying } = fleet.group.statistics.lag;
    console.log(
      `rotation: lag moving ${JSON.stringify(moving.summary())}, staying ${JSON.stringify(staying.summary())}`,
    );
    expect(moving.summary().count).toBeGreaterThan(0);
    // The lag is the time after the first client that has the event. If the clients that stay have a larger
    // lag, the machine is overloaded.
    expect(moving.at(1)).toBeLessThan(Math.max(250, staying.at(1)));
  });

  it("[G2] [G4] [D1] [D2] [D3] SIGTERM of one instance after another", async () => {
    const fleet = await fixture.launch();
    const old = fleet.instances;
    const fresh = await fleet.launch(old.length);
    const exits: unknown[] = [];
    await postDuring(fleet, async () => {
      const leaving = [];
      for (const [nth, instance] of old.entries()) {
        fleet.routeTo([...old.slice(nth + 1), ...fresh.slice(0, nth + 1)]);
        leaving.push(fleet.frontEnd.retire(instance).then((exit) => exits.push(exit)));
        await (isCampaign ? Promise.all(leaving) : elapse(500));
      }
      await Promise.all(leaving);
    });
    const { log, verdict } = await outcomeOf(fleet, "SIGTERM");
    expect(verdict).toMatchObject(NO_FAULT_SEEN);
    expect(exits).toEqual(old.map(() => ({ code: 0, signal: null })));
    expect(fleet.leaves(log)).toEqual([]);
  });

  it("[G3] [G2] [D1] [D2] [D3] a rolling upgrade of all three", async () => {
    // A service remembers its revisions forever, so each run has names of its own.
    const [older, newer] = [`r-${crypto.randomUUID()}`, `r-${crypto.randomUUID()}`];
    const fleet = await fixture.launch({ settings: { K_REVISION: older } });
    const old = fleet.instances;
    const before = fleet.group.statistics.handovers;
    await postDuring(fleet, async () => {
      fleet.routeTo(await fleet.launch(3, { K_REVISION: newer }));
      // Instances look for a newer revision every few seconds, and then ask their first clients at once.
      while (fleet.group.statistics.handovers === before) await elapse(50);
      await Promise.all(old.map((instance) => fleet.frontEnd.retire(instance)));
    });
    const { log, verdict } = await outcomeOf(fleet, "upgrade");
    expect(verdict).toMatchObject(NO_FAULT_SEEN);
    expect(fleet.leaves(log)).toEqual([]);
  });

  it("[D1] [D2] [D3] [I1] SIGKILL of an instance", async () => {
    const fleet = await fixture.launch();
    await postDuring(fleet, async () => {
      const [killed, ...others] = fleet.instances;
      await elapse(1_000);
      await killed?.kill();
      fleet.routeTo(others);
      fleet.routeTo([...others, ...(await fleet.launch(1))]);
    });
    expect((await outcomeOf(fleet, "SIGKILL")).verdict).toMatchObject(NO_FAULT_SEEN);
  });

  it("[D1] [D2] [D3] [W6] SIGSTOP of an instance, and SIGCONT", async () => {
    const fleet = await fixture.launch();
    await postDuring(fleet, async () => {
      await elapse(500);
      fleet.first.pause();
      await elapse(isCampaign ? 20_000 : 3_000);
      fleet.first.resume();
    });
    expect((await outcomeOf(fleet, "SIGSTOP")).verdict).toMatchObject(NO_FAULT_SEEN);
  });
});
