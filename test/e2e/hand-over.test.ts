/**
 * Instances start and end while the page is open. The user does not notice a connection that moves, and an
 * instance that dies loses no message.
 */
import { expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { statusesSeen, watchStatus } from "./support/connection-status.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture({ REQUEST_TIMEOUT_S: "10" });

test("[G1] no user notices a connection that moves, and no message is missed", async () => {
  const ada = await fixture.person("Ada");
  const bob = await fixture.person("Bob");
  await ada.enters("moved");
  await bob.enters("moved");
  await eventually(() => ada.people()).toHaveLength(2);
  await watchStatus(ada);

  const said: string[] = [];
  const says = async (): Promise<void> => {
    const text = `word ${said.length + 1}`;
    said.push(text);
    await bob.says(text);
    await ada.message(text).waitFor();
  };
  for (let moves = 0; moves < 1; moves += 1) {
    const moved = ada.page.waitForEvent("websocket");
    await says();
    await moved;
    await says();
  }
  await eventually(() => ada.sees()).toEqual(said);
  expect(await statusesSeen(ada)).toEqual(["Live"]);
  expect(await ada.log.getByText(/ left/).count()).toBe(0);
  expect([...ada.faults, ...bob.faults]).toEqual([]);
});

test("[D1] [I1] [R2] no message is lost when an instance dies, and the page reconnects", async () => {
  const ada = await fixture.person("Ada");
  const bob = await fixture.person("Bob");
  await ada.enters("killed");
  await bob.enters("killed");
  await ada.says("before");
  await bob.message("before").waitFor();
  await fixture.kill();
  await ada.isOffline();
  await ada.says("meanwhile");
  await bob.says("and I");
  await fixture.replace();
  for (const person of [ada, bob]) {
    // The browser reports a network again. Otherwise the next attempt may be seconds away.
    await person.looksAgain();
    await eventually(() => person.sees().then((texts) => texts.toSorted())).toEqual([
      "and I",
      "before",
      "meanwhile",
    ]);
    await eventually(() => person.waiting()).toEqual([]);
  }
  expect(await bob.sees()).toEqual(await ada.sees());
  expect(await ada.log.getByText(/ left/).count()).toBe(0);
});
