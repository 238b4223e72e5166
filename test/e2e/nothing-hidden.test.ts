/**
 * The page shows what is wrong: a mark where messages may be missing, and the reason why a message was not
 * sent.
 */
import { describe, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture({
  ROOM_MAX_EVENTS: "20",
  MESSAGES_PER_SECOND: "1000",
  MESSAGE_BURST: "1000",
});

describe("nothing is hidden", () => {
  test("[R3] a mark is where messages may be missing", async () => {
    const ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob", { bypassCSP: true });
    await ada.enters("trimmed");
    await bob.enters("trimmed");
    await ada.says("before");
    await eventually(() => bob.sees()).toEqual(["before"]);
    bob.network.cut();
    await bob.isOffline();
    await fixture.tell(
      "trimmed",
      Array.from({ length: 60 }, (_, n) => `line ${n + 1}`),
    );
    await eventually(() => ada.sees().then((texts) => texts.at(-1))).toBe("line 60");
    bob.network.mend();
    await bob.triesNow();
    await eventually(() => bob.sees().then((texts) => texts.at(-1))).toBe("line 60");
    await bob.log
      .getByText("you were away for longer than the room keeps them")
      .waitFor({ state: "attached" });
    await bob.log.locator("li.gap").scrollIntoViewIfNeeded();
    for (const colorScheme of ["light", "dark"] as const) {
      await bob.page.emulateMedia({ colorScheme });
      expect(await bob.violations()).toEqual([]);
    }
    expect(bob.faults).toEqual([]);

    // A new user learns that this is not the beginning of the room. A user who was there then sees the
    // beginning.
    const cem = await fixture.person("Cem");
    await cem.enters("trimmed");
    await cem.log.getByText("Earlier messages are no longer kept.").waitFor({ state: "attached" });
    expect(await ada.log.getByText("This is where").count()).toBe(1);
  });

  test("[D7] a message that fails says why, and the user tries again or discards it", async () => {
    const ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    await ada.enters("failing");
    await bob.enters("failing");
    await ada.says("a question");
    await bob.message("a question").hover();
    await bob.page.getByRole("button", { name: "Reply" }).click();
    bob.network.cut();
    await bob.isOffline();
    await bob.says("an answer");
    await bob.message("a question").hover();
    await bob.page.getByRole("button", { name: "React", exact: true }).click();
    await bob.page.getByRole("button", { name: "React with 👍" }).click();
    await eventually(() => bob.waiting()).toHaveLength(2);
    await bob.log.getByText("Waiting for the network").first().waitFor();

    await ada.message("a question").hover();
    await ada.page.getByRole("button", { name: "Delete" }).click();
    await ada.page.getByRole("button", { name: "Really delete?" }).click();
    await ada.log.getByText("Message deleted").waitFor();

    bob.network.mend();
    await bob.triesNow();
    await eventually(() => bob.log.getByText("Not sent:").count()).toBe(2);
    // A command about a deleted message can't succeed. A reply to it can become a message of its own.
    await bob.page.getByRole("button", { name: "Try again" }).click();
    await bob.page.getByRole("button", { name: "Discard" }).click();
    await eventually(() => bob.waiting()).toEqual([]);
    await eventually(() => ada.sees()).toEqual(["an answer"]);
    expect(await bob.log.getByText("Not sent:").count()).toBe(0);
  });
});
