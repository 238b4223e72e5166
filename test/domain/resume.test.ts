/**
 * Whether a position still stands in the log: held, trimmed, or unknown.
 */
import { expect, test } from "vitest";
import { START } from "../../src/domain/position.ts";
import { positionStatus } from "../../src/domain/resume.ts";
import { at } from "./given.ts";

const first = (seq: number) => ({ id: at(10), seq });

test("[R2] a position whose entry is there is held, wherever it stands", () => {
  expect(positionStatus(at(10), true, first(1))).toBe("held");
  expect(positionStatus(at(99), true, first(7))).toBe("held");
});

test("[R2] the start is held while nothing has been trimmed", () => {
  expect(positionStatus(START, false, first(1))).toBe("held");
  expect(positionStatus(START, false, undefined)).toBe("held");
});

test("[R3] the start is trimmed once the first event is not the first any more", () => {
  expect(positionStatus(START, false, first(2))).toBe("trimmed");
});

test("[R3] a position before the first event that is kept is trimmed, if there were events before it", () => {
  expect(positionStatus(at(9), false, first(2))).toBe("trimmed");
  expect(positionStatus(at(9), false, first(1))).toBe("unknown");
});

test("[R3] a position that is not there, between events or ahead of them, is unknown", () => {
  expect(positionStatus(at(11), false, first(1))).toBe("unknown");
  expect(positionStatus(at(11), false, first(2))).toBe("unknown");
  expect(positionStatus(at(999), false, first(2))).toBe("unknown");
});

test("[R3] [R4] in a log that was emptied, every position but the start is unknown", () => {
  expect(positionStatus(at(9), false, undefined)).toBe("unknown");
});
