/**
 * The report: sound where nothing is wrong, and never where anything is.
 */
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/probe/flags.ts";
import { NO_FAULTS, type Fault } from "../../src/probe/oracle.ts";
import { linesOf, reportOf } from "../../src/probe/report.ts";
import { Tally } from "../../src/probe/tally.ts";

const PLAN: Plan = {
  base: "https://chat.example",
  room: "tea",
  clients: 2,
  rate: 5,
  seconds: 3,
  cuts: 1,
  json: false,
};

const tallied = (sent: number, acknowledged: number): Tally => {
  const tally = new Tally();
  tally.sent = sent;
  tally.acknowledged = acknowledged;
  tally.latency.record(12);
  return tally;
};

const report = (found: Partial<Record<Fault, number>>, tally = tallied(15, 15)) =>
  reportOf(PLAN, 3, tally, { counts: { ...NO_FAULTS, ...found }, seen: 30, findings: [] });

describe("the report of a probe", () => {
  it("is sound where everything was acknowledged and nothing found", () => {
    expect(report({})).toMatchObject({ sent: 15, acknowledged: 15, sound: true, resumeMs: { count: 0 } });
    expect(linesOf(report({})).at(-1)).toBe("Nothing was lost, repeated or reordered.");
  });

  it.each<Fault>(["lost", "repeated", "reordered", "foreign", "reset", "ack lost", "ack repeated"])(
    "is not sound where something was found: %s",
    (fault) => {
      const found = report({ [fault]: 1 });
      expect(found.sound).toBe(false);
      expect(linesOf(found)).toContainEqual(expect.stringMatching(new RegExp(`^ +${fault} +1$`)));
      expect(linesOf(found).at(-1)).not.toContain("Nothing");
    },
  );

  it("is not sound where a post has no answer", () => {
    expect(report({}, tallied(15, 14)).sound).toBe(false);
  });
});
