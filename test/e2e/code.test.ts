/**
 * Program text has its language's colours, and stays the text that was sent; no text holds up the page, or the next one.
 */
import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  HighlightQueue,
  PATIENCE_MS,
  type HighlightWorker,
  type StartWorker,
} from "../../web/code/highlight-queue.ts";
import { LANGUAGES, MOST_TOKENS, tokensOf } from "../../web/code/highlight.ts";
import type { Answer, Job, Token } from "../../web/code/token.ts";
import { VirtualClock } from "../client/virtual-clock.ts";
import { eventually } from "./support/eventually.ts";
import type { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

const textOf = (tokens: readonly Token[] = []): string => tokens.map(({ text }) => text).join("");

/** Texts that open more than they close, in whatever language. */
const program = array(
  constantFrom(
    ..."(){}[]<>\"'`#/\\*-=:;,.@$%&|!?^~+_ \n\t",
    "if",
    "class A",
    "0x1f",
    "a",
    "ß",
    "字",
    "/*",
    "<!--",
  ),
  { maxLength: 200, size: "max" },
).map((parts) => parts.join(""));

describe("the tokens of a program text", () => {
  test.for(LANGUAGES)("[V3] in %s are the text again, whatever it is", (language) => {
    assert(
      property(program, (text) => {
        expect(textOf(tokensOf(language, text))).toBe(text);
      }),
      { numRuns: 20 },
    );
  });

  test("[V3] are no more than can be shown at once, and still the text", () => {
    const text = "1+".repeat(2000);
    const tokens = tokensOf("js", text) ?? [];
    expect(tokens.length).toBeLessThanOrEqual(MOST_TOKENS + 1);
    expect(textOf(tokens)).toBe(text);
  });

  test("are of a kind each, and none of a language that is not known", () => {
    expect(tokensOf("ts", "const one = 1; // first")).toEqual([
      { text: "const", kind: "keyword" },
      { text: " one = ", kind: undefined },
      { text: "1", kind: "number" },
      { text: "; ", kind: undefined },
      { text: "// first", kind: "comment" },
    ]);
    expect(tokensOf("klingon", "const one = 1")).toBeUndefined();
    expect(tokensOf("__proto__", "const one = 1")).toBeUndefined();
  });
});

describe("a colourist", () => {
  /** Helpers that do nothing but what a test says. */
  const agency = () => {
    const hired: {
      readonly asked: string[];
      ended: boolean;
      say: (answer: Answer) => void;
      fail: () => void;
    }[] = [];
    const hire: StartWorker = (say, fail): HighlightWorker => {
      const one = { asked: new Array<string>(), ended: false, say, fail };
      hired.push(one);
      return { ask: ({ text }) => one.asked.push(text), end: () => (one.ended = true) };
    };
    const clock = new VirtualClock();
    return { hired, clock, colourist: new HighlightQueue(hire, clock) };
  };
  const job = (text: string): Job => ({ language: "js", text });
  const tokens: readonly Token[] = [{ text: "a", kind: "name" }];
  const done: Answer = { type: "done", tokens };

  test("asks for one text at a time, and for the same one once", async () => {
    const { hired, clock, colourist } = agency();
    const all = [colourist.highlight(job("a")), colourist.highlight(job("b")), colourist.highlight(job("a"))];
    // However long it takes to come.
    clock.advance(60_000);
    expect(hired.map(({ asked }) => asked)).toEqual([[]]);
    hired[0]?.say({ type: "ready" });
    expect(hired[0]?.asked).toEqual(["a"]);
    hired[0]?.say(done);
    hired[0]?.say({ type: "done", tokens: [] });
    expect(await Promise.all(all)).toEqual([tokens, [], tokens]);
    expect(hired[0]?.asked).toEqual(["a", "b"]);
    expect(colourist.cached(job("a"))).toBe(tokens);
    expect(clock.pending).toBe(0);
  });

  test("[V3] gives up on a text that takes too long, and goes on with the next", async () => {
    const { hired, clock, colourist } = agency();
    const trap = colourist.highlight(job("trap"));
    const good = colourist.highlight(job("good"));
    hired[0]?.say({ type: "ready" });
    clock.advance(PATIENCE_MS);
    expect(await trap).toEqual([]);
    expect(hired[0]?.ended).toBe(true);
    hired[1]?.say({ type: "ready" });
    hired[1]?.say(done);
    expect(await good).toBe(tokens);
    // It is not tried again.
    expect(await colourist.highlight(job("trap"))).toEqual([]);
    expect(hired).toHaveLength(2);
  });

  test("leaves texts as they are where its helper can't come, and sends for it again with the next", async () => {
    const { hired, colourist } = agency();
    const first = colourist.highlight(job("a"));
    hired[0]?.fail();
    expect(await first).toEqual([]);
    const second = colourist.highlight(job("a"));
    hired[1]?.say({ type: "ready" });
    hired[1]?.say(done);
    expect(await second).toBe(tokens);
  });
});

describe("a code block", () => {
  const fixture = new PageFixture();

  const TYPESCRIPT = [
    "```ts",
    "// every kind of token",
    "@sealed class Room<T> extends Base { size: number = 42 }",
    'const text = `<b>${"no markup"}</b>`.replace(/b/g, "i");',
    "```",
  ].join("\n");
  const DIFF = "```diff\n--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n```";
  const YAML = "```yaml\n# quiet\nname: one\nlist: [1, true]\n```";

  const kinds = (person: Person): Promise<readonly string[]> =>
    person.log
      .locator("pre .token")
      .evaluateAll((spans) =>
        [...new Set(spans.map(({ className }) => className.replace("token ", "")))].sort(),
      );

  test.for(["light", "dark"] as const)(
    "[V3] has colours that everyone can read, in %s",
    async (colorScheme) => {
      const ada = await fixture.person("Ada", { colorScheme, bypassCSP: true });
      await ada.enters(`colours-${colorScheme}`);
      for (const text of [TYPESCRIPT, DIFF, YAML]) await ada.says(text);
      await eventually(() => kinds(ada)).toEqual([
        "added",
        "comment",
        "keyword",
        "meta",
        "name",
        "number",
        "removed",
        "string",
        "type",
      ]);
      expect(await ada.barriers()).toEqual([]);
      expect(ada.faults).toEqual([]);
    },
  );

  test("[D2] [V3] is the text that was sent, takes its colours without a move, and stays plain in no known language", async () => {
    // What a service worker brings can't be held back.
    const ada = await fixture.person("Ada", { serviceWorkers: "block" });
    const scripts: string[] = [];
    let bring = (): void => {};
    const held = new Promise<void>((resolve) => (bring = resolve));
    await ada.page.route("**/worker-*.js", async (route) => {
      scripts.push(route.request().url());
      await held;
      await route.continue();
    });
    await ada.enters("plain-first");
    await ada.says("```\nconst one = 1;\n```");
    await eventually(() => ada.log.locator("pre").count()).toBe(1);
    expect(scripts).toEqual([]);

    await ada.says(TYPESCRIPT);
    await ada.says("```klingon\nconst one = 1;\n```");
    await eventually(() => ada.log.locator(".message:not(.unsent) pre").count()).toBe(3);
    await eventually(() => scripts.length).toBe(1);
    const second = ada.log.locator("pre").nth(1);
    const before = await second.boundingBox();
    const text = await second.locator("code").textContent();
    expect(await second.locator(".token").count()).toBe(0);
    bring();
    await second.locator(".token.comment").getByText("// every kind of token").waitFor();
    expect(await second.locator("code").textContent()).toBe(text);
    expect(text).toContain("<b>${");
    expect(await second.boundingBox()).toEqual(before);
    expect(await ada.log.locator("pre").nth(0).locator(".token").count()).toBe(0);
    expect(await ada.log.locator("pre").nth(2).locator(".token").count()).toBe(0);
    expect(scripts).toHaveLength(1);
    expect(ada.faults).toEqual([]);
  });
});
