/**
 * Two users with two browsers in one room: each sees what the other does.
 */
import { describe, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import type { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture();
let rooms = 0;

/** Ada and Bob in a new room. */
const together = async (): Promise<readonly [Person, Person]> => {
  rooms += 1;
  const ada = await fixture.person("Ada");
  const bob = await fixture.person("Bob");
  await ada.enters(`talk-${rooms}`);
  await bob.enters(`talk-${rooms}`);
  return [ada, bob];
};

describe("two people in a room", () => {
  test("[D2] [D3] see each other's messages, once, in one order", async () => {
    const [ada, bob] = await together();
    await ada.says("Hello, Bob");
    await eventually(() => bob.sees()).toEqual(["Hello, Bob"]);
    await bob.says("Hello, Ada");
    await ada.says("How is the weather?");
    await eventually(() => ada.sees()).toHaveLength(3);
    await eventually(() => bob.sees()).toHaveLength(3);
    expect(await bob.sees()).toEqual(await ada.sees());
    expect([...ada.faults, ...bob.faults]).toEqual([]);
  });

  test("[P1] [P4] see the members, and who joins and leaves", async () => {
    const [ada, bob] = await together();
    await eventually(() => ada.people()).toEqual(["Ada", "Bob"]);
    await eventually(() => bob.people()).toEqual(["Ada", "Bob"]);
    await bob.page.getByRole("button", { name: "Sign out" }).click();
    await eventually(() => ada.people()).toEqual(["Ada"]);
    await ada.log.getByText(/Bob.? left/).waitFor();
    expect(ada.faults).toEqual([]);
  });

  test("[P5] see that the other is typing", async () => {
    const [ada, bob] = await together();
    await ada.box.pressSequentially("Well");
    await bob.page.getByText(/Ada.? is typing…/).waitFor();
    await ada.box.press("Enter");
    await bob.page.getByText(/Ada.? is typing…/).waitFor({ state: "detached" });
    expect(bob.faults).toEqual([]);
  });

  test("[D6] edit and delete their own messages, for both", async () => {
    const [ada, bob] = await together();
    await ada.says("Helo");
    await eventually(() => ada.sees()).toEqual(["Helo"]);
    await ada.box.press("ArrowUp");
    await ada.box.fill("Hello");
    await ada.box.press("Enter");
    await eventually(() => bob.sees()).toEqual(["Hello"]);
    await bob.message("Hello").getByText("edited").waitFor();
    await bob.message("Hello").hover();
    expect(await bob.page.getByRole("button", { name: "Delete" }).count()).toBe(0);
    await ada.message("Hello").hover();
    await ada.page.getByRole("button", { name: "Delete" }).click();
    await ada.page.getByRole("button", { name: "Really delete?" }).click();
    await bob.log.getByText("Message deleted").waitFor();
    expect(await bob.sees()).toEqual([]);
  });

  test("[D7] react, and take a reaction back", async () => {
    const [ada, bob] = await together();
    await ada.says("Cake at four");
    await bob.message("Cake at four").hover();
    await bob.page.getByRole("button", { name: "React", exact: true }).click();
    await bob.page.getByRole("button", { name: "React with 🎉" }).click();
    const chip = ada.message("Cake at four").getByRole("button", { name: /^🎉 1: .?Bob.?$/ });
    await chip.waitFor();
    await chip.click();
    await bob
      .message("Cake at four")
      .getByRole("button", { name: /^🎉 2: you and .?Ada.?$/, pressed: true })
      .click();
    await ada
      .message("Cake at four")
      .getByRole("button", { name: "🎉 1: you", exact: true, pressed: true })
      .waitFor();
    expect([...ada.faults, ...bob.faults]).toEqual([]);
  });

  test("[D2] reply to a message, with a quote that leads to it", async () => {
    const [ada, bob] = await together();
    await ada.says("Who has the key?");
    await bob.message("Who has the key?").hover();
    await bob.page.getByRole("button", { name: "Reply" }).click();
    await bob.says("I have");
    await ada
      .message("I have")
      .getByRole("button", { name: /In reply to Ada/ })
      .click();
    await ada.log.locator("li.message.jump-target").filter({ hasText: "Who has the key?" }).waitFor();
    // No row was out of view, so she is still at the end, and the next message counts as read.
    expect(await ada.page.getByRole("button", { name: "To the newest" }).count()).toBe(0);
    await bob.says("Here");
    await ada.message("Here").waitFor();
    await eventually(() => ada.page.title()).not.toMatch(/^\(/);
    expect(ada.faults).toEqual([]);
  });

  test("[D2] [V3] hear and quote a formatted message without its formatting marks", async () => {
    const [ada, bob] = await together();
    await ada.says("**firm**");
    await bob.log.locator("strong").getByText("firm").waitFor();
    await ada.says("*Who* has\nthe `key`?");
    const heard = bob.page.getByRole("log", { name: "New messages" }).getByRole("paragraph");
    await eventually(() => heard.last().textContent()).toBe("Ada: Who has the key?");
    await bob.message("the key?").hover();
    await bob.page.getByRole("button", { name: "Reply" }).click();
    await bob.says("I have");
    await ada
      .message("I have")
      .getByRole("button", { name: /^In reply to Ada: .*Who has the key\?$/ })
      .waitFor();
    expect([...ada.faults, ...bob.faults]).toEqual([]);
  });

  test("[V2] [V3] see markup as plain text", async () => {
    const markup = "<img src=x onerror=alert(1)><b>bold</b>";
    const ada = await fixture.person("<i>Ada</i>");
    const bob = await fixture.person("Bob");
    await bob.enters("markup");
    await ada.enters("markup");
    await ada.says(markup);
    await ada.says("javascript:alert(1) and https://example.com/?q=<b>");
    await eventually(() => bob.sees()).toHaveLength(2);
    expect((await bob.sees())[0]).toBe(markup);
    expect(await bob.people()).toContain("<i>Ada</i>");
    await bob.log.getByText(/<i>Ada<\/i>.? joined/).waitFor();
    expect(await bob.log.locator("img, b, i").count()).toBe(0);
    const links = bob.log.locator("a");
    expect(await links.count()).toBe(1);
    expect(await links.getAttribute("href")).toBe("https://example.com/?q=");
    expect(await links.getAttribute("rel")).toBe("noopener noreferrer");
    expect(await links.getAttribute("target")).toBe("_blank");
    expect(bob.faults).toEqual([]);
  });
});
