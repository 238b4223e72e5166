/**
 * Several users on several instances of one service. One instance dies and one shuts down: their users go on
 * through another instance, and the member list stays correct for everybody.
 */
import { expect, inject, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { statusesSeen, watchStatus } from "./support/connection-status.ts";
import { PageFixture } from "./support/fixture.ts";

declare module "vitest" {
  interface ProvidedContext {
    redisUrl: string;
  }
}

/** A quarter of the default. test/integration/presence-of-many.test.ts waits for the default. */
const LEASE_S = 8;
/** P3 allows 15 s after the lease. A busy machine takes some time more. */
const SWEPT_WITHIN_MS = LEASE_S * 1_000 + 30_000;

const fixture = new PageFixture({
  REDIS_URL: inject("redisUrl"),
  PRESENCE_LEASE_S: `${LEASE_S}`,
  PRESENCE_GRACE_S: "5",
  TOKEN_SECRET: "a secret that only these tests know",
});

test("[P3] [R2] [D2] users of an instance that dies go on through another, and a user who does not has left", async () => {
  const dying = await fixture.launch();
  const room = `dying-${crypto.randomUUID()}`;
  const ada = await fixture.person("Ada");
  const bob = await fixture.person("Bob");
  const eve = await fixture.person("Eve");
  for (const person of [bob, eve]) person.network.leadTo(dying);
  for (const person of [ada, bob, eve]) await person.enters(room);
  await eventually(() => ada.people()).toHaveLength(3);
  await bob.says("before");
  await ada.message("before").waitFor();
  await watchStatus(bob);

  bob.network.leadTo(fixture.instance);
  eve.network.cut();
  await dying.kill();
  await ada.says("meanwhile");
  await bob.message("meanwhile").waitFor();
  await bob.says("after");
  const all = ["before", "meanwhile", "after"];
  await eventually(() => ada.sees()).toEqual(all);
  await eventually(() => bob.sees()).toEqual(all);
  const lines = await statusesSeen(bob);
  expect(lines).toContain("Reconnecting…");
  expect(lines.filter((line) => line.startsWith("Offline"))).toEqual([]);

  await ada.log.getByText(/Eve.? left/).waitFor({ timeout: SWEPT_WITHIN_MS });
  for (const person of [ada, bob]) {
    await eventually(() => person.people().then((names) => names.toSorted())).toEqual(["Ada", "Bob"]);
    expect(await person.log.getByText(/Bob.? left/).count()).toBe(0);
  }
});

test("[G2] [D2] no user notices that an instance shuts down", async () => {
  const going = await fixture.launch();
  const room = `going-${crypto.randomUUID()}`;
  const ada = await fixture.person("Ada");
  const bob = await fixture.person("Bob");
  bob.network.leadTo(going);
  await ada.enters(room);
  await bob.enters(room);
  await eventually(() => ada.people()).toHaveLength(2);
  await watchStatus(bob);
  bob.network.leadTo(fixture.instance);
  const gone = going.stop();
  await ada.says("meanwhile");
  expect(await gone).toMatchObject({ code: 0 });
  await bob.says("after");
  await eventually(() => ada.sees()).toEqual(["meanwhile", "after"]);
  await eventually(() => bob.sees()).toEqual(["meanwhile", "after"]);
  expect(await statusesSeen(bob)).toEqual(["Live"]);
  expect(await ada.log.getByText(/Bob.? left/).count()).toBe(0);
  expect(await ada.log.getByText(/Bob.? joined/).count()).toBe(1);
});
