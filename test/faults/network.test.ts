/**
 * Faults of the network: connections that are cut, and connections that swallow what is sent.
 */
import { describe, expect, it } from "vitest";
import type { Link } from "../support/front-end.ts";
import { CLIENTS, FaultFixture, NO_FAULT_SEEN, outcomeOf, postDuring, repeatedly } from "./fixture.ts";

const fixture = new FaultFixture();

describe("the network", () => {
  it("[D1] [D2] [D3] [R2] [I1] connections are cut at random, and resume on any instance", async () => {
    const fleet = await fixture.launch();
    await postDuring(fleet, () => repeatedly(50, () => fleet.frontEnd.cutOne()));
    expect((await outcomeOf(fleet, "cuts")).verdict).toMatchObject(NO_FAULT_SEEN);
  });

  it("[D1] [D2] [D3] [W6] [I1] half-open connections, which only a missing heartbeat reveals", async () => {
    const fleet = await fixture.launch();
    await postDuring(fleet, async () => {
      const directions = ["toServer", "toClient", "both"] as const;
      // A link that swallows bytes stays so: no network goes on in the middle of a stream.
      const swallowed = new Set<Link>();
      await repeatedly(1_000, () => {
        const intact = fleet.frontEnd.links.filter((link) => !swallowed.has(link));
        for (const link of intact.slice(0, CLIENTS / 6)) {
          link.swallow(fleet.random.pick(directions));
          swallowed.add(link);
        }
      });
    });
    expect((await outcomeOf(fleet, "half-open")).verdict).toMatchObject(NO_FAULT_SEEN);
  });
});
