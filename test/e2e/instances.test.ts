/**
 * Several people on several instances of one service, of which one dies and one is asked to go: whoever was there goes on by another one, and who is
 * here is true for the others.
 */
import { expect, inject, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { linesSeen, watchLine } from "./support/line.ts";
import { PageFixture } from "./support/fixture.ts";

declare module "vitest" {
  interface ProvidedContext {
    redisUrl: string;
  }
}

/** The lease of a quarter of its default length. test/integration/presence-of-many.test.ts waits for the default one. */
const LEASE_S = 8;
/** P3: 15 s after the lease at the latest, and the time that a busy machine takes to show it. */
const SWEPT_WITHIN_MS = LEASE_S * 1_000 + 30_000;

const fixture = new PageFixture({
  REDIS_URL: inject("redisUrl"),
  PRESENCE_LEASE_S: `${LEASE_S}`,
  PRESENCE_GRACE_S: "5",
  TOKEN_SECRET: "a secret that only these tests know",
});

test("[P3] [R2] [D2] who was on an instance that dies goes on by another, and who does not has left", async () => {
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
  await watchLine(bob);

  bob.network.leadTo(fixture.instance);
  eve.network.cut();
  await dying.kill();
  await ada.says("meanwhile");
  await bob.message("meanwhile").waitFor();
  await bob.says("after");
  const all = ["before", "meanwhile", "after"];
  await eventually(() => ada.sees()).toEqual(all);
  await eventually(() => bob.sees()).toEqual(all);
  const lines = await linesSeen(bob);
  expect(lines).toContain("Reconnecting…");
  expect(lines.filter((line) => line.startsWith("Offline"))).toEqual([]);

  await ada.log.getByText(/Eve.? left/).waitFor({ timeout: SWEPT_WITHIN_MS });
  for (const person of [ada, bob]) {
    await eventually(() => person.people().then((names) => names.toSorted())).toEqual(["Ada", "Bob"]);
    expect(await person.log.getByText(/Bob.? left/).count()).toBe(0);
  }
});

test("[G2] [D2] who is on an instance that is asked to go notices nothing, and nobody else does", async () => {
  const going = await fixture.launch();
  const room = `going-${crypto.randomUUID()}`;
  const ada = await fixture.person("Ada");
  const bob = await fixture.person("Bob");
  bob.network.leadTo(going);
  await ada.enters(room);
  await bob.enters(room);
  await eventually(() => ada.people()).toHaveLength(2);
  await watchLine(bob);
  bob.network.leadTo(fixture.instance);
  const gone = going.stop();
  await ada.says("meanwhile");
  expect(await gone).toMatchObject({ code: 0 });
  await bob.says("after");
  await eventually(() => ada.sees()).toEqual(["meanwhile", "after"]);
  await eventually(() => bob.sees()).toEqual(["meanwhile", "after"]);
  expect(await linesSeen(bob)).toEqual(["Live"]);
  expect(await ada.log.getByText(/Bob.? left/).count()).toBe(0);
  expect(await ada.log.getByText(/Bob.? joined/).count()).toBe(1);
});
