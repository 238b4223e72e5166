/**
 * Code has the colours of its language and stays the text that was sent. No text delays the page or the next
 * text.
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

/** Texts that open more brackets and quotes than they close, in any language. */
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
  test.for(LANGUAGES)("[V3] in %s add up to the text, whatever it is", (language) => {
    assert(
      property(program, (text) => {
        expect(textOf(tokensOf(language, text))).toBe(text);
      }),
      { numRuns: 20 },
    );
  });

  test("[V3] are limited in number, and still add up to the text", () => {
    const text = "1+".repeat(2000);
    const tokens = tokensOf("js", text) ?? [];
    expect(tokens.length).toBeLessThanOrEqual(MOST_TOKENS + 1);
    expect(textOf(tokens)).toBe(text);
  });

  test("have a kind each, and an unknown language has none", () => {
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

describe("a highlight queue", () => {
  /** Workers that do only what a test makes them do. */
  const setUp = () => {
    const workers: {
      readonly asked: string[];
      ended: boolean;
      say: (answer: Answer) => void;
      fail: () => void;
    }[] = [];
    const start: StartWorker = (say, fail): HighlightWorker => {
      const one = { asked: new Array<string>(), ended: false, say, fail };
      workers.push(one);
      return { ask: ({ text }) => one.asked.push(text), end: () => (one.ended = true) };
    };
    const clock = new VirtualClock();
    return { workers, clock, queue: new HighlightQueue(start, clock) };
  };
  const job = (text: string): Job => ({ language: "js", text });
  const tokens: readonly Token[] = [{ text: "a", kind: "name" }];
  const done: Answer = { type: "done", tokens };

  test("asks for one text at a time, and for the same one once", async () => {
    const { workers, clock, queue } = setUp();
    const all = [queue.highlight(job("a")), queue.highlight(job("b")), queue.highlight(job("a"))];
    // Even if the worker takes long to start.
    clock.advance(60_000);
    expect(workers.map(({ asked }) => asked)).toEqual([[]]);
    workers[0]?.say({ type: "ready" });
    expect(workers[0]?.asked).toEqual(["a"]);
    workers[0]?.say(done);
    workers[0]?.say({ type: "done", tokens: [] });
    expect(await Promise.all(all)).toEqual([tokens, [], tokens]);
    expect(workers[0]?.asked).toEqual(["a", "b"]);
    expect(queue.cached(job("a"))).toBe(tokens);
    expect(clock.pending).toBe(0);
  });

  test("[V3] gives up on a text that takes too long, and goes on with the next text", async () => {
    const { workers, clock, queue } = setUp();
    const hostile = queue.highlight(job("hostile"));
    const good = queue.highlight(job("good"));
    workers[0]?.say({ type: "ready" });
    clock.advance(PATIENCE_MS);
    expect(await hostile).toEqual([]);
    expect(workers[0]?.ended).toBe(true);
    workers[1]?.say({ type: "ready" });
    workers[1]?.say(done);
    expect(await good).toBe(tokens);
    // The queue does not try it again.
    expect(await queue.highlight(job("hostile"))).toEqual([]);
    expect(workers).toHaveLength(2);
  });

  test("leaves texts as they are when its worker can't start, and starts it again with the next text", async () => {
    const { workers, queue } = setUp();
    const first = queue.highlight(job("a"));
    workers[0]?.fail();
    expect(await first).toEqual([]);
    const second = queue.highlight(job("a"));
    workers[1]?.say({ type: "ready" });
    workers[1]?.say(done);
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
    "[V3] has colours with enough contrast, in %s",
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
      expect(await ada.violations()).toEqual([]);
      expect(ada.faults).toEqual([]);
    },
  );

  test("[D2] [V3] is the text that was sent, gets its colours without moving, and stays plain in an unknown language", async () => {
    // The test can't delay what a service worker answers.
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
