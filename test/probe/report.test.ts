/**
 * Tests of the report: it is sound if there was no fault, and only then.
 */
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/probe/arguments.ts";
import { NO_FAULTS, type Fault } from "../../src/probe/oracle.ts";
import { linesOf, reportOf } from "../../src/probe/report.ts";
import { RunStatistics } from "../../src/probe/run-statistics.ts";

const PLAN: Plan = {
  base: "https://chat.example",
  room: "tea",
  clients: 2,
  rate: 5,
  seconds: 3,
  cuts: 1,
  json: false,
};

const statisticsOf = (sent: number, acknowledged: number): RunStatistics => {
  const statistics = new RunStatistics();
  statistics.sent = sent;
  statistics.acknowledged = acknowledged;
  statistics.latency.record(12);
  return statistics;
};

const report = (found: Partial<Record<Fault, number>>, statistics = statisticsOf(15, 15)) =>
  reportOf(PLAN, 3, statistics, { counts: { ...NO_FAULTS, ...found }, seen: 30, findings: [] });

describe("the report of a probe", () => {
  it("is sound if everything was acknowledged and no fault was found", () => {
    expect(report({})).toMatchObject({ sent: 15, acknowledged: 15, sound: true, resumeMs: { count: 0 } });
    expect(linesOf(report({})).at(-1)).toBe("Nothing was lost, repeated or reordered.");
  });

  it.each<Fault>(["lost", "repeated", "reordered", "foreign", "reset", "ack lost", "ack repeated"])(
    "is not sound if a fault was found: %s",
    (fault) => {
      const found = report({ [fault]: 1 });
      expect(found.sound).toBe(false);
      expect(linesOf(found)).toContainEqual(expect.stringMatching(new RegExp(`^ +${fault} +1$`)));
      expect(linesOf(found).at(-1)).not.toContain("Nothing");
    },
  );

  it("is not sound if a post has no answer", () => {
    expect(report({}, statisticsOf(15, 14)).sound).toBe(false);
  });
});
