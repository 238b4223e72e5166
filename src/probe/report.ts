/**
 * The report of a run: the oracle's verdict and the statistics, as data for programs and as lines for people.
 */
import type { Fault, Verdict } from "./oracle.ts";
import type { Summary } from "./percentiles.ts";
import type { Plan } from "./arguments.ts";
import type { RunStatistics } from "./run-statistics.ts";

export interface Report {
  readonly service: string;
  readonly room: string;
  readonly clients: number;
  readonly seconds: number;
  readonly sent: number;
  readonly acknowledged: number;
  /** Events that clients received, counted for each client. */
  readonly seen: number;
  readonly faults: Readonly<Record<Fault, number>>;
  readonly connections: number;
  readonly cuts: number;
  /** How often a client was left without a connection, for any reason. */
  readonly interruptions: number;
  /** How often a client moved after a `goaway` without being left without a connection. */
  readonly handovers: number;
  readonly latencyMs: Summary;
  readonly resumeMs: Summary;
  /** Descriptions of the first faults. */
  readonly findings: readonly string[];
  /** Whether there was no fault and every post was answered. */
  readonly sound: boolean;
}

export const reportOf = (
  { base, room, clients }: Plan,
  seconds: number,
  statistics: RunStatistics,
  { counts, findings }: Verdict,
): Report => {
  const { sent, acknowledged, seen, connections, cuts, interruptions, handovers, latency, resumes } =
    statistics;
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
  count === 0 ? "none" : `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms, max ${max} ms`;

const row = (name: string, value: string | number): string => `  ${name.padEnd(14)}${value}`;

export const linesOf = (report: Report): readonly string[] => [
  `${report.service}, room ${report.room}: ${report.clients} clients for ${report.seconds} s`,
  row("sent", report.sent),
  row("acknowledged", report.acknowledged),
  ...Object.entries(report.faults).map(([fault, count]) => row(fault, count)),
  row("seen", `${report.seen} events by all clients together`),
  row(
    "connections",
    `${report.connections}, ${report.cuts} cut by the probe, ${report.handovers} moved after a goaway`,
  ),
  row("latency", durations(report.latencyMs)),
  row("resume", durations(report.resumeMs)),
  ...report.findings.map((finding) => `  ${finding}`),
  report.sound ? "Nothing was lost, repeated or reordered." : "This is not what Gapless promises.",
];
