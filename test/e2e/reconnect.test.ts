/**
 * The promise of the service: a user's network fails, others go on, and after the reconnect no message is
 * missing, repeated or out of order.
 */
import { describe, expect, test } from "vitest";
import { CLOSE } from "../../src/wire/protocol.ts";
import { eventually } from "./support/eventually.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture({ MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000" });

const TEN = Array.from({ length: 10 }, (_, n) => `message ${n + 1}`);

describe("a reconnect", () => {
  test("[R2] [D2] brings the missed messages, once, in order, and then those that were written offline", async () => {
    const ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    await ada.enters("away");
    await bob.enters("away");
    await ada.says("before");
    await eventually(() => bob.sees()).toEqual(["before"]);

    bob.network.cut();
    await bob.isOffline();
    for (const text of TEN) await ada.says(text);
    await eventually(() => ada.sees()).toEqual(["before", ...TEN]);
    await bob.says("written offline");
    await eventually(() => bob.waiting()).toEqual(["written offline"]);
    expect(await bob.sees()).toEqual(["before"]);

    bob.network.mend();
    await bob.triesNow();
    await bob.page
      .getByRole("status")
      .filter({ hasText: "Caught up on 10 messages" })
      .waitFor({ state: "attached" });
    const all = ["before", ...TEN, "written offline"];
    await eventually(() => bob.sees()).toEqual(all);
    await eventually(() => ada.sees()).toEqual(all);
    expect(await bob.waiting()).toEqual([]);
  });

  test("[I1] [D2] a reload loses nothing, not even an unsent message", async () => {
    const ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    // The route must exist before the page: otherwise the page reaches the server as soon as its network
    // works.
    let shut = false;
    await bob.page.routeWebSocket(/\/ws$/, (socket) => {
      if (shut) void socket.close({ code: CLOSE.overloaded });
      else socket.connectToServer();
    });
    await ada.enters("reload");
    await bob.enters("reload");
    await bob.says("sent before");
    await eventually(() => ada.sees()).toEqual(["sent before"]);

    shut = true;
    bob.network.cut();
    await bob.isOffline();
    await bob.says("unsent");
    await bob.box.fill("half a thought");
    await eventually(() => bob.waiting()).toEqual(["unsent"]);

    // The page loads again, but the room does not: the unsent message is still there.
    bob.network.mend();
    await bob.page.reload();
    await eventually(() => bob.waiting()).toEqual(["unsent"]);
    expect(await ada.sees()).toEqual(["sent before"]);

    shut = false;
    await bob.page.reload();
    await eventually(() => bob.sees()).toEqual(["sent before", "unsent"]);
    await eventually(() => ada.sees()).toEqual(["sent before", "unsent"]);
    expect(await bob.waiting()).toEqual([]);
    expect(await bob.box.inputValue()).toBe("half a thought");
  });

  test("[R1] older messages load above without a jump", async () => {
    const bob = await fixture.person("Bob");
    await fixture.tell(
      "long",
      Array.from({ length: 120 }, (_, n) => `line ${n + 1}`),
    );
    await bob.enters("long");
    await bob.message("line 120").waitFor();

    // A line near the first row comes into view. Older lines load above it, and it stays where it is.
    const read = bob.message("line 80");
    await read.scrollIntoViewIfNeeded();
    const before = await read.boundingBox();
    await eventually(() => bob.sees()).not.toHaveLength(50);
    expect((await read.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0);

    const first = bob.log.locator("li.message").first();
    const scrolled = async (): Promise<number> => {
      await first.scrollIntoViewIfNeeded();
      return (await bob.sees()).length;
    };
    await eventually(scrolled).toBe(120);
    expect((await bob.sees())[0]).toBe("line 1");
    await bob.page.getByRole("button", { name: /To the newest/ }).click();
    await eventually(() => bob.page.getByRole("button", { name: /To the newest/ }).count()).toBe(0);
  });
});
