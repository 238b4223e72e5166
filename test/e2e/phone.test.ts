/**
 * The page on a phone: with touch, on a small screen, and with half of it under the keyboard.
 */
import { describe, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import type { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture();

/** A room with the longest name. */
const roomOf = (width: number): string => `${width}-`.padEnd(64, "n");

/** Controls that are smaller than WCAG 2.2 requires, except links within a text. */
const tooSmall = ({ page }: Person): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("button, input, textarea, summary, a:not(.words a)")].flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      const isSeen = element.checkVisibility() && width > 1;
      return isSeen && (width < 24 || height < 24) ? [`${element.outerHTML} ${width}x${height}`] : [];
    }),
  );

/** Fields that Safari would zoom into. */
const zoomedInto = ({ page }: Person): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("input, textarea")].flatMap((element) =>
      parseFloat(getComputedStyle(element).fontSize) < 16 ? [element.outerHTML] : [],
    ),
  );

const isOnScreen = (person: Person, selector: string): Promise<boolean> =>
  person.page.locator(selector).evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  });

describe.for([390, 320])("on a phone of %d pixels", (width) => {
  test("[D7] touch reaches everything, on large targets, and the layout does not move", async () => {
    const ada = await fixture.person("W".repeat(40), {
      viewport: { width, height: 700 },
      hasTouch: true,
      isMobile: true,
    });
    await ada.opens("/");
    expect([...(await zoomedInto(ada)), ...(await tooSmall(ada))]).toEqual([]);
    await ada.enters(roomOf(width));
    // The keyboard does not open before the user wants to write.
    expect(await ada.box.evaluate((element) => element === document.activeElement)).toBe(false);
    expect(await ada.box.evaluate((element) => element.clientHeight)).toBeLessThan(60);
    await ada.says("Is there anybody?");
    await ada.message("Is there anybody?").tap();
    await ada.page.getByRole("button", { name: "React", exact: true }).tap();
    expect([...(await zoomedInto(ada)), ...(await tooSmall(ada))]).toEqual([]);
    expect(await isOnScreen(ada, ".actions")).toBe(true);

    await ada.page.getByRole("button", { name: "React with another emoji" }).tap();
    await ada.page.getByRole("button", { name: "tada" }).waitFor();
    await ada.page.setViewportSize({ width, height: 400 });
    await eventually(() => isOnScreen(ada, ".emoji-picker")).toBe(true);
    expect([...(await zoomedInto(ada)), ...(await tooSmall(ada))]).toEqual([]);
    await ada.page.getByRole("button", { name: "tada" }).tap();
    await ada.log.getByRole("button", { name: /^🎉 1/ }).waitFor();
    expect(await ada.box.evaluate((element) => element === document.activeElement)).toBe(false);

    await ada.page.setViewportSize({ width, height: 700 });
    await ada.page.getByRole("button", { name: "Insert an emoji" }).tap();
    await ada.page.getByRole("dialog").waitFor();
    await ada.page.getByText("begins.").tap();
    await ada.page.getByRole("dialog").waitFor({ state: "detached" });
    await ada.box.tap();
    await ada.box.fill("No");
    await ada.page.getByRole("button", { name: "New line" }).tap();
    expect(await ada.box.inputValue()).toBe("No\n");
    expect(await ada.box.evaluate((element) => element === document.activeElement)).toBe(true);
    expect([...(await zoomedInto(ada)), ...(await tooSmall(ada))]).toEqual([]);
    await ada.box.fill("Nobody");
    await ada.page.getByRole("button", { name: "Send", exact: true }).tap();
    await ada.message("Nobody").waitFor();
    expect(await ada.box.evaluate((element) => element === document.activeElement)).toBe(true);

    // One row of actions, until the user taps elsewhere.
    const actions = ada.page.getByRole("group", { name: "Message actions" });
    await ada.message("Nobody").tap();
    await actions.getByRole("button", { name: "Delete" }).waitFor();
    expect((await actions.boundingBox())?.height).toBeLessThan(48);
    await ada.page.getByText("begins.").tap();
    await actions.waitFor({ state: "detached" });

    for (const [opener, role] of [
      ["Show rooms", "navigation"],
      [/^Show who/, "complementary"],
    ] as const) {
      await ada.page.getByRole("button", { name: opener }).tap();
      const side = ada.page.getByRole(role);
      await side.waitFor();
      expect([...(await zoomedInto(ada)), ...(await tooSmall(ada))]).toEqual([]);
      await ada.page.touchscreen.tap(role === "navigation" ? width - 8 : 8, 350);
      await side.waitFor({ state: "hidden" });
    }
    expect(ada.faults).toEqual([]);
  });
});

test("[D6] a tap on a message shows its actions, and runs none of them", async () => {
  const ada = await fixture.person("Ada", {
    viewport: { width: 390, height: 700 },
    hasTouch: true,
    isMobile: true,
  });
  await ada.enters("touched");
  await ada.says("first");
  await ada.says("second");
  await ada.message("second").waitFor();
  const actions = ada.page.getByRole("group", { name: "Message actions" });
  // The places where the actions appear.
  for (const fromRight of [20, 60, 120, 160]) {
    await ada.message("first").tap({ position: { x: 40, y: 40 } });
    await ada.message("first").locator(actions).waitFor();
    const { x, y, width } = (await ada.message("second").boundingBox()) ?? { x: 0, y: 0, width: 0 };
    await ada.page.touchscreen.tap(x + width - fromRight, y + 6);
    await ada.message("second").locator(actions).waitFor();
  }
  expect(await actions.getByRole("button").allTextContents()).toEqual([
    "React",
    "Reply",
    "Edit",
    "Delete",
    "Link",
  ]);
  expect(await ada.page.getByText(/^(Replying|Editing)/).count()).toBe(0);
  expect(await ada.page.evaluate(() => location.hash)).toBe("");
});
