/**
 * How the page tells somebody who is looking elsewhere, and somebody who writes too much: notifications and a sound for who asks for them, the
 * title, the characters that are left, and when it goes on.
 */
import { describe, expect, test } from "vitest";
import { connect } from "../../src/client/index.ts";
import { eventually } from "./support/eventually.ts";
import type { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

/** More than the page holds rows. */
const MORE = 250;

const fixture = new PageFixture({ TEXT_LENGTH: "300", MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000" });

/** What a browser's window would have shown and sounded. */
interface Told {
  readonly notified: string[];
  readonly notifications: EventTarget[];
  notes: number;
}
declare global {
  var told: Told;
}

/** In a browser that says yes to notifications, and writes down what it would have shown and sounded. */
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

/** A browser of the tests holds its page to be in focus for ever. */
const looksAway = (person: Person): Promise<void> =>
  person.page.evaluate(() => {
    document.hasFocus = () => false;
    dispatchEvent(new Event("blur"));
  });

const notified = (person: Person): Promise<readonly string[]> =>
  person.page.evaluate(() => globalThis.told.notified);
/** A click on one, which brings the window to the front. */
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

describe("somebody who looks elsewhere", () => {
  test("[D2] is told of what they have asked for, with a sound that can be switched off", async () => {
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
  test("[D2] [V3] has no marks of formatting, and leads to its message in whichever room that is", async () => {
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
    // So many that it is not among the rows that the page holds at the end.
    const crowd = connect({ url: fixture.webSocketUrl, name: "Crowd" });
    const room = crowd.join("called");
    await Promise.all(Array.from({ length: MORE }, (_, index) => room.post(`more ${index + 1}.`)));
    crowd.close();
    await eventually(() => ada.page.title()).toBe(`(${MORE}) beside · Gapless`);
    await followsLast(ada);
    await isLedTo("look, @Ada, there");

    // To one in the room that is open already, where it is not in sight.
    await ada.page.getByRole("button", { name: /new messages?$|^To the newest$/ }).click();
    await ada.message(`more ${MORE}.`).waitFor();
    await followsLast(ada);
    await isLedTo("look, @Ada, there");

    // And to one in a room that has been left since.
    await ada.page.getByRole("button", { name: "Leave called" }).click();
    await ada.page.getByRole("heading", { name: "beside", exact: true }).waitFor();
    await followsLast(ada);
    await isLedTo("look, @Ada, there");
    expect([...ada.faults, ...bob.faults]).toEqual([]);
  });
});

describe("somebody who writes", () => {
  test("[V3] sees how many characters are left, and can't send what is too long", async () => {
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

  test("[L1] too fast sees when it goes on, and it does", async () => {
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
