/**
 * The contract suite of the port Revisions. All tests share a store, so each test uses names of its own.
 */
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { deploy, run, type Open } from "./deployment.ts";

const newName = (): string => `revision-${randomUUID()}`;

export const revisionsContract = (name: string, open: Open): void => {
  describe(`the revisions of ${name}`, () => {
    test("[G3] for every instance the newest revision is the one whose first announcement came last", async () => {
      const { here, there, advance } = await deploy(open);
      const first = await run(here.revisions.announce(newName()));
      expect(await run(there.revisions.newest)).toEqual(first);
      await advance(5);
      const second = await run(there.revisions.announce(newName()));
      expect(second.since).toBeGreaterThan(first.since);
      expect(await run(here.revisions.newest)).toEqual(second);
    });

    test("[G3] a repeated announcement changes nothing, not even that of an older revision", async () => {
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
