/**
 * axe finds no accessibility violation in any view of the page, in either theme. Each view is reached as a
 * user reaches it, and checked while it is visible.
 */
import type { BrowserContextOptions } from "playwright-core";
import { describe, expect, test } from "vitest";
import { Refusals } from "./support/refusals.ts";
import { eventually } from "./support/eventually.ts";
import type { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

const LONGEST = 300;

const fixture = new PageFixture({ TEXT_LENGTH: `${LONGEST}` });
let rooms = 0;

const newRoom = (): string => {
  rooms += 1;
  return `open-to-all-${rooms}`;
};

const says = async (person: Person, ...texts: readonly string[]): Promise<void> => {
  for (const text of texts) {
    await person.says(text);
    await person
      .message(
        text
          .split("\n")[0]
          ?.replaceAll(/[`*>-]/g, "")
          .trim() ?? "",
      )
      .first()
      .waitFor();
  }
};

/** In the tests a page always has the focus of the window, unless this takes it away. */
const looks = (person: Person, here: boolean): Promise<void> =>
  person.page.evaluate((isHere) => {
    document.hasFocus = () => isHere;
    dispatchEvent(new Event(isHere ? "focus" : "blur"));
  }, here);

/** Keeps typing during a check: the page soon hides the typing of a user who pauses. */
const whileTyping = async (person: Person, look: () => Promise<void>): Promise<void> => {
  const looked = new AbortController();
  const typing = async (): Promise<void> => {
    while (!looked.signal.aborted) await person.box.pressSequentially("and ", { delay: 100 });
  };
  await Promise.all([look().finally(() => looked.abort()), typing()]);
};

const action = (person: Person, name: string) =>
  person.page.getByRole("group", { name: "Message actions" }).getByRole("button", { name, exact: true });

const someone = (name: string, options: BrowserContextOptions = {}): Promise<Person> =>
  fixture.person(name, { bypassCSP: true, ...options });

/** The violations in either theme, and the errors of the page. */
const faultsOf = async (person: Person): Promise<readonly string[]> => {
  const faults = [...person.faults];
  for (const colorScheme of ["light", "dark"] as const) {
    await person.page.emulateMedia({ colorScheme });
    for (const barrier of await person.violations()) faults.push(`${colorScheme}: ${barrier}`);
  }
  return faults;
};

describe("in light and in dark, axe finds no violation in", () => {
  test("the sign-in, with and without an error", async () => {
    const ada = await someone("Ada");
    await ada.opens("/");
    expect(await faultsOf(ada)).toEqual([]);
    await ada.page.getByLabel("Room", { exact: true }).fill("not a room");
    await ada.page.getByRole("button", { name: "Enter the room" }).click();
    await ada.page.getByRole("alert").first().waitFor();
    expect(await faultsOf(ada)).toEqual([]);
  });

  test("an empty room, with the shortcuts and the alert settings open", async () => {
    const ada = await someone("Ada");
    await ada.enters(newRoom());
    await ada.log.getByText("Nothing has been said here yet").waitFor();
    expect(await faultsOf(ada)).toEqual([]);
    await ada.page.getByText("Keyboard shortcuts").click();
    await ada.page.getByRole("button", { name: "Notifications: off" }).click();
    await ada.page.getByRole("button", { name: /^Sound/ }).waitFor();
    expect(await faultsOf(ada)).toEqual([]);
    await ada.page.getByRole("textbox", { name: "Open another room" }).fill("not a room");
    await ada.page.getByRole("button", { name: "Open", exact: true }).click();
    await ada.page.getByRole("alert").waitFor();
    expect(await faultsOf(ada)).toEqual([]);
  });

  test("a lively room, with a message's actions and its reactions", async () => {
    const [ada, bob] = [await someone("Ada"), await someone("Bob")];
    const room = newRoom();
    await ada.enters(room);
    await bob.enters(room);
    await says(ada, "Good morning", "@Bob, see https://example.com", "> a quote\n\nand **what** `follows`");
    await says(ada, "Such as\n```ts\nconst a = 1; // one\nreturn `b${a}`;\n```");
    await bob.message("@Bob").hover();
    await action(bob, "React").click();
    await bob.page.getByRole("button", { name: "React with ❤️" }).click();
    await bob.message("@Bob").getByRole("button", { name: /^❤️ 1/ }).waitFor();
    await action(bob, "Reply").click();
    expect(await faultsOf(bob)).toEqual([]);
    await says(bob, "I see it", "a slip");
    await bob.message("a slip").hover();
    await action(bob, "Delete").click();
    expect(await faultsOf(bob)).toEqual([]);
    await action(bob, "Really delete?").click();
    await bob.log.getByText("Message deleted").waitFor();
    expect(await faultsOf(bob)).toEqual([]);
  });

  test("marks of new things: unread messages in another room, an edit, typing, and messages below", async () => {
    const [ada, bob] = [
      await someone("Ada", { viewport: { width: 1200, height: 480 } }),
      await someone("Bob"),
    ];
    const [room, beside] = [newRoom(), newRoom()];
    await ada.enters(room);
    await bob.enters(room);
    await says(bob, ...Array.from({ length: 6 }, (_, n) => `line ${n}\nand more\nand more`));
    await ada.message("line 5").waitFor();
    await ada.opensRoom(beside);

    await says(bob, "a slip");
    await bob.box.press("ArrowUp");
    await bob.box.fill("put right");
    await bob.box.press("Enter");
    await bob.message("put right").getByText("edited").waitFor();
    const unread = ada.page.getByRole("link", { name: /1 unread message$/ });
    await unread.waitFor();
    await eventually(() => ada.page.title()).toBe(`(1) ${beside} · Gapless`);
    expect(await faultsOf(ada)).toEqual([]);

    await unread.click();
    await ada.message("put right").getByText("edited").waitFor();
    await ada.log.getByText("New messages").waitFor();
    const typing = ada.page.getByText(/Bob.? is typing…/);
    await whileTyping(bob, async () => {
      await typing.waitFor();
      expect(await faultsOf(ada)).toEqual([]);
      expect(await typing.isVisible()).toBe(true);
    });

    await ada.log.hover();
    await ada.page.mouse.wheel(0, -400);
    await ada.page.getByRole("button", { name: "To the newest" }).waitFor();
    await says(bob, "further down");
    await ada.page.getByRole("button", { name: "1 new message" }).waitFor();
    expect(await faultsOf(ada)).toEqual([]);
    await ada.page.getByRole("button", { name: "1 new message" }).click();
    await ada.message("further down").waitFor();
    await eventually(() => ada.page.title()).toBe(`${room} · Gapless`);
    expect(await faultsOf(ada)).toEqual([]);
  });

  test("the new messages of a user who looked away", async () => {
    const [ada, bob] = [await someone("Ada"), await someone("Bob")];
    const room = newRoom();
    await ada.enters(room);
    await bob.enters(room);
    await says(bob, "seen");
    await ada.message("seen").waitFor();
    await looks(ada, false);
    await says(bob, "a slip", "another word");
    await bob.message("a slip").hover();
    await action(bob, "Edit").click();
    await bob.box.fill("put right");
    await bob.page.getByRole("button", { name: "Save" }).click();
    await ada.message("put right").getByText("edited").waitFor();
    const line = ada.log.getByText("New messages");
    const typing = ada.page.getByText(/Bob.? is typing…/);
    await whileTyping(bob, async () => {
      await typing.waitFor();
      await line.waitFor();
      await eventually(() => ada.page.title()).toBe(`(2) ${room} · Gapless`);
      expect(await faultsOf(ada)).toEqual([]);
      expect(await typing.isVisible()).toBe(true);
    });
    await looks(ada, true);
    await eventually(() => ada.page.title()).toBe(`${room} · Gapless`);
    expect(await line.isVisible()).toBe(true);
    expect(await faultsOf(ada)).toEqual([]);
  });

  test("the pickers: emoji, reactions, suggestions", async () => {
    const ada = await someone("Ada");
    await ada.enters(newRoom());
    await says(ada, "Choose");
    await ada.page.getByRole("button", { name: "Insert an emoji" }).click();
    await ada.page.getByRole("button", { name: "rocket" }).waitFor();
    expect(await faultsOf(ada)).toEqual([]);
    await ada.page.getByRole("searchbox", { name: "Search emoji" }).fill("no such emoji");
    expect(await faultsOf(ada)).toEqual([]);
    await ada.page.keyboard.press("Escape");
    await ada.message("Choose").hover();
    await action(ada, "React").click();
    expect(await faultsOf(ada)).toEqual([]);
    await ada.page.getByRole("button", { name: "React with another emoji" }).click();
    await ada.page.getByRole("dialog", { name: "Choose a reaction" }).waitFor();
    expect(await faultsOf(ada)).toEqual([]);
    await ada.page.keyboard.press("Escape");
    await ada.box.pressSequentially(":ro");
    await ada.page.getByRole("option").first().waitFor();
    expect(await faultsOf(ada)).toEqual([]);
  });

  test("a message with the keyboard focus, and its actions", async () => {
    const ada = await someone("Ada");
    await ada.enters(newRoom());
    await says(ada, "one", "two");
    await ada.message("two").focus();
    await ada.page.keyboard.press("ArrowUp");
    await ada.page.keyboard.press("Tab");
    expect(await faultsOf(ada)).toEqual([]);
  });

  test("a page as wide as a phone, with each side panel open", async () => {
    const ada = await someone("Ada", {
      viewport: { width: 360, height: 640 },
      hasTouch: true,
      isMobile: true,
    });
    await ada.enters(newRoom());
    await says(ada, "On the way");
    expect(await faultsOf(ada)).toEqual([]);
    await ada.page.getByRole("button", { name: "Show rooms" }).click();
    expect(await faultsOf(ada)).toEqual([]);
    await ada.page.keyboard.press("Escape");
    await ada.page.getByRole("button", { name: /Show who is here/ }).click();
    expect(await faultsOf(ada)).toEqual([]);
  });

  test("unsent messages: too long, too fast, refused, offline", async () => {
    const ada = await someone("Ada");
    const refusals = await Refusals.of(ada);
    refusals.refused.set("too fast", { code: "rate_limited", message: "slow", retryAfterMs: 60_000 });
    refusals.refused.set("refused", { code: "forbidden", message: "You may not write here." });
    await ada.enters(newRoom());
    await ada.box.fill("m".repeat(LONGEST - 1));
    await ada.page.getByText("1 character left").waitFor();
    expect(await faultsOf(ada)).toEqual([]);
    await ada.box.fill("m".repeat(LONGEST + 1));
    await ada.page.getByText("1 character too many").waitFor();
    expect(await faultsOf(ada)).toEqual([]);
    await ada.says("refused");
    await ada.log.getByText("Not sent:").waitFor();
    await ada.says("too fast");
    await ada.log.getByText(/faster than the room allows/).waitFor();
    expect(await faultsOf(ada)).toEqual([]);
    ada.network.cut();
    await ada.isOffline();
    await ada.says("written offline");
    await ada.log.getByText("Waiting for the network").first().waitFor();
    expect(await faultsOf(ada)).toEqual([]);
  });
});
