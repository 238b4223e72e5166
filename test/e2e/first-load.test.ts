/**
 * The size of the page's script: what Chromium has fetched when a user can sign in, and when a user can write
 * in a room, compressed with Brotli or gzip.
 */
import { gzipSync } from "node:zlib";
import type { Response } from "playwright-core";
import { describe, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import type { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

const MOST_BYTES = 70_000;
/** Without a service worker, which fetches more for later. */
const WITHOUT_WORKER = { serviceWorkers: "block" } as const;

const fixture = new PageFixture();

/** Records the response of each script. */
const scriptsOf = (person: Person): ReadonlyMap<string, Response> => {
  const scripts = new Map<string, Response>();
  person.page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith(".js")) scripts.set(pathname, response);
  });
  return scripts;
};

/** The size of all scripts in gzip, as the build compresses them. Brotli makes it a tenth smaller. */
const sum = async (scripts: ReadonlyMap<string, Response>): Promise<number> => {
  const bodies = await Promise.all(Array.from(scripts.values(), (response) => response.body()));
  return bodies.reduce((total, body) => total + gzipSync(body, { level: 9 }).length, 0);
};

describe("the page's script", () => {
  test("is less than 70 KB at the sign-in, and in a room with formatted text", async () => {
    const ada = await fixture.person("Ada", WITHOUT_WORKER);
    const scripts = scriptsOf(ada);
    await ada.opens("/r/light");
    await ada.page.getByLabel("Your name").fill("Ada");
    expect(scripts.size).toBeGreaterThan(0);
    expect(await sum(scripts)).toBeLessThan(MOST_BYTES);

    await ada.page.getByRole("button", { name: "Enter the room" }).click();
    await ada.isLive();
    await ada.box.fill("words");
    expect(await sum(scripts)).toBeLessThan(MOST_BYTES);
    await ada.says("words with **marks**");
    await ada.log.locator("strong").waitFor();
    expect(await sum(scripts)).toBeLessThan(MOST_BYTES);
    expect(scripts.size).toBeGreaterThan(1);
  });

  test("is served as small as the build has made it, to a browser that accepts the encoding", async () => {
    const ada = await fixture.person("Ada");
    const scripts = scriptsOf(ada);
    await ada.opens("/");
    await eventually(() => scripts.size).toBeGreaterThan(0);
    const [path = ""] = [...scripts.keys()];
    const bodyFor = async (encoding: string) => {
      const headers = { "accept-encoding": encoding };
      const answer = await fetch(`${ada.network.url}${path}`, { headers });
      const body = Buffer.from(await answer.arrayBuffer());
      const length = Number(answer.headers.get("content-length"));
      return { body, length, said: answer.headers.get("content-encoding"), vary: answer.headers.get("vary") };
    };
    const plain = await bodyFor("identity");
    expect(plain).toMatchObject({ said: null, length: plain.body.length });
    for (const encoding of ["gzip", "br"]) {
      const small = await bodyFor(encoding);
      expect(small).toMatchObject({ said: encoding, vary: "Accept-Encoding" });
      expect(small.body.equals(plain.body)).toBe(true);
      expect(small.length).toBeLessThan(plain.length / 2);
    }
  });
});
