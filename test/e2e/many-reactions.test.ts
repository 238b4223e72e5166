/**
 * A message with many different reactions: the page shows some of them, more at request, and is still usable.
 */
import { expect, test } from "vitest";
import { connect } from "../../src/client/index.ts";
import { eventually } from "./support/eventually.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture({ MESSAGES_PER_SECOND: "100000", MESSAGE_BURST: "100000" });

const PICTURES = Array.from({ length: 40 }, (_, nth) => String.fromCodePoint(0x1f400 + nth)).filter((one) =>
  /^\p{Emoji_Presentation}$/u.test(one),
);
/** Two pictures that are joined are one emoji. */
const EMOJI = PICTURES.flatMap((one) => PICTURES.map((other) => `${one}\u200d${other}`)).slice(0, 150);

test("[D7] of 150 different reactions a message shows 20, and 100 more after each click", async () => {
  expect(EMOJI).toHaveLength(150);
  const chat = connect({ url: fixture.webSocketUrl, name: "Ada" });
  const room = chat.join("reactions");
  const { id } = await room.post("a message");
  const reader = await fixture.person("Reader");
  await reader.enters("reactions");
  const reactions = reader.message("a message").locator(".reactions button");

  await Promise.all(EMOJI.map((one) => room.react(id, one, true)));
  const more = reader.message("a message").getByRole("button", { name: /^Show more of/ });
  await eventually(() => more.textContent()).toBe("+130 more");
  expect(await reactions.count()).toBe(21);
  await more.click();
  await eventually(() => reactions.count()).toBe(121);
  expect(await more.textContent()).toBe("+30 more");

  // The reader's own reaction is shown, though it came last.
  await room.react(id, "🎉", true);
  await reader.message("a message").hover();
  await reader.page.getByRole("button", { name: "React", exact: true }).click();
  await reader.page.getByRole("button", { name: "React with 🎉" }).click();
  await reader
    .message("a message")
    .getByRole("button", { name: /^🎉 2: you/ })
    .waitFor();
  await reader.says("still here");
  await reader.message("still here").waitFor();
  expect(reader.faults).toEqual([]);
  chat.close();
});
