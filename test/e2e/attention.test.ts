/**
 * How the page informs a user who is not looking at it: notifications and a sound for users who turn them on,
 * and the title. And a user who writes too much: the characters that are left, and the time until the next
 * message.
 */
import { describe, expect, test } from "vitest";
import { connect } from "../../src/client/index.ts";
import { eventually } from "./support/eventually.ts";
import type { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

/** More messages than the page holds rows. */
const MORE = 250;

const fixture = new PageFixture({ TEXT_LENGTH: "300", MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000" });

/** What the browser would have shown and played. */
interface Told {
  readonly notified: string[];
  readonly notifications: EventTarget[];
  notes: number;
}
declare global {
  var told: Told;
}

/** Makes the browser allow notifications, and record what it would have shown and played. */
const withNotifications = async (person: Person): Promise<void> => {
  await person.page.addInitScript(() => {
    globalThis.told = { notified: [], notifications: [], notes: 0 };
    class RecordedNotification extends EventTarget {
      static requestPermission(): Promise<string> {
        return Promise.resolve("granted");
      }
      constructor(title: string, { body }: { readonly body: string }) {
        super();
        globalThis.told.notified.push(`${title}: ${body}`);
        globalThis.told.notifications.push(this);
      }
      close(): void {}
    }
    Object.assign(globalThis, { Notification: RecordedNotification });
    const { createOscillator } = AudioContext.prototype;
    AudioContext.prototype.createOscillator = function recorded(): OscillatorNode {
      globalThis.told.notes += 1;
      return createOscillator.call(this);
    };
  });
};

/** In the tests a page always has the focus of the window, so this takes it away. */
const looksAway = (person: Person): Promise<void> =>
  person.page.evaluate(() => {
    document.hasFocus = () => false;
    dispatchEvent(new Event("blur"));
  });

const notified = (person: Person): Promise<readonly string[]> =>
  person.page.evaluate(() => globalThis.told.notified);
/** Clicks the last notification, which brings the window to the front. */
const followsLast = (person: Person): Promise<void> =>
  person.page.evaluate(() => {
    document.hasFocus = () => true;
    dispatchEvent(new Event("focus"));
    globalThis.told.notifications.at(-1)?.dispatchEvent(new Event("click"));
  });
const notes = (person: Person): Promise<number> => person.page.evaluate(() => globalThis.told.notes);

const isInSight = (element: Element): boolean => {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
};

describe("a user who looks elsewhere", () => {
  test("[D2] gets the notifications that they turned on, with a sound that they can turn off", async () => {
    const ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    await withNotifications(ada);
    await ada.enters("elsewhere");
    await bob.enters("elsewhere");
    const says = async (text: string): Promise<void> => {
      await bob.says(text);
      await ada.message(text).waitFor();
    };

    await looksAway(ada);
    await says("@Ada before you have asked");
    expect(await notified(ada)).toEqual([]);

    await ada.page.getByRole("button", { name: "Notifications: off" }).click();
    await says("not to you");
    await says("@Ada to you");
    await eventually(() => notified(ada)).toEqual(["Bob in elsewhere: @Ada to you"]);
    expect(await notes(ada)).toBe(2);

    await ada.page.getByRole("button", { name: "Notifications: mentions and replies" }).click();
    await ada.page.getByRole("button", { name: "Sound: on" }).click();
    await says("to all");
    await eventually(() => notified(ada)).toHaveLength(2);
    expect(await notes(ada)).toBe(2);
    await eventually(() => ada.page.title()).toBe("(4) elsewhere · Gapless");
    expect(ada.faults).toEqual([]);
  });
});

describe("a notification", () => {
  test("[D2] [V3] has no formatting marks, and a click leads to its message in any room", async () => {
    const ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    await withNotifications(ada);
    await ada.enters("called");
    await bob.enters("called");
    await bob.says("**well**");
    await ada.log.locator("strong").getByText("well").waitFor();
    await ada.page.getByRole("button", { name: "Notifications: off" }).click();
    await ada.opensRoom("beside");

    const isLedTo = async (text: string): Promise<void> => {
      await ada.page.getByRole("heading", { name: "called", exact: true }).waitFor();
      const message = ada.log.locator("li.message.jump-target:focus").filter({ hasText: text });
      await message.waitFor();
      await eventually(() => message.evaluate(isInSight)).toBe(true);
    };

    await looksAway(ada);
    await bob.says("look, **@Ada**,\n`there`");
    await eventually(() => notified(ada)).toEqual(["Bob in called: look, @Ada, there"]);
    await followsLast(ada);
    await isLedTo("look, @Ada, there");
    await eventually(() => ada.page.title()).toBe("called · Gapless");

    await ada.page.getByRole("link", { name: "beside" }).click();
    await ada.page.getByRole("heading", { name: "beside", exact: true }).waitFor();
    await looksAway(ada);
    // So many that the message is not among the rows at the end of the log.
    const crowd = connect({ url: fixture.webSocketUrl, name: "Crowd" });
    const room = crowd.join("called");
    await Promise.all(Array.from({ length: MORE }, (_, index) => room.post(`more ${index + 1}.`)));
    crowd.close();
    await eventually(() => ada.page.title()).toBe(`(${MORE}) beside · Gapless`);
    await followsLast(ada);
    await isLedTo("look, @Ada, there");

    // A message in the open room that is out of view.
    await ada.page.getByRole("button", { name: /new messages?$|^To the newest$/ }).click();
    await ada.message(`more ${MORE}.`).waitFor();
    await followsLast(ada);
    await isLedTo("look, @Ada, there");

    // A message in a room that the user has left since.
    await ada.page.getByRole("button", { name: "Leave called" }).click();
    await ada.page.getByRole("heading", { name: "beside", exact: true }).waitFor();
    await followsLast(ada);
    await isLedTo("look, @Ada, there");
    expect([...ada.faults, ...bob.faults]).toEqual([]);
  });
});

describe("a user who writes", () => {
  test("[V3] sees how many characters are left, and can't send a text that is too long", async () => {
    const ada = await fixture.person("Ada");
    await ada.enters("long");
    const send = ada.page.getByRole("button", { name: "Send" });
    await ada.box.fill("m".repeat(299));
    await ada.page.getByRole("status").getByText("1 character left").waitFor();
    await ada.box.fill("m".repeat(302));
    await ada.page.getByRole("status").getByText("2 characters too many").waitFor();
    expect(await send.isDisabled()).toBe(true);
    await ada.box.press("Enter");
    expect(await ada.waiting()).toEqual([]);
  });

  test("[L1] too fast sees when the message will be sent, and it is sent", async () => {
    const ada = await fixture.person("Ada");
    let refusals = 0;
    await ada.page.routeWebSocket(/\/ws$/, (page) => {
      const server = page.connectToServer();
      page.onMessage((frame) => {
        const { type, ref } = JSON.parse(String(frame));
        if (type !== "post" || refusals > 0) {
          server.send(frame);
          return;
        }
        refusals += 1;
        const refused = { type: "error", ref, code: "rate_limited", message: "slow", retryAfterMs: 4000 };
        page.send(JSON.stringify(refused));
      });
    });
    await ada.enters("fast");
    await ada.says("one more");
    await ada.log.getByText(/faster than the room allows: sent in \d+ seconds?/).waitFor();
    await eventually(() => ada.sees()).toEqual(["one more"]);
    expect(refusals).toBe(1);
  });
});
