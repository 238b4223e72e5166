/**
 * Several rooms at the same time, each with its draft and its unread count. And presence and typing.
 */
import { describe, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture({ PRESENCE_GRACE_S: "1" });

describe("several rooms", () => {
  test("[D2] are switched with the keyboard, have drafts that survive a reload, and can be left", async () => {
    const ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    await bob.enters("lower");
    await ada.enters("upper");
    await ada.box.fill("half of the upper");
    await ada.opensRoom("lower");
    await ada.box.fill("half of the lower");
    await ada.page.keyboard.press("Alt+ArrowUp");
    await eventually(() => ada.box.inputValue()).toBe("half of the upper");
    await ada.page.keyboard.press("Alt+ArrowDown");
    await eventually(() => ada.box.inputValue()).toBe("half of the lower");
    await ada.page.reload();
    await eventually(() => ada.box.inputValue()).toBe("half of the lower");
    await ada.page.keyboard.press("Alt+ArrowDown");
    await eventually(() => ada.box.inputValue()).toBe("half of the upper");

    await eventually(() => bob.people().then((names) => names.toSorted())).toEqual(["Ada", "Bob"]);
    await ada.page.getByRole("button", { name: "Leave lower" }).click();
    await eventually(() => bob.people()).toEqual(["Bob"]);
    const links = ada.page.getByRole("navigation", { name: "Rooms" }).getByRole("link");
    expect(await links.allTextContents()).toEqual(["upper"]);
    expect(ada.faults).toEqual([]);
  });

  test("[D2] [R2] count unread messages, in the list and in the title, even after a reload", async () => {
    const ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    await ada.enters("counted");
    await bob.enters("counted");
    await eventually(() => ada.people()).toHaveLength(2);
    await ada.opensRoom("beside");
    await bob.says("one");
    await bob.says("two");
    const unread = ada.page.getByRole("link", { name: /2 unread messages/ });
    await unread.waitFor();
    await eventually(() => ada.page.title()).toBe("(2) beside · Gapless");
    await ada.page.reload();
    await unread.waitFor();
    await eventually(() => ada.page.title()).toBe("(2) beside · Gapless");
    await unread.click();
    await eventually(() => ada.sees()).toEqual(["one", "two"]);
    await eventually(() => ada.page.title()).toBe("counted · Gapless");
    expect(ada.faults).toEqual([]);
  });

  test("have a link to copy", async () => {
    const ada = await fixture.person("Ada", { permissions: ["clipboard-read", "clipboard-write"] });
    await ada.enters("shared");
    await ada.page.getByRole("button", { name: "Copy link" }).click();
    await ada.page.getByRole("button", { name: "Link copied" }).waitFor();
    expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe(`${ada.network.url}/r/shared`);
  });

  test("[R1] have a link to each message", async () => {
    const ada = await fixture.person("Ada", { permissions: ["clipboard-read", "clipboard-write"] });
    await ada.enters("shared");
    for (const text of ["before", "look at this", "after"]) await ada.says(text);
    await ada.message("look at this").hover();
    await ada.page.getByRole("button", { name: "Copy the message’s link" }).click();
    await ada.page.getByRole("button", { name: "Link copied" }).waitFor();
    const link = await ada.page.evaluate(() => navigator.clipboard.readText());
    expect(link.startsWith(`${ada.network.url}/r/shared#`)).toBe(true);
    await ada.page.goto("about:blank");
    await ada.page.goto(link);
    await ada.log.locator("li.message.jump-target").getByText("look at this").waitFor();
  });
});

test("[P1] two tabs are one member, who leaves with the last tab", async () => {
  const ada = await fixture.person("Ada");
  const bob = await fixture.person("Bob");
  await bob.enters("tabs");
  await ada.enters("tabs");
  const other = await ada.page.context().newPage();
  await other.goto(ada.page.url());
  await other.getByRole("status").filter({ hasText: /^Live/ }).waitFor({ state: "attached" });
  await eventually(() => bob.people()).toHaveLength(2);
  await other.close();
  await ada.says("still here");
  await bob.message("still here").waitFor();
  await ada.page.getByRole("button", { name: "Sign out" }).click();
  await eventually(() => bob.people()).toEqual(["Bob"]);
  expect(await bob.log.getByText(/Ada.? joined/).count()).toBe(1);
  expect(await bob.log.getByText(/Ada.? left/).count()).toBe(1);
});

test("[P5] the typing of a user who stops is hidden", async () => {
  const ada = await fixture.person("Ada");
  const bob = await fixture.person("Bob");
  await ada.enters("pause");
  await bob.enters("pause");
  await ada.box.pressSequentially("Well");
  await bob.page.getByText(/Ada.? is typing…/).waitFor();
  await bob.page.getByText(/Ada.? is typing…/).waitFor({ state: "detached" });
  expect(await bob.sees()).toEqual([]);
});
