/**
 * Completion of names and emoji, the emoji picker, and mentions, which stand out for the mentioned user.
 */
import { describe, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture();

describe("a mention", () => {
  test("[D2] completes from the members, and stands out for the mentioned user", async () => {
    const ada = await fixture.person("Ada Lovelace");
    const bob = await fixture.person("Bob", { bypassCSP: true });
    await ada.enters("mentions");
    await bob.enters("mentions");
    await eventually(() => bob.people()).toHaveLength(2);
    await bob.box.pressSequentially("Ask @love");
    await bob.page.getByRole("option", { name: "Ada Lovelace", selected: true }).waitFor();
    expect(await bob.violations()).toEqual([]);
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

  test("[D2] is sent by Enter if it is typed in full, and completed otherwise", async () => {
    const ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    const offered = bob.page.getByRole("option", { name: "Ada", exact: true, selected: true });
    const list = bob.page.getByRole("listbox", { name: "Suggestions" });
    await ada.enters("whole");
    await bob.enters("whole");
    await eventually(() => bob.people()).toHaveLength(2);

    await bob.box.pressSequentially("@ada");
    await offered.waitFor();
    await bob.box.press("Enter");
    await eventually(() => ada.sees()).toEqual(["@ada"]);
    await list.waitFor({ state: "detached" });
    expect(await bob.box.inputValue()).toBe("");

    await bob.box.pressSequentially("@ad");
    await offered.waitFor();
    await bob.box.press("Enter");
    expect(await bob.box.inputValue()).toBe("@Ada ");
    await bob.box.pressSequentially("and @Ada");
    await offered.waitFor();
    await bob.box.press("Tab");
    expect(await bob.box.inputValue()).toBe("@Ada and @Ada ");
    await bob.box.press("Enter");
    await eventually(() => ada.sees()).toEqual(["@ada", "@Ada and @Ada"]);
  });

  test("[V2] of several words stands out in full, even if the name becomes known later", async () => {
    const bob = await fixture.person("Bob");
    await bob.enters("by-hand");
    await bob.says("@Grace Hopper, @grace hoppers and @Zed are not here");
    const marks = (): Promise<readonly string[]> => bob.log.locator("mark:not(.me)").allTextContents();
    await eventually(marks).toEqual(["@Grace", "@grace", "@Zed"]);
    const grace = await fixture.person("Grace Hopper");
    await grace.enters("by-hand");
    await eventually(marks).toEqual(["@Grace Hopper", "@grace", "@Zed"]);
    await grace.log.locator("mark.me").getByText("@Grace Hopper", { exact: true }).waitFor();
    expect([...bob.faults, ...grace.faults]).toEqual([]);
  });
});

describe("emoji", () => {
  test("[D2] are sent by Enter if their name is typed in full, and completed otherwise", async () => {
    const ada = await fixture.person("Ada");
    await ada.enters("whole-emoji");
    const offered = ada.page.getByRole("option", { name: /rocket/, selected: true });
    await ada.box.pressSequentially(":rocket");
    await offered.waitFor();
    await ada.box.press("Enter");
    expect(await ada.box.inputValue()).toBe("🚀");
    await ada.box.pressSequentially(" :rocket:");
    expect(await ada.box.inputValue()).toBe("🚀 🚀");
    await ada.box.press("Enter");
    await eventually(() => ada.sees()).toEqual(["🚀 🚀"]);
  });

  test("[D2] [D7] come by name, from the picker, and as a reaction from the search", async () => {
    const ada = await fixture.person("Ada");
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
    await ada.message("well").getByRole("button", { name: "🦄 1: you", pressed: true }).waitFor();
    expect(await reactions.count()).toBe(0);
    expect(ada.faults).toEqual([]);
  });
});
