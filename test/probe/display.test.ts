/**
 * Tests of the live display: one block that is redrawn in place.
 */
import { expect, it } from "vitest";
import { Display } from "../../src/probe/display.ts";

it("draws over the lines that it drew before, and cuts lines that would wrap", () => {
  const written: string[] = [];
  const display = new Display({ columns: 10, write: (text) => written.push(text) });
  display.draw(["one", "two"]);
  display.draw(["a line that is too long"]);
  display.draw([]);
  expect(written).toEqual(["one\ntwo\n", "\u001B[2A\r\u001B[Ja line th\n", "\u001B[1A\r\u001B[J"]);
});
