/**
 * The frames of one connection on their way to its session. It reads no further while the session must not take more:
 * while the client leaves too much unread (D8), while a `hello` is being answered (W4), and while many answers are under
 * way.
 *
 * Always true:
 * - Frames are handed on in the order in which they came.
 * - What is held back is what the transport had read already when it was paused: at most one chunk of the socket.
 */
export interface IntakeOptions {
  /** The session must not take a frame now. */
  readonly isBlocked: () => boolean;
  /** Takes a frame. `at`: since when it could have been taken. */
  readonly take: (text: string, at: number) => void;
  readonly pause: () => void;
  readonly resume: () => void;
}

interface Held {
  readonly text: string;
  readonly at: number;
}

export class FrameIntake {
  readonly #options: IntakeOptions;
  #held: Held[] = [];
  #notBefore = 0;
  #paused = false;
  #proceeding = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Nothing is read until the session can take more. */
  get paused(): boolean {
    return this.#paused;
  }

  receive(text: string, at: number): void {
    if (this.#held.length === 0 && !this.#options.isBlocked()) this.#options.take(text, at);
    else this.#held.push({ text, at });
    this.#settle();
  }

  /** The session may be able to take more. `notBefore`: until then the client itself kept it from being served. */
  proceed(notBefore = 0): void {
    this.#notBefore = Math.max(this.#notBefore, notBefore);
    // To take a frame may call this again; the loop below goes on by itself.
    if (this.#proceeding) return;
    this.#proceeding = true;
    let next = 0;
    for (; next < this.#held.length && !this.#options.isBlocked(); next += 1) {
      const held = this.#held[next];
      if (held !== undefined) this.#options.take(held.text, Math.max(held.at, this.#notBefore));
    }
    this.#held = this.#held.slice(next);
    this.#proceeding = false;
    this.#settle();
  }

  /** The connection is closed: what was held is dropped, and nothing is read any more. */
  end(): void {
    this.#held = [];
  }

  #settle(): void {
    const blocked = this.#held.length > 0 || this.#options.isBlocked();
    if (blocked === this.#paused) return;
    this.#paused = blocked;
    if (blocked) this.#options.pause();
    else this.#options.resume();
  }
}
