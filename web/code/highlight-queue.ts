/**
 * Asks a worker for the tokens of program texts. The worker is started with the first text and has one text
 * at a time. A text that takes too long costs the worker its life and stays plain, so no text blocks the
 * page, and none blocks the others for long.
 */
import type { Clock } from "../../src/client/index.ts";
import type { Answer, Job, Token } from "./token.ts";

/** How long a ready worker may take for one text. Nearly all texts take a hundredth of that. */
export const PATIENCE_MS = 1000;
/** How many texts' tokens are cached, for when those texts are in sight again. */
const MOST_CACHED = 200;

const PLAIN: readonly Token[] = [];

export interface HighlightWorker {
  readonly ask: (job: Job) => void;
  readonly end: () => void;
}

/** Starts a worker, which calls back with each answer, or when it has failed. */
export type StartWorker = (answered: (answer: Answer) => void, failed: () => void) => HighlightWorker;

interface Request {
  readonly job: Job;
  readonly key: string;
  readonly answer: PromiseWithResolvers<readonly Token[]>;
}

const keyOf = ({ language, text }: Job): string => `${language}\n${text}`;

export class HighlightQueue {
  readonly #start: StartWorker;
  readonly #clock: Clock;
  readonly #cache = new Map<string, readonly Token[]>();
  readonly #requests = new Map<string, Request>();
  #worker: HighlightWorker | undefined;
  #isReady = false;
  #current: Request | undefined;
  #cancel: () => void = () => {};

  constructor(start: StartWorker, clock: Clock) {
    this.#start = start;
    this.#clock = clock;
  }

  /** The tokens of a text that was highlighted before. */
  cached(job: Job): readonly Token[] | undefined {
    return this.#cache.get(keyOf(job));
  }

  /** A text's tokens; none where the text stays plain. */
  highlight(job: Job): Promise<readonly Token[]> {
    const key = keyOf(job);
    const cached = this.#cache.get(key);
    if (cached !== undefined) return Promise.resolve(cached);
    const asked = this.#requests.get(key);
    if (asked !== undefined) return asked.answer.promise;
    const request = { job, key, answer: Promise.withResolvers<readonly Token[]>() };
    this.#requests.set(key, request);
    this.#next();
    return request.answer.promise;
  }

  #next(): void {
    const [request] = this.#requests.values();
    if (this.#current !== undefined || request === undefined) return;
    this.#worker ??= this.#start(
      (answer) => this.#take(answer),
      () => this.#fail(),
    );
    if (!this.#isReady) return;
    this.#current = request;
    this.#cancel = this.#clock.after(PATIENCE_MS, () => this.#giveUp(request));
    this.#worker.ask(request.job);
  }

  #take(answer: Answer): void {
    if (answer.type === "ready") this.#isReady = true;
    else if (this.#current !== undefined) this.#settle(this.#current, answer.tokens);
    this.#next();
  }

  #giveUp(request: Request): void {
    this.#endWorker();
    this.#settle(request, PLAIN);
    this.#next();
  }

  /**
   * The worker could not be loaded, or broke. Waiting texts stay plain, and the next text starts a new
   * worker.
   */
  #fail(): void {
    this.#endWorker();
    for (const { answer } of this.#requests.values()) answer.resolve(PLAIN);
    this.#requests.clear();
    this.#current = undefined;
  }

  #endWorker(): void {
    this.#cancel();
    this.#worker?.end();
    this.#worker = undefined;
    this.#isReady = false;
  }

  #settle({ key, answer }: Request, tokens: readonly Token[]): void {
    this.#cancel();
    this.#current = undefined;
    this.#requests.delete(key);
    this.#cache.set(key, tokens);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > MOST_CACHED && oldest !== undefined) this.#cache.delete(oldest);
    answer.resolve(tokens);
  }
}
