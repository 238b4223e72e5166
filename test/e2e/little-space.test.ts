/**
 * What the page keeps where there is little space: the newest twenty rooms, and what a full disk takes. What it can't keep it says, and works as ever.
 */
import { describe, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { keptBy } from "./support/kept.ts";
import type { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture();

const MOST_ROOMS = 20;

const roomsKeptBy = async (person: Person): Promise<readonly string[]> =>
  Object.keys(await keptBy(person)).toSorted();

test("[R2] of more than twenty rooms those are kept in which something has happened last", async () => {
  const ada = await fixture.person("Ada");
  const rooms = Array.from({ length: MOST_ROOMS + 2 }, (_, n) => `room-${String.fromCodePoint(97 + n)}`);
  const [first = "", second = "", ...others] = rooms;
  const twentyFirst = others.at(-2) ?? "";
  const last = others.at(-1) ?? "";
  await ada.enters(first);
  for (const room of [second, ...others.slice(0, -2)]) await ada.opensRoom(room);
  const twenty = rooms.slice(0, MOST_ROOMS);
  await eventually(() => roomsKeptBy(ada)).toEqual(twenty);
  await ada.opensRoom(twentyFirst);
  await eventually(() => roomsKeptBy(ada)).toEqual(rooms.slice(1, MOST_ROOMS + 1));

  await ada.page.getByRole("link", { name: second, exact: true }).click();
  await ada.page.getByRole("textbox", { name: `Message to ${second}` }).waitFor();
  await ada.says("not forgotten");
  await eventually(() => keptBy(ada)).toMatchObject({ [second]: 1 });
  await ada.opensRoom(last);
  await eventually(() => roomsKeptBy(ada)).toEqual([second, ...rooms.slice(3)]);
  expect(ada.faults).toEqual([]);
});

describe("on a full disk", () => {
  test("[D2] the page works, says that no messages are kept, and keeps them again once there is space", async () => {
    const ada = await fixture.person("Ada");
    const session = await ada.page.context().newCDPSession(ada.page);
    const origin = ada.network.url;
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
    await ada.enters("full");
    await ada.says("on a full disk");
    const told = ada.page.getByText("This browser keeps no messages for the page");
    await told.waitFor();
    await eventually(() => ada.sees()).toEqual(["on a full disk"]);
    await ada.page.reload();
    await ada.says("once more");
    await told.waitFor();
    await eventually(() => ada.sees()).toEqual(["on a full disk", "once more"]);
    expect(await keptBy(ada)).toEqual({});

    await session.send("Storage.overrideQuotaForOrigin", { origin });
    await ada.says("there is space again");
    await told.waitFor({ state: "detached" });
    await eventually(() => keptBy(ada)).toEqual({ full: 3 });
    expect(ada.faults).toEqual([]);
  });

  test("[I1] [D2] drafts and what is unsent are kept until the page closes, which it says, and over a reload once there is space", async () => {
    const ada = await fixture.person("Ada");
    await ada.enters("drafts");
    await ada.opensRoom("beside");
    await ada.page.evaluate(() => {
      for (let size = 2 ** 24; size >= 1; size /= 2) {
        const filled = localStorage.getItem("filler") ?? "";
        try {
          localStorage.setItem("filler", filled + "x".repeat(size));
        } catch {
          // So much does not fit: half of it may.
        }
      }
    });
    const told = ada.page.getByText("This browser keeps nothing for the page");
    await ada.box.fill("half of it");
    await told.waitFor();
    await ada.page.keyboard.press("Alt+ArrowUp");
    await ada.page.getByRole("textbox", { name: "Message to drafts" }).waitFor();
    expect(await ada.box.inputValue()).toBe("");
    await ada.page.keyboard.press("Alt+ArrowDown");
    await eventually(() => ada.box.inputValue()).toBe("half of it");

    ada.network.cut();
    await ada.isOffline();
    await ada.says("written offline");
    await eventually(() => ada.waiting()).toEqual(["written offline"]);
    await told.waitFor();
    ada.network.mend();
    await ada.looksAgain();
    await eventually(() => ada.sees()).toEqual(["written offline"]);
    expect(await ada.waiting()).toEqual([]);

    await ada.box.fill("the other half");
    await told.waitFor();
    await ada.page.evaluate(() => localStorage.removeItem("filler"));
    await ada.box.press("End");
    await ada.box.pressSequentially("!");
    await told.waitFor({ state: "detached" });
    await ada.page.reload();
    await eventually(() => ada.box.inputValue()).toBe("the other half!");
    await eventually(() => ada.sees()).toEqual(["written offline"]);
    expect(ada.faults).toEqual([]);
  });
});
