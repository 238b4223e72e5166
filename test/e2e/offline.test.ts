/**
 * The page without a server: it opens from the cache, shows the room with its last messages, and says that it
 * is offline.
 */
import { describe, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { cachedRooms } from "./support/room-cache.ts";
import { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture({ MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000" });

const isInstalled = async (person: Person): Promise<void> => {
  await person.page.evaluate(async () => void (await navigator.serviceWorker.ready));
};

/** Another page of the same person, browser and network. */
const anew = async (person: Person): Promise<Person> => {
  const page = await person.page.context().newPage();
  await person.page.close();
  return new Person(person.name, page, person.network);
};

describe("offline", () => {
  test("[R2] [I1] [D2] the page opens with the last messages of the room, accepts messages, and goes on when the server is back", async () => {
    let ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    await ada.enters("away");
    await bob.enters("away");
    const before = ["one", "two *marked*", "three"];
    for (const text of before) await bob.says(text);
    await ada.says("mine");
    await eventually(() => ada.sees()).toHaveLength(4);
    await isInstalled(ada);
    await eventually(() => cachedRooms(ada)).toEqual({ away: 4 });

    await fixture.kill();
    await ada.page.reload();
    await ada.isOffline();
    await eventually(() => ada.sees()).toEqual(["one", "two marked", "three", "mine"]);

    ada = await anew(ada);
    await ada.opens("/r/away");
    await ada.isOffline();
    const seen = ["one", "two marked", "three", "mine"];
    await eventually(() => ada.sees()).toEqual(seen);
    await ada.log.locator("em").waitFor();
    await ada.says("written offline");
    await eventually(() => ada.waiting()).toEqual(["written offline"]);
    await ada.log.getByText("Waiting for the network").waitFor();
    await ada.page.reload();
    await eventually(() => ada.waiting()).toEqual(["written offline"]);
    expect(await ada.sees()).toEqual(seen);

    await fixture.replace();
    ada.network.cut();
    await bob.looksAgain();
    await bob.isLive();
    await bob.says("back before her");
    await eventually(() => bob.sees().then((texts) => texts.at(-1))).toBe("back before her");
    ada.network.mend();
    await ada.looksAgain();
    await ada.isLive();
    const all = [...seen, "back before her", "written offline"];
    await eventually(() => ada.sees()).toEqual(all);
    await eventually(() => bob.sees()).toEqual(all);
    expect(await ada.waiting()).toEqual([]);
    expect([...ada.faults, ...bob.faults]).toEqual([]);
  });

  test("[R2] a page that was closed gets the missed messages, and does not announce them", async () => {
    let ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    await ada.enters("closed");
    await bob.enters("closed");
    await bob.says("before");
    await eventually(() => cachedRooms(ada)).toEqual({ closed: 1 });
    ada = await anew(ada);
    const missed = Array.from({ length: 60 }, (_, n) => `missed ${n + 1}`);
    await fixture.tell("closed", missed);
    await ada.opens("/r/closed");
    await ada.page
      .getByRole("status")
      .filter({ hasText: "Caught up on 60 messages" })
      .waitFor({ state: "attached" });
    await eventually(() => ada.sees()).toEqual(["before", ...missed]);
    expect(await ada.page.getByRole("log", { name: "New messages" }).textContent()).toBe("");
  });

  test("[D2] leaving a room, or signing out, deletes its cache", async () => {
    const ada = await fixture.person("Ada");
    await ada.enters("left");
    await ada.says("a word");
    await eventually(() => cachedRooms(ada)).toEqual({ left: 1 });
    await ada.page.getByLabel("Open another room").fill("stayed");
    await ada.page.getByRole("button", { name: "Open", exact: true }).click();
    await ada.isLive();
    await ada.says("another");
    await eventually(() => cachedRooms(ada)).toEqual({ left: 1, stayed: 1 });
    await ada.page.getByRole("button", { name: "Leave left" }).click();
    await eventually(() => cachedRooms(ada)).toEqual({ stayed: 1 });
    await isInstalled(ada);
    await ada.page.getByRole("button", { name: "Sign out" }).click();
    await ada.page.getByLabel("Your name").waitFor();
    await eventually(() => cachedRooms(ada)).toEqual({});

    ada.network.cut();
    await ada.opens("/r/stayed");
    expect(await ada.page.getByLabel("Your name").inputValue()).toBe("");
    expect(ada.faults).toEqual([]);
  });

  test("[D2] in a browser without a database and a service worker the page works, and says so", async () => {
    const ada = await fixture.person("Ada");
    await ada.page.addInitScript(() => {
      const forbidden = (): never => {
        throw new DOMException("forbidden", "SecurityError");
      };
      Object.defineProperty(window, "indexedDB", { get: forbidden });
      Object.defineProperty(navigator, "serviceWorker", { get: forbidden });
    });
    await ada.enters("private");
    await ada.says("still here");
    await eventually(() => ada.sees()).toEqual(["still here"]);
    await ada.page.getByText("This browser keeps no messages for the page").waitFor();
    await ada.page.reload();
    await eventually(() => ada.sees()).toEqual(["still here"]);
    expect(ada.faults).toEqual([]);
  });

  test("the service worker and the document are always revalidated, and the page may run no other worker", async () => {
    const ada = await fixture.person("Ada");
    const headersOf = async (path: string) =>
      (await ada.page.request.get(`${ada.network.url}${path}`)).headers();
    expect(await headersOf("/sw.js")).toMatchObject({
      "cache-control": "no-cache",
      "service-worker-allowed": "/",
    });
    for (const path of ["/", "/r/tea"]) {
      const headers = await headersOf(path);
      expect(headers["cache-control"]).toBe("no-cache");
      expect(headers["content-security-policy"]).toContain("worker-src 'self'");
    }
  });
});
