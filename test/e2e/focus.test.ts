/**
 * The focus: it is not lost with the element that had it, and the element that gets it is visible.
 */
import { expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import type { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture();

/** The element with the focus: a message, or the name of another element. */
const focused = ({ page }: Person): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    if (activeElement?.matches("li.message") === true) return "message";
    return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
  });

test("[D7] stays on a message that gets or loses a reaction, or is deleted", async () => {
  const ada = await fixture.person("Ada");
  await ada.enters("kept");
  await ada.says("a message");
  const message = ada.log.locator("li.message[data-id]");
  const presses = (name: string) =>
    message.getByRole("button", { name, exact: true }).press("Enter", { noWaitAfter: true });
  await message.focus();
  await presses("React");
  await presses("React with 👍");
  const reaction = message.getByRole("button", { name: /^👍 1/ });
  await reaction.waitFor();
  expect(await focused(ada)).toBe("message");
  await reaction.press("Enter");
  await reaction.waitFor({ state: "detached" });
  expect(await focused(ada)).toBe("message");
  await presses("React");
  await presses("React with another emoji");
  await ada.page.getByRole("searchbox", { name: "Search emoji" }).fill("tada");
  await ada.page.getByRole("button", { name: "tada" }).waitFor();
  await ada.page.keyboard.press("Enter");
  await message.getByRole("button", { name: /^🎉 1/ }).waitFor();
  expect(await focused(ada)).toBe("message");
  // Escape hides the actions, which cover the message above.
  await ada.page.keyboard.press("Escape");
  await eventually(() => message.getByRole("group", { name: "Message actions" }).count()).toBe(0);
  expect(await focused(ada)).toBe("message");
  await ada.box.focus();
  await message.focus();
  await presses("Delete");
  await presses("Really delete?");
  await ada.log.getByText("Message deleted").waitFor();
  expect(await focused(ada)).toBe("message");
  // Text that is typed there goes to the composer.
  await ada.page.keyboard.type("and on");
  expect(await ada.box.inputValue()).toBe("and on");
});

test("moves to the next room in the list when a room is left, and the room that is opened is visible in the list", async () => {
  const ada = await fixture.person("Ada");
  const rooms = Array.from({ length: 30 }, (_, index) => `room-${index}`);
  await ada.page.addInitScript((kept) => localStorage.setItem("gapless.rooms", kept), rooms.join(" "));
  await ada.enters("room-0");
  const list = ada.page.getByRole("navigation", { name: "Rooms" });
  await ada.page.keyboard.press("Alt+ArrowUp");
  await ada.page.getByRole("textbox", { name: "Message to room-29" }).waitFor();
  await eventually(() =>
    list.getByRole("link", { name: "room-29" }).evaluate((link) => {
      const { top, bottom } = link.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }),
  ).toBe(true);
  await ada.page.getByRole("button", { name: "Leave room-7" }).press("Enter");
  await eventually(() => list.getByRole("link").count()).toBe(29);
  expect(await focused(ada)).toBe("room-8");
});

test("does not go under a side panel that is open over a narrow page", async () => {
  const ada = await fixture.person("Ada", { viewport: { width: 600, height: 700 } });
  await ada.enters("narrow");
  const side = ada.page.getByRole("navigation", { name: "Rooms" });
  await ada.page.getByRole("button", { name: "Show rooms" }).press("Enter");
  await eventually(() => focused(ada)).toBe("Close");
  await ada.page.keyboard.press("Shift+Tab");
  await side.waitFor({ state: "hidden" });
  await ada.page.getByRole("button", { name: "Show rooms" }).press("Enter");
  await eventually(() => focused(ada)).toBe("Close");
  await ada.page.keyboard.press("Escape");
  await side.waitFor({ state: "hidden" });
  expect(await focused(ada)).toBe("Show rooms");
});

test("is not moved by a picker after a change of the room", async () => {
  const ada = await fixture.person("Ada");
  await ada.enters("first");
  await ada.opensRoom("second");
  await ada.page.getByRole("button", { name: "Insert an emoji" }).click();
  await ada.page.getByRole("dialog").waitFor();
  await ada.page.keyboard.press("Alt+ArrowUp");
  await ada.page.getByRole("textbox", { name: "Message to first" }).waitFor();
  await ada.page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await focused(ada)).toBe("Message to first");
});
