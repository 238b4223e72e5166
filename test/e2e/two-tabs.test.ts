/**
 * Two tabs of one browser: what the user does in one tab, the other shows.
 */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture({ PRESENCE_GRACE_S: "1" });

const anotherTabOf = async (person: Person): Promise<Person> => {
  const tab = new Person(person.name, await person.page.context().newPage(), person.network);
  await tab.page.goto(person.page.url());
  await tab.isLive();
  return tab;
};

const link = (page: Page, name: RegExp | string) =>
  page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name });

test("[D2] read messages, open rooms, left rooms and drafts of one tab are the same in the other", async () => {
  const [ada, bob] = [await fixture.person("Ada"), await fixture.person("Bob")];
  await ada.enters("here");
  await bob.enters("here");
  await ada.opensRoom("there");
  const other = await anotherTabOf(ada);
  await bob.says("news");
  for (const { page } of [ada, other]) await link(page, /1 unread message/).waitFor();

  await link(other.page, /^here/).click();
  await other.message("news").waitFor();
  await link(ada.page, /unread/).waitFor({ state: "detached" });
  await eventually(() => ada.page.title()).toBe("there · Gapless");
  await link(ada.page, /^here/).click();
  await ada.message("news").waitFor();
  expect(await ada.log.getByText("New messages").count()).toBe(0);

  await ada.box.fill("half of it");
  await eventually(() => other.box.inputValue()).toBe("half of it");
  await other.box.press("Enter");
  await eventually(() => bob.sees()).toEqual(["news", "half of it"]);
  await eventually(() => ada.box.inputValue()).toBe("");

  await other.opensRoom("third");
  await link(ada.page, "third").waitFor();
  await ada.page.getByRole("button", { name: "Leave here" }).click();
  await eventually(() => bob.people()).toEqual(["Bob"]);
  await eventually(() => link(other.page, /./).allTextContents()).toEqual(["there", "third"]);
  await other.page.reload();
  await eventually(() => link(other.page, /./).allTextContents()).toEqual(["there", "third"]);
  expect([...ada.faults, ...other.faults]).toEqual([]);
});

test("[A1] a sign-out in one tab signs out the other, and sends nothing more there", async () => {
  const [ada, bob] = [await fixture.person("Ada"), await fixture.person("Bob")];
  await ada.enters("out");
  await bob.enters("out");
  const other = await anotherTabOf(ada);
  await other.page.getByRole("button", { name: "Sign out" }).click();
  await ada.page.getByRole("button", { name: "Enter the room" }).waitFor();
  await eventually(() => bob.people()).toEqual(["Bob"]);
  expect(await ada.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  expect([...ada.faults, ...other.faults]).toEqual([]);
});
