/**
 * Hostile messages and names: the page keeps its layout, its elements are few, it has every message, and no
 * message runs as a script. bench/page/bad-input.ts measures the time.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Chat } from "../../src/client/index.ts";
import { eventually } from "./support/eventually.ts";
import type { Person } from "./support/person.ts";
import { most, tooWide } from "./support/shape.ts";
import { PageFixture } from "./support/fixture.ts";
import { HOSTILE_TEXTS } from "./support/hostile-texts.ts";

/** How many long texts are in the page at the same time, beside a short one. */
const HANDFUL = 4;
/**
 * In pixels. A text of up to 1,200 characters is not folded. On a narrow page, with letters that are an em
 * wide, it has about 71 lines.
 */
const HIGHEST_WHOLE = 1800;
const NARROW = { viewport: { width: 320, height: 640 } };

const fixture = new PageFixture({ MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000" });
let chat: Chat;

beforeAll(() => {
  chat = connect({ url: fixture.webSocketUrl, name: "Mallory" });
});
afterAll(() => chat.close());

const isInSight = (element: Element): boolean => {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
};

const showAll = async (person: Person): Promise<void> => {
  const folded = person.log.getByRole("button", { name: "Show all" });
  while ((await folded.count()) > 0) await folded.first().click();
};

test("[V3] no text breaks the layout, folded or in full, and the page still responds", async () => {
  const ada = await fixture.person("Ada", NARROW);
  const bob = await fixture.person("Bob");
  await ada.enters("lobby");
  await bob.enters("lobby");
  const texts = Object.values(HOSTILE_TEXTS);
  // As many at a time as the page holds at the same time.
  for (let nth = 0; nth < texts.length; nth += HANDFUL) {
    const handful = texts.slice(nth, nth + HANDFUL);
    const room = chat.join(`hostile-${nth}`);
    for (const text of handful) await room.post(text);
    await room.post("still here");
    for (const person of [ada, bob]) {
      await person.opens(`/r/${room.name}`);
      await person.isLive();
      await person.message("still here").waitFor();
      await eventually(() => person.log.locator("li.message").count()).toBe(handful.length + 1);
      expect(await tooWide(person.page)).toEqual([]);
      const folded = await most(person.page);
      expect(folded.elements).toBeLessThan(600);
      expect(folded.depth).toBeLessThan(30);
      expect(folded.foldedHeight).toBeLessThan(1000);
      expect(folded.wholeHeight).toBeLessThan(HIGHEST_WHOLE);

      await showAll(person);
      expect(await tooWide(person.page)).toEqual([]);
      const whole = await most(person.page);
      expect(whole.elements).toBeLessThan(1500);
      expect(whole.depth).toBeLessThan(30);
    }
    room.leave();
  }
  // Texts with overrides of direction do not change what follows them.
  await bob.message("still here").hover();
  await bob.page.getByRole("button", { name: "Reply", exact: true }).click();
  await bob.page.getByText(/^Replying to/).waitFor();
  expect([...ada.faults, ...bob.faults]).toEqual([]);
});

test("[V3] [D2] a reader at the end stays at the end, whatever arrives and however it grows", async () => {
  const ada = await fixture.person("Ada", NARROW);
  const room = chat.join("growing");
  await ada.enters(room.name);
  for (const text of Object.values(HOSTILE_TEXTS)) await room.post(text);
  await room.post("the last one");
  await ada.message("the last one").waitFor();
  await eventually(() => ada.message("the last one").evaluate(isInSight)).toBe(true);
  expect(await ada.page.locator(".to-newest").count()).toBe(0);
});

test.for([
  "marks on one letter",
  "joined without end",
  "jamo of one syllable",
  "one long word",
  "a letter of each script",
] as const)(
  "[V3] %s: the page shows the beginning, and everything when the reader opens or copies it",
  async (name) => {
    const text = HOSTILE_TEXTS[name];
    const ada = await fixture.person("Ada");
    const room = chat.join(name.replaceAll(" ", "-"));
    await ada.enters(room.name);
    await room.post(text);
    await room.post("after it");
    await ada.message("after it").waitFor();
    const shown = ada.log.locator(".message .text").first();
    expect((await shown.textContent())?.length).toBeLessThan(1300);

    // Selects from the beginning of this message into the next one.
    await ada.log.focus();
    await ada.page.evaluate(() => {
      const [from, to] = document.querySelectorAll(".message .text");
      if (from !== undefined && to !== undefined) getSelection()?.setBaseAndExtent(from, 0, to, 1);
    });
    await ada.page.keyboard.press("ControlOrMeta+c");
    await eventually(async () => (await shown.textContent()) === text).toBe(true);
    await ada.box.focus();
    await ada.page.keyboard.press("ControlOrMeta+v");
    await eventually(async () => (await ada.box.inputValue()).includes(text)).toBe(true);

    await ada.log.getByRole("button", { name: "Show less" }).click();
    await eventually(async () => (await shown.textContent())?.length).toBeLessThan(1300);
    await ada.log.getByRole("button", { name: "Show all" }).click();
    await eventually(async () => (await shown.textContent()) === text).toBe(true);
  },
);

test("[V3] marks that are stacked on a letter stay within their message", async () => {
  const ada = await fixture.person("Ada");
  const room = chat.join("piles");
  await ada.enters("piles");
  await room.post("before it");
  const { id } = await room.post("e");
  const picture = async (): Promise<string> => {
    const image = await ada.message("before it").locator(".text").screenshot({ animations: "disabled" });
    return image.toString("base64");
  };
  await room.edit(id, "e, edited");
  await ada.message("e, edited").waitFor();
  const without = await picture();
  // So few marks are drawn above one another.
  await room.edit(id, `e${"\u0301".repeat(30)}, edited`);
  await ada.message("\u0301").waitFor();
  expect((await picture()) === without).toBe(true);
});

test("[V3] no message becomes an image, a script, or a link to one", async () => {
  const ada = await fixture.person("Ada");
  const room = chat.join("scripts");
  await ada.enters("scripts");
  const dialogs: string[] = [];
  ada.page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const hostile = [
    "![x](javascript:alert(1))",
    "[![x](javascript:alert(1))](javascript:alert(2))",
    "![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+)",
    "![x](https://evil.example/pixel.png)",
    "[x](JaVaScRiPt:alert(1)) [x](&#106;avascript:alert(1)) [x](java\tscript:alert(1))",
    "<javascript:alert(1)> <img src=x onerror=alert(1)> <script>alert(1)</script>",
    "[x]: javascript:alert(1)\n\n[x]",
    "```javascript\nalert(1)\n```",
  ];
  for (const text of hostile) await room.post(text);
  await room.post(HOSTILE_TEXTS["images that are scripts"]);
  await room.post("still here");
  await ada.message("still here").waitFor();
  await showAll(ada);
  await eventually(() => ada.log.locator("code .token").count()).toBeGreaterThan(0);
  expect(await ada.log.locator("img, svg, script, iframe, object, [src], [srcset], [style]").count()).toBe(0);
  const links = await ada.log.locator("a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  expect(links.filter((href) => href === null || !/^https?:/u.test(href))).toEqual([]);
  // Text that looks like a link and is none does nothing.
  for (const message of await ada.log.locator(".message .text").all())
    await message.click({ position: { x: 4, y: 8 } });
  expect(await ada.page.title()).not.toBe("1");
  expect(dialogs).toEqual([]);
  expect(ada.faults).toEqual([]);
});

test.for([
  ["a Latin letter", "W".repeat(40)],
  ["a phrase in one letter", "﷽".repeat(40)],
  ["a sign of cuneiform", "\u{1242B}".repeat(40)],
  ["emoji", "👩‍👩‍👧‍👦".repeat(5)],
  ["marks", `\u1EB9${"\u0323".repeat(39)}`],
] as const)("[V2] a name of 40 characters, of %s, does not displace anything", async ([, name]) => {
  const wide = await fixture.person(name, NARROW);
  const room = `names-${name.codePointAt(0)}`;
  await wide.enters(room);
  const other = connect({ url: fixture.webSocketUrl, name });
  const theirs = other.join(room);
  const { id } = await theirs.post("so I am called");
  await theirs.post(`@${name} an answer`, { replyTo: id });
  theirs.typing();
  await wide.message("an answer").waitFor();
  await wide.page.locator(".typing:not(:empty)").waitFor();
  await wide.message("an answer").hover();
  await wide.page.getByRole("button", { name: "Reply", exact: true }).click();
  await wide.page.getByText(/^Replying to/).waitFor();
  expect(await tooWide(wide.page)).toEqual([]);
  // Both users have the same name, so each has a mark, also in the quote.
  const quote = wide.message("an answer").locator(".quote");
  const [line, mark] = [await quote.boundingBox(), await quote.locator(".name-mark").boundingBox()];
  expect(mark).not.toBeNull();
  expect((mark?.x ?? 0) + (mark?.width ?? 0)).toBeLessThan((line?.x ?? 0) + (line?.width ?? 0));

  await wide.page.getByRole("button", { name: /^Show who is here/ }).click();
  expect(await wide.people()).toEqual(expect.arrayContaining([name, name]));
  expect(await tooWide(wide.page)).toEqual([]);
  await wide.page.getByRole("button", { name: "Close" }).click();
  await wide.says("still here");
  await wide.message("still here").waitFor();
  expect(wide.faults).toEqual([]);
  other.close();
});
