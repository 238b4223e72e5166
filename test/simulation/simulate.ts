/**
 * `npm run simulate`: runs simulated worlds, and reports those in which a rule was broken.
 *
 *     npm run simulate -- --worlds 1000        a thousand worlds, from seed 1 on
 *     npm run simulate -- --worlds 1000 --from 5001
 *     npm run simulate -- --seed 42            one world, with a trace of all events
 *
 * It exits with 1 if a rule was broken, and with 2 and one sentence if its arguments are wrong.
 */
import { parseArgs } from "node:util";
import { simulate, type Outcome } from "./world.ts";

const USAGE =
  "Use --seed N, or --worlds N and optionally --from N; each N is a whole number from 1 to 4294967295.";
const LARGEST_SEED = 2 ** 32 - 1;
/** The number of findings that are shown for each world. */
const SHOWN = 5;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const wrong = (): never => {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
};

const options = () => {
  try {
    const text = { type: "string" } as const;
    return parseArgs({ options: { seed: text, worlds: text, from: text } }).values;
  } catch {
    return wrong();
  }
};

const count = (text: string): number => {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= LARGEST_SEED ? value : wrong();
};

const report = ({ seed, findings, mishaps }: Outcome): void => {
  say(`seed ${seed}: ${findings.length} broken, with ${mishaps.join(", ") || "no mishap"}`);
  for (const { rule, description } of findings.slice(0, SHOWN)) say(`    [${rule}] ${description}`);
};

const one = (seed: number): boolean => {
  const outcome = simulate(seed, say);
  report(outcome);
  return outcome.findings.length === 0;
};

const many = (from: number, worlds: number): boolean => {
  const startedAt = performance.now();
  let broken = 0;
  let events = 0;
  for (let seed = from; seed < from + worlds; seed += 1) {
    const outcome = simulate(seed);
    events += outcome.events;
    if (outcome.findings.length === 0) continue;
    broken += 1;
    report(outcome);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const pace = Math.round((worlds / seconds) * 60);
  say(
    `${worlds} worlds, ${events} events, ${seconds.toFixed(1)} s (${pace} worlds a minute): ${broken} with a broken rule`,
  );
  return broken === 0;
};

const { seed, worlds = "1000", from = "1" } = options();
const isFine = seed === undefined ? many(count(from), count(worlds)) : one(count(seed));
process.exitCode = isFine ? 0 : 1;
