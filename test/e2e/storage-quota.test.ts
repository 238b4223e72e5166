/**
 * The page with little space: it caches twenty rooms, and what fits on a full disk. It says what it can't
 * store, and works.
 */
import { describe, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { cachedRooms } from "./support/room-cache.ts";
import type { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture();

const MOST_ROOMS = 20;

const cachedRoomNames = async (person: Person): Promise<readonly string[]> =>
  Object.keys(await cachedRooms(person)).toSorted();

test("[R2] the cache keeps the twenty rooms with the latest activity", async () => {
  const ada = await fixture.person("Ada");
  const rooms = Array.from({ length: MOST_ROOMS + 2 }, (_, n) => `room-${String.fromCodePoint(97 + n)}`);
  const [first = "", second = "", ...others] = rooms;
  const twentyFirst = others.at(-2) ?? "";
  const last = others.at(-1) ?? "";
  await ada.enters(first);
  for (const room of [second, ...others.slice(0, -2)]) await ada.opensRoom(room);
  const twenty = rooms.slice(0, MOST_ROOMS);
  await eventually(() => cachedRoomNames(ada)).toEqual(twenty);
  await ada.opensRoom(twentyFirst);
  await eventually(() => cachedRoomNames(ada)).toEqual(rooms.slice(1, MOST_ROOMS + 1));

  await ada.page.getByRole("link", { name: second, exact: true }).click();
  await ada.page.getByRole("textbox", { name: `Message to ${second}` }).waitFor();
  await ada.says("not forgotten");
  await eventually(() => cachedRooms(ada)).toMatchObject({ [second]: 1 });
  await ada.opensRoom(last);
  await eventually(() => cachedRoomNames(ada)).toEqual([second, ...rooms.slice(3)]);
  expect(ada.faults).toEqual([]);
});

describe("on a full disk", () => {
  test("[D2] the page works, says that it stores no messages, and stores them again when there is space", async () => {
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
    expect(await cachedRooms(ada)).toEqual({});

    await session.send("Storage.overrideQuotaForOrigin", { origin });
    await ada.says("there is space again");
    await told.waitFor({ state: "detached" });
    await eventually(() => cachedRooms(ada)).toEqual({ full: 3 });
    expect(ada.faults).toEqual([]);
  });

  test("[I1] [D2] drafts and unsent messages are kept until the page closes, as it says, and survive a reload when there is space", async () => {
    const ada = await fixture.person("Ada");
    await ada.enters("drafts");
    await ada.opensRoom("beside");
    await ada.page.evaluate(() => {
      for (let size = 2 ** 24; size >= 1; size /= 2) {
        const filled = localStorage.getItem("filler") ?? "";
        try {
          localStorage.setItem("filler", filled + "x".repeat(size));
        } catch {
          // This does not fit, so the next loop tries half of it.
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
