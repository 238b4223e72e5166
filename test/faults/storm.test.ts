/**
 * A storm: all clients of an instance that was killed come back at the same time.
 */
import { describe, expect, it } from "vitest";
import { newGuest, postMessage } from "../support/http-client.ts";
import { readLog } from "../support/log-over-http.ts";
import { FaultFixture, isCampaign, NO_FAULT_SEEN, outcomeOf } from "./fixture.ts";

const fixture = new FaultFixture();

describe("a storm", () => {
  const STORM = isCampaign ? 1_000 : 200;
  const MISSED = 1_000;

  it(`[R6] [R2] [D2] [D3] ${STORM} clients of a killed instance come back at the same time, and each has missed ${MISSED} messages`, async () => {
    // With such long heartbeats no client closes its connection before it is cut.
    const fleet = await fixture.launch({ clients: STORM, instances: 1, settings: { HEARTBEAT_MS: "25000" } });
    const [other] = await fleet.launch(1, { HEARTBEAT_MS: "25000" });
    if (other === undefined) throw new Error("no instance was launched");
    const doomed = fleet.first;
    doomed.pause();
    const { token } = await newGuest(other.url, "Ada");
    for (let nth = 0; nth < MISSED; nth += 1) {
      const answer = await postMessage(other.url, fleet.room, { token }, { text: `missed ${nth}` });
      expect(answer.status).toBe(201);
    }
    const end = (await readLog(other.url, fleet.room)).at(-1)?.seq ?? 0;
    fleet.routeTo([other]);
    const began = performance.now();
    await doomed.kill();
    await fleet.group.allReached(end, 60_000);
    const tookMs = Math.round(performance.now() - began);
    console.log(`storm: all are live after ${tookMs} ms`);
    expect((await outcomeOf(fleet, "storm")).verdict).toMatchObject(NO_FAULT_SEEN);
    expect(tookMs).toBeLessThan(isCampaign ? 5_000 : 60_000);
  });
});
