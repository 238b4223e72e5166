/**
 * Unusual names: of emoji only, right to left, and the same as another name or like it. Each is visible, and
 * the page distinguishes their users.
 */
import { mkdirSync } from "node:fs";
import type { Locator } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { connect, type Chat } from "../../src/client/index.ts";
import { userMark } from "../../web/text/user-mark.ts";
import { eventually } from "./support/eventually.ts";
import { PageFixture } from "./support/fixture.ts";
import type { Person } from "./support/person.ts";

const fixture = new PageFixture({ MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000" });
const chats: Chat[] = [];

afterEach(() => {
  for (const chat of chats.splice(0)) chat.close();
});

/** A user without a page, who has joined a room. */
const guest = async (name: string, room: string) => {
  const chat = connect({ url: fixture.webSocketUrl, name });
  chats.push(chat);
  const joined = chat.join(room);
  const { id } = await joined.post(`from ${name}`);
  const { user } = chat;
  if (user === undefined) throw new Error("the server has acknowledged a message of nobody");
  return { room: joined, id, user, letters: userMark(user.id).letters };
};

const byline = (person: Person, text: string): Locator => person.message(text).locator(".byline");
const members = (person: Person): Locator =>
  person.page.getByRole("complementary", { name: "People here" }).getByRole("listitem");

/** If a folder is named, pictures of the page are stored there. */
const keepPicture = async (person: Person, name: string): Promise<void> => {
  const folder = process.env["PICTURES"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await person.page.screenshot({ path: `${folder}/${name}.png` });
};

describe("names", () => {
  test.for(["light", "dark"] as const)(
    "[A1] [V2] of emoji, right to left, equal and alike are visible and distinguished, in %s",
    async (colorScheme) => {
      const room = `names-${colorScheme}`;
      const reader = await fixture.person("Reader", { colorScheme, bypassCSP: true });
      await reader.enters(room);
      await guest("🦊", room);
      await guest("דנה כהן", room);
      const [ada, otherAda] = [await guest("Ada", room), await guest("Ada", room)];
      const [latin, cyrillic] = [await guest("BOB", room), await guest("ВОВ", room)];
      await otherAda.room.post("an answer", { replyTo: ada.id });
      await eventually(() => reader.sees()).toHaveLength(7);

      // No other user has these names, so they have no mark.
      expect(await byline(reader, "from 🦊").locator("bdi").textContent()).toBe("🦊");
      expect(await byline(reader, "from דנה כהן").locator(".name-mark").count()).toBe(0);
      expect(await byline(reader, "from 🦊").locator(".name-mark").count()).toBe(0);

      // The same name, and one that looks alike: each with its own mark, by a message and among the members.
      const marks = (place: Locator): Promise<string[]> => place.locator(".name-mark").allTextContents();
      await eventually(() => marks(byline(reader, "from BOB"))).toEqual([`mark ${latin.letters}`]);
      expect(await marks(byline(reader, "from ВОВ"))).toEqual([`mark ${cyrillic.letters}`]);
      expect(await marks(byline(reader, "from Ada").first())).toEqual([`mark ${ada.letters}`]);
      expect(await marks(byline(reader, "from Ada").last())).toEqual([`mark ${otherAda.letters}`]);
      expect(ada.letters).not.toBe(otherAda.letters);
      const listed = await members(reader).filter({ hasText: "Ada" }).allTextContents();
      expect(listed.toSorted()).toEqual(
        [`Ada mark ${ada.letters}`, `Ada mark ${otherAda.letters}`].toSorted(),
      );

      // The quote, for the eye and for a screen reader.
      const quote = reader.message("an answer").getByRole("button", { name: /In reply to/ });
      expect(await marks(quote)).toEqual([`mark ${ada.letters}`]);
      expect(await quote.textContent()).toContain(`In reply to Ada (${ada.letters})`);

      // The typing line.
      cyrillic.room.typing();
      const typing = reader.page.locator(".typing");
      await eventually(() => typing.textContent()).toBe(
        `\u2068ВОВ mark ${cyrillic.letters}\u2069 is typing…`,
      );

      // The suggestions: one name, which mentions both.
      await reader.box.fill("@Ad");
      const option = reader.page.getByRole("option", { name: /^Ada/ });
      await eventually(() => marks(option).then((found) => found.toSorted())).toEqual(
        [`mark ${ada.letters}`, `mark ${otherAda.letters}`].toSorted(),
      );
      await keepPicture(reader, `names-${colorScheme}`);
      await reader.box.fill("");
      expect(await reader.violations()).toEqual([]);
      expect(reader.faults).toEqual([]);
    },
  );

  test("[V2] that are refused: the sign-in says why", async () => {
    const ada = await fixture.person("Ada");
    await ada.opens("/r/refused");
    const name = ada.page.getByLabel("Your name");
    const alert = ada.page.getByRole("alert");
    for (const [refused, words] of [
      ["\u2800", /nobody can see/],
      ["Аda", /one alphabet/],
      ["", /at least one character/],
    ] as const) {
      await name.fill(refused);
      await ada.page.getByRole("button", { name: "Enter the room" }).click();
      await eventually(() => alert.textContent()).toMatch(words);
    }
    await name.fill("Ada");
    await ada.page.getByRole("button", { name: "Enter the room" }).click();
    await ada.isLive();
    expect(ada.faults).toEqual([]);
  });
});
