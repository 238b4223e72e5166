/**
 * What every adapter of the port Revisions keeps to. The store is shared, so names are unique a test.
 */
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { deploy, run, type Open } from "./deployment.ts";

const newName = (): string => `revision-${randomUUID()}`;

export const revisionsContract = (name: string, open: Open): void => {
  describe(`the revisions of ${name}`, () => {
    test("[G3] the newest is the one that was last announced anew, for every instance", async () => {
      const { here, there, advance } = await deploy(open);
      const first = await run(here.revisions.announce(newName()));
      expect(await run(there.revisions.newest)).toEqual(first);
      await advance(5);
      const second = await run(there.revisions.announce(newName()));
      expect(second.since).toBeGreaterThan(first.since);
      expect(await run(here.revisions.newest)).toEqual(second);
    });

    test("[G3] a further instance of a revision changes nothing, were it of an older one", async () => {
      const { here, there, advance } = await deploy(open);
      const old = await run(here.revisions.announce(newName()));
      await advance(5);
      const recent = await run(there.revisions.announce(newName()));
      await advance(5);
      expect(await run(there.revisions.announce(old.name))).toEqual(old);
      expect(await run(here.revisions.announce(recent.name))).toEqual(recent);
      expect(await run(here.revisions.newest)).toEqual(recent);
    });
  });
};
