/**
 * `npm run bench`: measures the fan-out of one room with 500 connections, and the memory of 5,000 idle
 * connections. It compares Gapless with a bare `ws` loop on the same machine under the same load. The
 * absolute figures depend on the machine, so compare the ratios.
 */
import { measureFanOut, measureIdle, type FanOut } from "./measure.ts";
import { startBare, startGapless, type Target } from "./target.ts";

interface Figures extends FanOut {
  readonly bytesPerIdleConnection: number;
}

const withTarget = async <T>(
  start: () => Promise<Target>,
  work: (target: Target) => Promise<T>,
): Promise<T> => {
  const target = await start();
  try {
    return await work(target);
  } finally {
    await target.stop();
  }
};

const figuresOf = async (
  startForFanOut: () => Promise<Target>,
  startForIdle: () => Promise<Target>,
): Promise<Figures> => ({
  ...(await withTarget(startForFanOut, measureFanOut)),
  bytesPerIdleConnection: await withTarget(startForIdle, measureIdle),
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
  "deliveries a second": row((figures) => figures.deliveriesPerSecond),
  "posts a second": row((figures) => figures.postsPerSecond),
  "CPU s for a million deliveries": row((figures) => figures.cpuSecondsPerMillion),
  "posts a second at a third of the rate": row((figures) => figures.paced.postsPerSecond),
  "p50 ms at a third of the rate": row((figures) => figures.paced.p50Ms),
  "p99 ms at a third of the rate": row((figures) => figures.paced.p99Ms),
  "KiB for an idle connection": row((figures) => figures.bytesPerIdleConnection / 1024),
});
console.log(JSON.stringify({ gapless, bare }));
