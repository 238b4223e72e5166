/**
 * The page is accessible: with the keyboard alone, with a screen reader, on a narrow phone, in light and
 * dark, and in a browser that stores nothing.
 */
import { describe, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import type { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture();

/** Presses a key until the element with this description has the focus. */
const tabTo = async (person: Person, selector: string): Promise<void> => {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await person.page.locator(selector).evaluate((element) => element === document.activeElement)) return;
    await person.page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach ${selector}`);
};

const fitsAcross = (person: Person): Promise<boolean> =>
  person.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

/**
 * Controls that are smaller than 24 pixels once their text is gone. A control whose only text is an emoji has
 * no width of its own where no installed font has that emoji.
 */
const sizedByTheirText = (person: Person): Promise<readonly string[]> =>
  person.page.evaluate(() => {
    const controls = [...document.querySelectorAll("button, input, textarea, summary")].filter(
      (control) => control.checkVisibility() && control.getBoundingClientRect().width > 1,
    );
    const texts = controls.map((control) => control.textContent);
    for (const control of controls) control.replaceChildren();
    return controls.flatMap((control, index) => {
      const { width, height } = control.getBoundingClientRect();
      return width < 24 || height < 24 ? [`${texts[index]}: ${width}x${height}`] : [];
    });
  });

describe("the page", () => {
  test("[D2] [D6] works with the keyboard alone", async () => {
    const ada = await fixture.person("Ada");
    const { keyboard } = ada.page;
    await ada.opens("/");
    await tabTo(ada, "#sign-in-name");
    await keyboard.type("Ada");
    await keyboard.press("Tab");
    await keyboard.press("ControlOrMeta+a");
    await keyboard.type("keys");
    await keyboard.press("Enter");
    await ada.isLive();
    expect(new URL(ada.page.url()).pathname).toBe("/r/keys");

    await keyboard.type("first line");
    await keyboard.press("Shift+Enter");
    await keyboard.type("second line");
    await keyboard.press("Enter");
    await eventually(() => ada.sees()).toEqual(["first line\nsecond line"]);

    await keyboard.press("ArrowUp");
    await keyboard.press("Escape");
    expect(await ada.box.inputValue()).toBe("");
    await keyboard.type("another");
    await keyboard.press("Enter");
    await eventually(() => ada.sees()).toHaveLength(2);

    await ada.log.focus();
    await tabTo(ada, "li.message:last-of-type");
    await keyboard.press("ArrowUp");
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await keyboard.press("Shift+Tab");
    await keyboard.press("Shift+Tab");
    await keyboard.press("Enter");
    await ada.message("first line").getByRole("button", { name: /^🙏 1/ }).waitFor();
    expect(ada.faults).toEqual([]);
  });

  test("[D2] announces new messages of others to a screen reader, and no old ones", async () => {
    const ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    await ada.enters("aloud");
    await ada.says("an old word");
    await eventually(() => ada.sees()).toHaveLength(1);
    await bob.enters("aloud");
    await bob.message("an old word").waitFor();
    await ada.says("a new word");
    const told = bob.page.getByRole("log", { name: "New messages" });
    await eventually(() => told.textContent()).toBe("Ada: a new word");
    await bob.says("my own word");
    await eventually(() => bob.sees()).toHaveLength(3);
    expect(await told.textContent()).toBe("Ada: a new word");
  });

  test("[V2] [V3] has no horizontal scroll at 320 pixels, with any message", async () => {
    const ada = await fixture.person("W".repeat(40), {
      viewport: { width: 320, height: 640 },
      hasTouch: true,
    });
    await ada.opens("/");
    expect(await fitsAcross(ada)).toBe(true);
    await ada.enters("n".repeat(64));
    await ada.says("m".repeat(300));
    await ada.says(`e${"\u0301".repeat(500)}`);
    await ada.says(`https://example.com/${"x".repeat(200)}`);
    await eventually(() => ada.sees()).toHaveLength(3);
    expect(await fitsAcross(ada)).toBe(true);
    await ada.page.getByRole("button", { name: "Show rooms" }).click();
    await ada.page.getByRole("navigation", { name: "Rooms" }).waitFor();
    expect(await fitsAcross(ada)).toBe(true);
    await ada.page.keyboard.press("Escape");
    await ada.page.getByRole("navigation", { name: "Rooms" }).waitFor({ state: "hidden" });
    await ada.page.getByRole("button", { name: /Show who is here/ }).click();
    expect(await fitsAcross(ada)).toBe(true);
  });

  test("[D7] has controls that are at least 24 pixels wide and high, whatever fonts are installed", async () => {
    const ada = await fixture.person("Ada", { viewport: { width: 1200, height: 760 } });
    await ada.enters("sizes");
    await ada.opensRoom("more-sizes");
    await ada.says("a message");
    const react = ada.page.getByRole("button", { name: "React", exact: true });
    const message = ada.message("a message");
    await message.hover();
    await react.click();
    await ada.page.getByRole("button", { name: "React with 👍" }).click();
    await message.getByRole("button", { name: /^👍 1/ }).waitFor();
    await react.click();
    await ada.page.getByRole("button", { name: "React with another emoji" }).waitFor();
    expect(await sizedByTheirText(ada)).toEqual([]);
  });

  test.for(["light", "dark"] as const)("has no violation that axe finds, in %s", async (colorScheme) => {
    const ada = await fixture.person("Ada", { colorScheme, bypassCSP: true });
    await ada.opens("/");
    await ada.page.getByRole("button", { name: "Enter the room" }).click();
    expect(await ada.violations()).toEqual([]);
    await ada.enters(`open-to-all-${colorScheme}`);
    await ada.says("See https://example.com, and answer");
    await ada.message("See").hover();
    await ada.page.getByRole("button", { name: "React", exact: true }).click();
    await ada.page.getByRole("button", { name: "React with ❤️" }).click();
    await ada.page.getByRole("button", { name: "Reply" }).click();
    await ada.says("I do");
    await ada.message("I do").hover();
    expect(await ada.violations()).toEqual([]);
    ada.network.cut();
    await ada.isOffline();
    await ada.says("written offline");
    expect(await ada.violations()).toEqual([]);
  });

  test("can be installed: the manifest and its icons are served", async () => {
    const ada = await fixture.person("Ada");
    await ada.opens("/");
    const href = await ada.page.locator("link[rel=manifest]").getAttribute("href");
    const manifest = await ada.page.request.get(new URL(href ?? "", ada.page.url()).href);
    expect(manifest.headers()["content-type"]).toContain("application/manifest+json");
    const { start_url, display, icons } = await manifest.json();
    expect({ start_url, display }).toEqual({ start_url: "/", display: "standalone" });
    for (const { src, type } of icons) {
      const icon = await ada.page.request.get(new URL(src, ada.page.url()).href);
      expect([icon.status(), icon.headers()["content-type"]?.split(";")[0]]).toEqual([200, type]);
    }
  });

  test("[D2] works in a browser that stores nothing, and says what it can't store", async () => {
    const ada = await fixture.person("Ada");
    await ada.page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get: () => {
          throw new DOMException("forbidden", "SecurityError");
        },
      });
    });
    await ada.enters("forgetful");
    await ada.page.getByText("This browser keeps nothing for the page").waitFor();
    await ada.says("still here");
    await eventually(() => ada.sees()).toEqual(["still here"]);
    expect(ada.faults).toEqual([]);
  });
});

