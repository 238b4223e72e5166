/**
 * The intake of a connection: passes its frames to the session. It pauses reading while the session must not
 * take more: while the client leaves too much unread (D8), while a `hello` is being answered (W4), and while
 * many answers are under way.
 *
 * Always true:
 * - Frames are passed on in the order in which they came.
 * - It holds only frames that the transport had already read when it was paused: at most one chunk of the
 *   socket.
 */
export interface IntakeOptions {
  /** Whether the client leaves too much unread, so that the session must not take a frame now. */
  readonly isUnread: () => boolean;
  /** Whether the session must not take a frame now for another reason. */
  readonly isBusy: () => boolean;
  readonly now: () => number;
  /** Takes a frame. `at`: the time since when it could have been taken. */
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
  /** The client left too much unread when it was looked at last. */
  #wasUnread = false;
  /** Until this time the client itself has delayed its frames. */
  #notBefore = 0;
  #paused = false;
  #proceeding = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Whether reading is paused until the session can take more. */
  get paused(): boolean {
    return this.#paused;
  }

  receive(text: string, at: number): void {
    if (this.#held.length === 0 && !this.#isBlocked()) this.#options.take(text, at);
    else this.#held.push({ text, at });
    this.#settle();
  }

  /** The session may be able to take more. */
  proceed(): void {
    // Taking a frame may call this again. The loop below continues in any case.
    if (this.#proceeding) return;
    this.#proceeding = true;
    let next = 0;
    for (; next < this.#held.length && !this.#isBlocked(); next += 1) {
      const held = this.#held[next];
      if (held !== undefined) this.#options.take(held.text, Math.max(held.at, this.#notBefore));
    }
    this.#held = this.#held.slice(next);
    this.#proceeding = false;
    this.#settle();
  }

  /** The connection is closed: the held frames are dropped, and nothing more is read. */
  end(): void {
    this.#held = [];
  }

  #isBlocked(): boolean {
    const { isUnread, isBusy, now } = this.#options;
    const unread = isUnread();
    if (this.#wasUnread && !unread) this.#notBefore = now();
    this.#wasUnread = unread;
    return unread || isBusy();
  }

  #settle(): void {
    const blocked = this.#held.length > 0 || this.#isBlocked();
    if (blocked === this.#paused) return;
    this.#paused = blocked;
    if (blocked) this.#options.pause();
    else this.#options.resume();
  }
}
