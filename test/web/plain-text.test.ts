/** A formatted message as one line of words. */
import { describe, expect, test } from "vitest";
import { parse } from "../../web/markdown/parse.ts";
import { plainLine } from "../../web/text/plain-text.ts";

describe("a message in one line", () => {
  test.for([
    ["**firm**, *soft* and ~~not~~ `code`", "firm, soft and not code"],
    ["see [the *site*](https://example.com/a).", "see the site."],
    ["two\nlines\n\nand a paragraph", "two lines and a paragraph"],
    ["> quoted\n\nanswered", "quoted answered"],
    ["- one\n- **two**\n  - three", "one two three"],
    ["3. three\n4. four", "3. three 4. four"],
    ["run\n```ts\nconst a = 1;\n\tb();\n```", "run const a = 1; b();"],
    ["*@Ada\u00A0Lovelace* is here", "@Ada\u00A0Lovelace is here"],
    ["<b>no markup</b> and 2 * 3 * 4", "<b>no markup</b> and 2 * 3 * 4"],
    ["snake_case_name", "snake_case_name"],
  ] as const)("[V3] %j has no marks of its formatting: %j", ([text, line]) => {
    expect(plainLine(text, parse)).toBe(line);
  });

  test("[V3] is the text as it was written if the parser is not loaded", () => {
    expect(plainLine(" **firm**\n\tand  soft ", undefined)).toBe("**firm** and soft");
  });

  test("[V3] is not parsed if the text has no marks", () => {
    const never = (): never => {
      throw new Error("there was nothing to parse");
    };
    expect(plainLine("plain words", never)).toBe("plain words");
  });
});
