#!/usr/bin/env node
/**
 * The program `gapless`: parses its arguments, runs the probe, and prints the report. Exit code 0: everything
 * is right; 1: it is not; 2: the arguments are wrong.
 */
import { Display } from "./display.ts";
import { parseArguments, USAGE, type Plan } from "./arguments.ts";
import { probe, Unreachable, type Progress } from "./probe.ts";
import { linesOf } from "./report.ts";

const progressLines = (plan: Plan, { statistics, connected, elapsedMs }: Progress): readonly string[] => [
  `${plan.base}, room ${plan.room}: ${Math.min(plan.seconds, Math.floor(elapsedMs / 1_000))} s of ${plan.seconds} s`,
  `  connected ${connected} of ${plan.clients}; ${statistics.cuts} cut`,
  `  sent ${statistics.sent}, acknowledged ${statistics.acknowledged}, seen ${statistics.seen}`,
  `  latency: p50 ${statistics.latency.summary().p50} ms, p99 ${statistics.latency.summary().p99} ms; resume: p50 ${statistics.resumes.summary().p50} ms`,
];

const run = async (plan: Plan): Promise<number> => {
  const { stdout, stderr } = process;
  const display = stdout.isTTY && !plan.json ? new Display(stdout) : undefined;
  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());
  try {
    const report = await probe(plan, interruption.signal, (progress) =>
      display?.draw(progressLines(plan, progress)),
    );
    const lines = plan.json ? [JSON.stringify(report, undefined, 2)] : linesOf(report);
    display?.draw([]);
    stdout.write(lines.map((line) => `${line}\n`).join(""));
    return report.sound ? 0 : 1;
  } catch (failure) {
    if (!(failure instanceof Unreachable)) throw failure;
    stderr.write(`${failure.message}\n`);
    return 1;
  }
};

const main = async (): Promise<number> => {
  const command = parseArguments(process.argv.slice(2), `probe-${crypto.randomUUID()}`);
  if (!command.ok) {
    process.stderr.write(`${command.reason}\n`);
    return 2;
  }
  switch (command.value.name) {
    case "help":
      process.stdout.write(USAGE);
      return 0;
    case "probe":
      return run(command.value.plan);
  }
};

process.exitCode = await main();
