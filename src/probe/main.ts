#!/usr/bin/env node
/**
 * The program `gapless`: reads its words, probes, and says in its exit code what came of it (0: all is well; 1: it is not; 2: bad words).
 */
import { Display } from "./display.ts";
import { readWords, USAGE, type Plan } from "./flags.ts";
import { probe, Unreachable, type Progress } from "./probe.ts";
import { linesOf } from "./report.ts";

const progressLines = (plan: Plan, { tally, connected, elapsedMs }: Progress): readonly string[] => [
  `${plan.base}, room ${plan.room}: ${Math.min(plan.seconds, Math.floor(elapsedMs / 1_000))} s of ${plan.seconds} s`,
  `  connected ${connected} of ${plan.clients}; ${tally.cuts} cut`,
  `  sent ${tally.sent}, acknowledged ${tally.acknowledged}, seen ${tally.seen}`,
  `  latency: half within ${tally.latency.summary().p50} ms, 99 % ${tally.latency.summary().p99} ms; resume: half within ${tally.resumes.summary().p50} ms`,
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
  const wish = readWords(process.argv.slice(2), `probe-${crypto.randomUUID()}`);
  if (!wish.ok) {
    process.stderr.write(`${wish.reason}\n`);
    return 2;
  }
  switch (wish.value.do) {
    case "help":
      process.stdout.write(USAGE);
      return 0;
    case "probe":
      return run(wish.value.plan);
  }
};

process.exitCode = await main();
