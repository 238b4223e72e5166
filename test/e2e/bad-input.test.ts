/**
 * What is said and what people are called to break a page: it keeps its shape, and answers.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { Stage } from "./support/stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.set();
});
afterAll(() => stage.end());

const LONGEST = 4000;

const TRAPS = {
  emoji: "😀".repeat(LONGEST),
  families: "👩‍👩‍👧‍👦".repeat(LONGEST / 7),
  "marks on one letter": `e${"\u0301".repeat(LONGEST - 1)}`,
  "overrides of direction": "\u202Eabc\u2066\u202D".repeat(LONGEST / 6),
  "Arabic and Hebrew": "مرحبا שלום ".repeat(LONGEST / 11),
  "one long word": "m".repeat(LONGEST),
  "lines without end": "a\n".repeat(LONGEST / 2 - 1).trim(),
  "quotes in quotes": `${">".repeat(LONGEST - 1)}a`,
  "lists in lists": `${"- ".repeat(LONGEST / 2 - 1)}a`,
  "stars upon stars": "*a_b".repeat(LONGEST / 4),
  "stars around stars": `${"*".repeat(LONGEST / 2 - 1)}a${"*".repeat(LONGEST / 2 - 1)}`,
  "half links": "[a](".repeat(LONGEST / 4),
  mentions: "@a ".repeat(LONGEST / 3).trim(),
} as const;

test("[V3] [V2] no text and no name breaks the page's shape, and it answers still", async () => {
  const ada = await stage.person("﷽".repeat(40), { viewport: { width: 320, height: 640 } });
  const bob = await stage.person("Bob");
  await ada.enters("traps");
  await bob.enters("traps");
  for (const trap of Object.values(TRAPS)) await ada.says(trap);
  await ada.says("still here");
  for (const person of [ada, bob]) {
    await person.message("still here").waitFor();
    await eventually(() => person.log.locator("li.message:not(.unsent)").count()).toBe(
      Object.keys(TRAPS).length + 1,
    );
    const { across, tallest } = await person.page.evaluate(() => ({
      across: document.documentElement.scrollWidth - innerWidth,
      tallest: Math.max(
        ...[...document.querySelectorAll("li.message")].map(({ clientHeight }) => clientHeight),
      ),
    }));
    expect(across).toBeLessThanOrEqual(0);
    // All of them fold.
    expect(tallest).toBeLessThan(800);
  }
  // A name that reads from right to left, and texts that would turn round what follows, leave the rest as it is.
  await bob.message("still here").hover();
  await bob.page.getByRole("button", { name: "Reply" }).click();
  await bob.page.getByText(/^Replying to/).waitFor();
  expect([...ada.faults, ...bob.faults]).toEqual([]);
});
