/**
 * Tests of the status of a position in the log: held, trimmed or unknown.
 */
import { expect, test } from "vitest";
import { START } from "../../src/domain/position.ts";
import { positionStatus } from "../../src/domain/resume.ts";
import { at } from "./given.ts";

const first = (seq: number) => ({ id: at(10), seq });

test("[R2] a position is held if its entry is there", () => {
  expect(positionStatus(at(10), true, first(1))).toBe("held");
  expect(positionStatus(at(99), true, first(7))).toBe("held");
});

test("[R2] the start is held while nothing has been trimmed", () => {
  expect(positionStatus(START, false, first(1))).toBe("held");
  expect(positionStatus(START, false, undefined)).toBe("held");
});

test("[R3] the start is trimmed once the oldest event is not the room's first", () => {
  expect(positionStatus(START, false, first(2))).toBe("trimmed");
});

test("[R3] a position before the oldest event is trimmed if there were events before that one", () => {
  expect(positionStatus(at(9), false, first(2))).toBe("trimmed");
  expect(positionStatus(at(9), false, first(1))).toBe("unknown");
});

test("[R3] a position without an entry, between events or ahead of them, is unknown", () => {
  expect(positionStatus(at(11), false, first(1))).toBe("unknown");
  expect(positionStatus(at(11), false, first(2))).toBe("unknown");
  expect(positionStatus(at(999), false, first(2))).toBe("unknown");
});

test("[R3] [R4] in a log that was emptied, every position except the start is unknown", () => {
  expect(positionStatus(at(9), false, undefined)).toBe("unknown");
});
