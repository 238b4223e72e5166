/**
 * Gives program texts their colours, by way of a worker that comes with the first of them. One text at a time is with the worker; one that takes it too long
 * costs that worker its place, and stays without colours. So no text holds up the page, and none holds up the others for long.
 */
import type { Clock } from "../../src/client/platform/clock.ts";
import type { Answer, Job, Token } from "./token.ts";

/** How long a text may take the worker once it is there. Nearly all take a hundredth of that. */
export const PATIENCE_MS = 1000;
/** How many texts' tokens are kept, for when they are on view again. */
const KEPT = 200;

const NONE: readonly Token[] = [];

export interface Helper {
  readonly ask: (job: Job) => void;
  readonly end: () => void;
}

/** Brings a helper about, which gives its answers, or says that it failed. */
export type Hire = (answered: (answer: Answer) => void, failed: () => void) => Helper;

interface Order {
  readonly job: Job;
  readonly key: string;
  readonly answer: PromiseWithResolvers<readonly Token[]>;
}

const keyOf = ({ language, text }: Job): string => `${language}\n${text}`;

export class HighlightQueue {
  readonly #hire: Hire;
  readonly #clock: Clock;
  readonly #known = new Map<string, readonly Token[]>();
  readonly #orders = new Map<string, Order>();
  #helper: Helper | undefined;
  #isReady = false;
  #current: Order | undefined;
  #cancel: () => void = () => {};

  constructor(hire: Hire, clock: Clock) {
    this.#hire = hire;
    this.#clock = clock;
  }

  /** What is known already. */
  recall(job: Job): readonly Token[] | undefined {
    return this.#known.get(keyOf(job));
  }

  /** A text's tokens; none where it has no colours. */
  colour(job: Job): Promise<readonly Token[]> {
    const key = keyOf(job);
    const known = this.#known.get(key);
    if (known !== undefined) return Promise.resolve(known);
    const asked = this.#orders.get(key);
    if (asked !== undefined) return asked.answer.promise;
    const order = { job, key, answer: Promise.withResolvers<readonly Token[]>() };
    this.#orders.set(key, order);
    this.#next();
    return order.answer.promise;
  }

  #next(): void {
    const [order] = this.#orders.values();
    if (this.#current !== undefined || order === undefined) return;
    this.#helper ??= this.#hire(
      (answer) => this.#take(answer),
      () => this.#fail(),
    );
    if (!this.#isReady) return;
    this.#current = order;
    this.#cancel = this.#clock.after(PATIENCE_MS, () => this.#giveUp(order));
    this.#helper.ask(order.job);
  }

  #take(answer: Answer): void {
    if (answer.type === "ready") this.#isReady = true;
    else if (this.#current !== undefined) this.#settle(this.#current, answer.tokens);
    this.#next();
  }

  #giveUp(order: Order): void {
    this.#dismiss();
    this.#settle(order, NONE);
    this.#next();
  }

  /** It could not be loaded, or broke: what waits stays without colours, and the next text tries anew. */
  #fail(): void {
    this.#dismiss();
    for (const { answer } of this.#orders.values()) answer.resolve(NONE);
    this.#orders.clear();
    this.#current = undefined;
  }

  #dismiss(): void {
    this.#cancel();
    this.#helper?.end();
    this.#helper = undefined;
    this.#isReady = false;
  }

  #settle({ key, answer }: Order, tokens: readonly Token[]): void {
    this.#cancel();
    this.#current = undefined;
    this.#orders.delete(key);
    this.#known.set(key, tokens);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    answer.resolve(tokens);
  }
}
