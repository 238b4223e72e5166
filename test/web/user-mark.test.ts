/**
 * The mark of a user: made from the id alone, spread over its letters and colours, and legible in both
 * themes.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { MARK_COLOURS, userMark } from "../../web/text/user-mark.ts";

const style = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../web/styles/${name}.css`, import.meta.url)), "utf8");

describe("a user's mark", () => {
  const ids = Array.from({ length: 4000 }, (_, nth) => `guest-${nth}`);

  test("[A1] is always the same for an id", () => {
    expect(userMark("8a3f")).toEqual(userMark("8a3f"));
    // The same for every reader, and so in every version of the page.
    expect(userMark("guest-1")).toEqual({ letters: "EC", colour: 5 });
    expect(userMark("")).toEqual({ letters: "BC", colour: 3 });
  });

  test("[A1] has two letters and a colour of the theme", () => {
    for (const id of ids) {
      const { letters, colour } = userMark(id);
      expect(letters).toMatch(/^[A-Z]{2}$/);
      expect(colour).toBeGreaterThanOrEqual(0);
      expect(colour).toBeLessThan(MARK_COLOURS);
    }
  });

  test("[A1] differs for nearly all pairs of similar ids", () => {
    const marks = ids.map((id) => JSON.stringify(userMark(id)));
    const alike = marks.filter((mark, index) => index > 0 && mark === marks[index - 1]).length;
    expect(alike).toBeLessThan(6);
    const colours = new Map<number, number>();
    for (const id of ids) colours.set(userMark(id).colour, (colours.get(userMark(id).colour) ?? 0) + 1);
    for (let colour = 0; colour < MARK_COLOURS; colour += 1) {
      expect(colours.get(colour)).toBeGreaterThan((ids.length / MARK_COLOURS) * 0.8);
    }
  });
});

describe("its colours", () => {
  interface Pair {
    readonly light: string;
    readonly dark: string;
  }

  const pairIn = (css: string, before: string): Pair => {
    const found = new RegExp(`${before} light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
    return { light: found?.[1] ?? "", dark: found?.[2] ?? "" };
  };

  /** WCAG 2.2, relative luminance. */
  const luminance = (colour: string): number => {
    const channel = (at: number): number => {
      const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  };
  const contrast = (one: string, other: string): number => {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  const css = style("name-mark");
  const letters = pairIn(css, "color:");
  const grounds = Array.from({ length: MARK_COLOURS }, (_, nth) =>
    pairIn(css, `\\.colour-${nth} \\{\\s+--mark:`),
  );
  const behind = ["paper", "sheet", "raised", "thread-soft"].map((name) =>
    pairIn(style("tokens"), `--${name}:`),
  );

  test.each(["light", "dark"] as const)("[V2] are legible in the %s theme", (theme) => {
    for (const ground of grounds) {
      expect(contrast(letters[theme], ground[theme])).toBeGreaterThanOrEqual(4.5);
      for (const surface of behind) {
        expect(contrast(ground[theme], surface[theme])).toBeGreaterThanOrEqual(3);
      }
    }
    expect(new Set(grounds.map((ground) => ground[theme])).size).toBe(MARK_COLOURS);
  });
});
