/**
 * Names and emoji that complete while one types, emoji that one picks, and mentions that stand out to whom they are for.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseEmoji } from "../../src/domain/emoji.ts";
import { EMOJI } from "../../web/emoji/list.ts";
import { isMentioned, mentionOf, piecesOf } from "../../web/mentions.ts";
import { eventually } from "./support/eventually.ts";
import { Stage } from "./support/stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.set();
});
afterAll(() => stage.end());

describe("a mention", () => {
  test.for([
    ["hello @Ada", true],
    ["@ada, hello", true],
    ["(@ADA)", true],
    ["@Adam", false],
    ["ada@ada.example", false],
    ["https://example.com/@Ada", false],
    ["Ada", false],
  ] as const)("[V3] in %j is Ada's: %s", ([text, expected]) => {
    expect(isMentioned(text, "Ada")).toBe(expected);
  });

  test("[V2] of a name of several words ends where the name does", () => {
    expect(piecesOf(`ask ${mentionOf("Grace Hopper")} or @Ada Lovelace now`, "Ada Lovelace")).toEqual([
      { text: "ask ", who: "nobody" },
      { text: "@Grace\u00A0Hopper", who: "somebody" },
      { text: " or ", who: "nobody" },
      { text: "@Ada Lovelace", who: "me" },
      { text: " now", who: "nobody" },
    ]);
  });

  test("[V2] of a name that looks like a pattern is that name's alone", () => {
    expect(isMentioned("@a.b", "a.b")).toBe(true);
    expect(isMentioned("@axb", "a.b")).toBe(false);
    expect(isMentioned("@(+", "(+")).toBe(true);
  });

  test("[D2] completes from who is here, and stands out to whom it is for", async () => {
    const ada = await stage.person("Ada Lovelace");
    const bob = await stage.person("Bob", { bypassCSP: true });
    await ada.enters("mentions");
    await bob.enters("mentions");
    await eventually(() => bob.people()).toHaveLength(2);
    await bob.box.pressSequentially("Ask @love");
    await bob.page.getByRole("option", { name: "Ada Lovelace", selected: true }).waitFor();
    expect(await bob.barriers()).toEqual([]);
    await bob.box.press("Escape");
    await bob.page.getByRole("listbox").waitFor({ state: "detached" });
    await bob.box.pressSequentially(" or @ada");
    await bob.page.getByRole("option", { name: "Ada Lovelace" }).waitFor();
    await bob.box.press("Tab");
    await bob.box.press("Enter");
    await ada.log.locator("mark.me").getByText("@Ada\u00A0Lovelace").waitFor();
    await eventually(() => bob.log.locator("mark:not(.me)").allTextContents()).toEqual([
      "@love",
      "@Ada\u00A0Lovelace",
    ]);
    expect([...ada.faults, ...bob.faults]).toEqual([]);
  });
});

describe("emoji", () => {
  test("[V3] that can be picked can all be reactions, and no name is two's", () => {
    const refused = EMOJI.filter(({ emoji }) => !parseEmoji(emoji).ok);
    expect(refused).toEqual([]);
    expect(EMOJI.filter(({ names }) => names.length === 0)).toEqual([]);
    const first = EMOJI.map(({ names }) => names[0]);
    expect(new Set(first).size).toBe(EMOJI.length);
    expect(new Set(EMOJI.map(({ emoji }) => emoji)).size).toBe(EMOJI.length);
  });

  test("[D2] [D7] come by name, from the picker, and as a reaction that one searches for", async () => {
    const ada = await stage.person("Ada");
    const { keyboard } = ada.page;
    await ada.enters("emoji");
    await ada.box.pressSequentially("well :tad");
    await ada.page.getByRole("option", { name: /tada/ }).waitFor();
    await keyboard.press("Enter");
    await keyboard.type(" :heart:");
    await ada.page.getByRole("button", { name: "Insert an emoji" }).click();
    const picker = ada.page.getByRole("dialog", { name: "Insert an emoji" });
    await picker.getByRole("searchbox", { name: "Search emoji" }).fill("rocket");
    await keyboard.press("Enter");
    await keyboard.press("Enter");
    await eventually(() => ada.sees()).toEqual(["well 🎉 ❤️🚀"]);

    await ada.message("well").hover();
    await ada.page.getByRole("button", { name: "React", exact: true }).click();
    await ada.page.getByRole("button", { name: "React with another emoji" }).click();
    const reactions = ada.page.getByRole("dialog", { name: "Choose a reaction" });
    await reactions.getByRole("button", { name: "unicorn" }).click();
    await ada.message("well").getByRole("button", { name: "🦄 1 Ada", pressed: true }).waitFor();
    expect(await reactions.count()).toBe(0);
    expect(ada.faults).toEqual([]);
  });
});
