/**
 * `npm run bench`: the fan-out of one room with 500 connections, and the memory of 5,000 idle ones, of Gapless and of a bare `ws` loop on the same
 * machine under the same load. Absolute figures say more about the machine than about either; the ratios are what counts.
 */
import { measureFanOut, measureIdle, type FanOut } from "./measure.ts";
import { startBare, startGapless, type Subject } from "./subject.ts";

interface Figures extends FanOut {
  readonly bytesPerIdleConnection: number;
}

const during = async <T>(
  start: () => Promise<Subject>,
  work: (subject: Subject) => Promise<T>,
): Promise<T> => {
  const subject = await start();
  try {
    return await work(subject);
  } finally {
    await subject.stop();
  }
};

const figuresOf = async (
  startLoud: () => Promise<Subject>,
  startIdle: () => Promise<Subject>,
): Promise<Figures> => ({
  ...(await during(startLoud, measureFanOut)),
  bytesPerIdleConnection: await during(startIdle, measureIdle),
});

const round = (value: number): number => Number(value.toPrecision(3));

const gapless = await figuresOf(
  () => startGapless(2),
  () => startGapless(1),
);
const bare = await figuresOf(startBare, startBare);

const row = (of: (figures: Figures) => number) => ({
  Gapless: round(of(gapless)),
  "bare ws loop": round(of(bare)),
  ratio: round(of(gapless) / of(bare)),
});

console.table({
  "deliveries a second": row((one) => one.deliveriesPerSecond),
  "posts a second": row((one) => one.postsPerSecond),
  "CPU s a million deliveries": row((one) => one.cpuSecondsPerMillion),
  "posts a second at a third of the rate": row((one) => one.paced.postsPerSecond),
  "p50 ms at a third of the rate": row((one) => one.paced.p50Ms),
  "p99 ms at a third of the rate": row((one) => one.paced.p99Ms),
  "KiB an idle connection": row((one) => one.bytesPerIdleConnection / 1024),
});
console.log(JSON.stringify({ gapless, bare }));
