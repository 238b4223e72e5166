/**
 * What a run comes to: the oracle's verdict and the tally in one, as data for machines and as lines for people.
 */
import type { Fault, Verdict } from "./oracle.ts";
import type { Summary } from "./percentiles.ts";
import type { Plan } from "./flags.ts";
import type { Tally } from "./tally.ts";

export interface Report {
  readonly service: string;
  readonly room: string;
  readonly clients: number;
  readonly seconds: number;
  readonly sent: number;
  readonly acknowledged: number;
  /** Events that came to somebody, each counted for each. */
  readonly seen: number;
  readonly faults: Readonly<Record<Fault, number>>;
  readonly connections: number;
  readonly cuts: number;
  /** How often somebody was left without a connection, whoever ended it. */
  readonly interruptions: number;
  /** How often somebody was asked to move, and did so without being left without one. */
  readonly handovers: number;
  readonly latencyMs: Summary;
  readonly resumeMs: Summary;
  /** The first of the faults, in words. */
  readonly findings: readonly string[];
  /** Nothing was lost, repeated, reordered, made up, reset, or left without an answer. */
  readonly sound: boolean;
}

export const reportOf = (
  { base, room, clients }: Plan,
  seconds: number,
  tally: Tally,
  { counts, findings }: Verdict,
): Report => {
  const { sent, acknowledged, seen, connections, cuts, interruptions, handovers, latency, resumes } = tally;
  return {
    service: base,
    room,
    clients,
    seconds,
    sent,
    acknowledged,
    seen,
    faults: counts,
    connections,
    cuts,
    interruptions,
    handovers,
    latencyMs: latency.summary(),
    resumeMs: resumes.summary(),
    findings,
    sound: acknowledged === sent && Object.values(counts).every((count) => count === 0),
  };
};

const durations = ({ count, p50, p95, p99, max }: Summary): string =>
  count === 0 ? "none" : `half within ${p50} ms, 95 % ${p95} ms, 99 % ${p99} ms, all ${max} ms`;

const row = (name: string, value: string | number): string => `  ${name.padEnd(14)}${value}`;

export const linesOf = (report: Report): readonly string[] => [
  `${report.service}, room ${report.room}: ${report.clients} clients for ${report.seconds} s`,
  row("sent", report.sent),
  row("acknowledged", report.acknowledged),
  ...Object.entries(report.faults).map(([fault, count]) => row(fault, count)),
  row("seen", `${report.seen} events by all clients together`),
  row(
    "connections",
    `${report.connections}, ${report.cuts} cut by the probe, ${report.handovers} moved when asked to`,
  ),
  row("latency", durations(report.latencyMs)),
  row("resume", durations(report.resumeMs)),
  ...report.findings.map((finding) => `  ${finding}`),
  report.sound ? "Nothing was lost, repeated or reordered." : "This is not what Gapless promises.",
];