test("the keyboard replies, edits and deletes, and Escape cancels a reply and an edit", async () => {
  const ada = await fixture.person("Ada");
  const { keyboard } = ada.page;
  await ada.enters("keyboard");
  await ada.says("mine");
  const message = ada.message("mine");
  const actions = ada.page.getByRole("group", { name: "Message actions" });
  /** The order of Tab from the message: React, Reply, Edit, Delete. */
  const takes = async (nth: number): Promise<void> => {
    await message.focus();
    await actions.waitFor();
    for (let presses = 0; presses < nth; presses += 1) await keyboard.press("Tab");
    await keyboard.press("Enter");
  };
  await message.waitFor();
  await takes(2);
  await ada.page.getByText(/^Replying to/).waitFor();
  await keyboard.press("Escape");
  await ada.page.getByText(/^Replying to/).waitFor({ state: "detached" });
  await takes(3);
  await eventually(() => ada.box.inputValue()).toBe("mine");
  await keyboard.press("Escape");
  await eventually(() => ada.box.inputValue()).toBe("");
  await takes(4);
  await actions.getByRole("button", { name: "Really delete?" }).waitFor();
  await keyboard.press("Enter");
  await ada.log.getByText("Message deleted").waitFor();
  expect(ada.faults).toEqual([]);
});

test("[V2] [V3] right-to-left text is quoted from its beginning, and its list markers are visible", async () => {
  const ada = await fixture.person("Ada");
  await ada.enters("both-ways");
  await ada.says(`- ${"שלום לכולם ".repeat(30)}`);
  await ada.message("שלום").hover();
  await ada.page.getByRole("button", { name: "Reply" }).click();
  await ada.says("An answer");
  const [quote, item] = await ada.message("An answer").evaluate((answer) => {
    const list = document.querySelector(".formatted li");
    const text = list?.closest(".words");
    return [
      getComputedStyle(answer.querySelector(".quote") ?? answer).direction,
      (text?.getBoundingClientRect().right ?? 0) - (list?.getBoundingClientRect().right ?? 0),
    ];
  });
  expect(quote).toBe("rtl");
  expect(item).toBeGreaterThan(16);
});

test("selected elements stand out in forced colours", async () => {
  const ada = await fixture.person("Ada", { forcedColors: "active" });
  await ada.enters("own-colours");
  await ada.says("a message");
  await ada.message("a message").hover();
  await ada.page.getByRole("button", { name: "React", exact: true }).click();
  await ada.page.getByRole("button", { name: "React with 👍" }).click();
  await ada.log.getByRole("button", { name: /^👍 1/ }).waitFor();
  await ada.box.pressSequentially("@a");
  await ada.page.getByRole("option", { selected: true }).waitFor();
  const grounds = await ada.page.evaluate(() => {
    const ground = (element: Element): string => getComputedStyle(element).backgroundColor;
    const chosen = "[aria-current], [aria-pressed=true], [aria-selected=true]";
    return [ground(document.body), ...[...document.querySelectorAll(chosen)].map(ground)];
  });
  expect(grounds).toHaveLength(4);
  expect(new Set(grounds.slice(1)).size).toBe(1);
  expect(grounds[1]).not.toBe(grounds[0]);
});

test("digits and spaces come from the text font, whatever fonts are installed", async () => {
  const ada = await fixture.person("Ada");
  await ada.opens("/");
  const [own, without, emoji] = await ada.page.evaluate(() => {
    const pen = document.createElement("canvas").getContext("2d");
    const family = getComputedStyle(document.body).fontFamily;
    const width = (faces: string, text: string): number => {
      if (pen === null) return 0;
      pen.font = `16px ${faces}`;
      return pen.measureText(text).width;
    };
    const plain = family.split(", ").filter((face) => !face.includes("Emoji"));
    return [width(family, "1 2 * #"), width(plain.join(", "), "1 2 * #"), width(family, "🎉")];
  });
  expect(own).toBe(without);
  expect(emoji).toBeGreaterThan(0);
});
