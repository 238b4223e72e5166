/**
 * Nothing that the page shows keeps anyone out: axe finds no barrier on any of its views, in either theme. A view is brought about as a person
 * comes upon it, and is looked at while it stands.
 */
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Answers } from "./support/answers.ts";
import type { Person } from "./support/person.ts";
import { Stage } from "./support/stage.ts";

const LONGEST = 300;

let stage: Stage;
let rooms = 0;

beforeAll(async () => {
  stage = await Stage.set({ TEXT_LENGTH: `${LONGEST}` });
});
afterAll(() => stage.end());

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

const action = (person: Person, name: string) =>
  person.page.getByRole("group", { name: "Message actions" }).getByRole("button", { name, exact: true });

describe.for(["light", "dark"] as const)("in %s, no barrier is in", (colorScheme) => {
  const someone = (name: string, options: BrowserContextOptions = {}): Promise<Person> =>
    stage.person(name, { colorScheme, bypassCSP: true, ...options });
  /** What keeps anyone out, or is wrong with the page itself. */
  const faultsOf = async (person: Person): Promise<readonly string[]> => [
    ...(await person.barriers()),
    ...person.faults,
  ];

  test("the sign-in, as it is and with what is wrong", async () => {
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

  test("what is chosen from: emoji, reactions, suggestions", async () => {
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

  test("a message that the keyboard is at, and its actions", async () => {
    const ada = await someone("Ada");
    await ada.enters(newRoom());
    await says(ada, "one", "two");
    await ada.message("two").focus();
    await ada.page.keyboard.press("ArrowUp");
    await ada.page.keyboard.press("Tab");
    expect(await faultsOf(ada)).toEqual([]);
  });

  test("a phone's width, with either side open", async () => {
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

  test("what has not been sent: near the end of the text, too fast, refused, offline", async () => {
    const ada = await someone("Ada");
    const answers = await Answers.of(ada);
    answers.refused.set("too fast", { code: "rate_limited", message: "slow", retryAfterMs: 60_000 });
    answers.refused.set("refused", { code: "forbidden", message: "You may not write here." });
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
