/**
 * The composer: with an input method, with undo, with fast input, with a mouse, and with messages that are
 * deleted in the meantime.
 */
import { describe, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import type { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture();

const deletes = async ({ page }: Person, text: string): Promise<void> => {
  await page.locator("li.message").filter({ hasText: text }).hover();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Really delete?" }).click();
};

const hasFocus = (person: Person): Promise<boolean> =>
  person.box.evaluate((element) => element === document.activeElement);

describe("the composer", () => {
  test("[V3] grows with its text, up to a part of the screen, and shrinks when the text is sent", async () => {
    const ada = await fixture.person("Ada");
    await ada.enters("growth");
    const height = (): Promise<number> => ada.box.evaluate((element) => element.clientHeight);
    const before = await height();
    await ada.box.fill("two\nlines");
    expect(await height()).toBeGreaterThan(before);
    await ada.box.fill("line\n".repeat(200));
    expect(await height()).toBeLessThan(760 / 2);
    await ada.box.press("Enter");
    await eventually(height).toBe(before);
  });

  test("leaves Enter to an input method", async () => {
    const ada = await fixture.person("Ada");
    await ada.enters("composing");
    await ada.box.focus();
    const keyboard = await ada.page.context().newCDPSession(ada.page);
    await keyboard.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
    const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 };
    await keyboard.send("Input.dispatchKeyEvent", { type: "keyDown", ...enter });
    await keyboard.send("Input.insertText", { text: "日本" });
    // Safari sends this key after the end of the composition.
    await ada.box.evaluate((element) =>
      element.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }),
      ),
    );
    expect(await ada.box.inputValue()).toBe("日本");
    await ada.box.press("Enter");
    await eventually(() => ada.sees()).toEqual(["日本"]);
  });

  test("undoes a completion like typed text", async () => {
    const ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    await ada.enters("undone");
    await bob.enters("undone");
    await ada.box.pressSequentially("Hi @bo");
    await ada.page.getByRole("option", { name: "Bob" }).waitFor();
    await ada.box.press("Tab");
    expect(await ada.box.inputValue()).toBe("Hi @Bob ");
    await ada.box.press("ControlOrMeta+z");
    expect(await ada.box.inputValue()).toBe("Hi @bo");
    await ada.box.fill("");
    await ada.box.pressSequentially(":tad");
    await ada.page.getByRole("option").first().waitFor();
    await ada.box.pressSequentially("a:");
    expect(await ada.box.inputValue()).toBe("🎉");
    await ada.box.press("ControlOrMeta+z");
    expect(await ada.box.inputValue()).toBe(":tada:");
  });

  test("[D2] [I1] sends once for several Enter events, and keeps the focus, with mouse and keyboard", async () => {
    const ada = await fixture.person("Ada");
    await ada.enters("once");
    await ada.box.fill("once");
    await ada.box.evaluate((element) => {
      const enter = { key: "Enter", bubbles: true, cancelable: true };
      for (let times = 0; times < 3; times += 1) element.dispatchEvent(new KeyboardEvent("keydown", enter));
    });
    await ada.box.fill("by mouse");
    await ada.page.getByRole("button", { name: "Send", exact: true }).click();
    expect(await hasFocus(ada)).toBe(true);
    await ada.page.keyboard.type("by keyboard");
    await ada.page.getByRole("button", { name: "Send", exact: true }).focus();
    await ada.page.keyboard.press("Enter");
    expect(await hasFocus(ada)).toBe(true);
    await eventually(() => ada.sees()).toEqual(["once", "by mouse", "by keyboard"]);
  });
});

describe("when a message is deleted in the meantime", () => {
  test("[D7] a reply to it becomes a message of its own, and no reaction is sent", async () => {
    const [ada, bob] = [await fixture.person("Ada"), await fixture.person("Bob")];
    await ada.enters("orphans");
    await bob.enters("orphans");
    await ada.says("to be deleted");
    await bob.message("to be deleted").hover();
    await bob.page.getByRole("button", { name: "Reply" }).click();
    await bob.box.fill("an answer");
    await bob.message("to be deleted").hover();
    await bob.page.getByRole("button", { name: "React", exact: true }).click();
    await bob.page.getByRole("button", { name: "React with another emoji" }).click();
    await deletes(ada, "to be deleted");
    await bob.page.getByText("The message has been deleted. Your text becomes a new message.").waitFor();
    await bob.page.getByRole("searchbox", { name: "Search emoji" }).fill("tada");
    await bob.page.getByRole("button", { name: "tada" }).waitFor();
    await bob.page.keyboard.press("Enter");
    await bob.page.getByRole("dialog").waitFor({ state: "detached" });
    await bob.box.press("Enter");
    await eventually(() => ada.sees()).toEqual(["an answer"]);
    await eventually(() => bob.waiting()).toEqual([]);
    expect([...ada.faults, ...bob.faults]).toEqual([]);
  });

  test("[D7] an edit of it becomes a draft", async () => {
    const ada = await fixture.person("Ada");
    await ada.enters("reworded");
    await ada.says("as it was");
    await ada.message("as it was").waitFor();
    await ada.box.press("ArrowUp");
    await ada.box.fill("as it should be");
    await deletes(ada, "as it was");
    await ada.page.getByText("The message has been deleted. Your text becomes a new message.").waitFor();
    await eventually(() => ada.box.inputValue()).toBe("as it should be");
    await ada.box.press("Enter");
    await eventually(() => ada.sees()).toEqual(["as it should be"]);
    expect(await ada.page.getByText(/^The message has been deleted/).count()).toBe(0);
  });
});
