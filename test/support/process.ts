/**
 * A simulated process. It has a clock of its own, which may be wrong. It runs in turns, and in each turn it
 * runs until it has nothing left to do. It can be frozen, as by SIGSTOP, and killed.
 *
 * Always true:
 * - Everything from outside (a timer, a message, an answer) comes as a turn.
 * - A frozen process runs no turns. When it goes on, its timers come first and then the other turns, as in
 *   Node.
 * - A dead process never runs another turn.
 */
import { Clock, Context, Duration, Effect, Logger, Random, References, Scheduler } from "effect";
import type { SeededRandom } from "./seeded-random.ts";
import type { SimulatedTime } from "./simulated-time.ts";

/** If a turn has more steps than this, it would never end. */
const MOST_STEPS = 100_000;

type State = "running" | "frozen" | "dead";

export class Process {
  readonly #time: SimulatedTime;
  readonly #skewMs: number;
  #state: State = "running";
  #steps: (() => void)[] = [];
  #timers: (() => void)[] = [];
  #arrivals: (() => void)[] = [];
  #inTurn = false;

  /** `skewMs`: the time by which its clock is ahead. */
  constructor(time: SimulatedTime, skewMs: number) {
    this.#time = time;
    this.#skewMs = skewMs;
  }

  get state(): State {
    return this.#state;
  }

  /** The time of this process in unix ms. */
  readonly now = (): number => this.#time.now() + this.#skewMs;

  readonly after = (ms: number, run: () => void): (() => void) => {
    let wanted = true;
    const ring = (): void => {
      if (wanted) run();
    };
    const cancel = this.#time.after(ms, () => {
      if (this.#state === "frozen") this.#timers.push(ring);
      else this.turn(ring);
    });
    return () => {
      wanted = false;
      cancel();
    };
  };

  /** Runs something from outside as a turn. */
  turn(run: () => void): void {
    if (this.#state === "dead") return;
    if (this.#state === "frozen") {
      this.#arrivals.push(run);
      return;
    }
    if (this.#inTurn) return run();
    this.#inTurn = true;
    try {
      run();
      this.#finish();
    } finally {
      this.#inTurn = false;
    }
  }

  freeze(): void {
    if (this.#state === "running") this.#state = "frozen";
  }

  thaw(): void {
    if (this.#state !== "frozen") return;
    this.#state = "running";
    const held = [...this.#timers, ...this.#arrivals];
    this.#timers = [];
    this.#arrivals = [];
    for (const run of held) this.turn(run);
  }

  kill(): void {
    this.#state = "dead";
    this.#steps = [];
    this.#timers = [];
    this.#arrivals = [];
  }

  /**
   * The context for Effect in this process: its clock, scheduler and randomness. `onBug` gets the errors that
   * it logs.
   */
  context(random: SeededRandom, onBug: (words: string) => void): Context.Context<never> {
    const logger = Logger.make<unknown, void>(({ logLevel, message, cause }) => {
      if (logLevel === "Error" || logLevel === "Fatal") onBug(`${String(message)} ${String(cause)}`);
    });
    return Context.make(Clock.Clock, this.#clock()).pipe(
      Context.add(Scheduler.Scheduler, new Scheduler.MixedScheduler("async", (step) => this.#soon(step))),
      Context.add(Random.Random, {
        nextIntUnsafe: () => random.below(Number.MAX_SAFE_INTEGER),
        nextDoubleUnsafe: random.fraction,
      }),
      Context.add(References.CurrentLoggers, new Set([logger])),
      Context.add(References.TracerEnabled, false),
    );
  }

  #clock(): Clock.Clock {
    const nanos = (): bigint => BigInt(this.now()) * 1_000_000n;
    return {
      currentTimeMillisUnsafe: this.now,
      currentTimeMillis: Effect.sync(this.now),
      currentTimeNanosUnsafe: nanos,
      currentTimeNanos: Effect.sync(nanos),
      monotonicTimeNanosUnsafe: nanos,
      monotonicTimeNanos: Effect.sync(nanos),
      sleep: (duration) =>
        Effect.callback<void>((resume) => {
          const cancel = this.after(Duration.toMillis(duration), () => resume(Effect.void));
          return Effect.sync(cancel);
        }),
    };
  }

  #soon(step: () => void): () => void {
    let wanted = true;
    this.#steps.push(() => {
      if (wanted) step();
    });
    return () => {
      wanted = false;
    };
  }

  #finish(): void {
    for (let count = 0; this.#steps.length > 0; count += 1) {
      if (count > MOST_STEPS) throw new Error("a process does not come to the end of its turn");
      const steps = this.#steps;
      this.#steps = [];
      for (const step of steps) step();
    }
  }
}
