/**
 * The rate limits of one connection: how fast it may send (L1), and when it has sent too many bad or refused
 * frames (W5, L1).
 */
import {
  exceedsLimit,
  countOffence,
  type AbuseLimit,
  type AbuseCounter,
} from "../../domain/abuse-counter.ts";
import { fullBucket, take, type Bucket, type Rate, type Taken } from "../../domain/token-bucket.ts";
import type { ClientFrame } from "../../wire/client-frame.ts";

/** The rate of all frames that are not messages (L1). */
const OTHER_FRAMES: Rate = { perSecond: 50, burst: 200 };
const BAD_FRAMES: AbuseLimit = { offences: 10, withinMs: 60_000 };
const REFUSALS: AbuseLimit = { offences: 100, withinMs: 10_000 };

/** A name may be changed once in 10 s (L4). */
const RENAMES: Rate = { perSecond: 0.1, burst: 1 };

/** Whether the frame has the rate of messages. A `leave` has, because it writes to the log (L4). */
const isMessage = ({ type }: ClientFrame): boolean =>
  type === "post" || type === "edit" || type === "delete" || type === "react" || type === "leave";

export class RateLimits {
  readonly #rate: Rate;
  #messages: Bucket;
  #others: Bucket;
  #renames: Bucket;
  #badFrames: AbuseCounter = [];
  #refusals: AbuseCounter = [];

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#messages = fullBucket(rate, now);
    this.#others = fullBucket(OTHER_FRAMES, now);
    this.#renames = fullBucket(RENAMES, now);
  }

  /** Takes a token for the frame, if there is one. */
  take(frame: ClientFrame, now: number): Taken {
    const message = isMessage(frame);
    const taken = message ? take(this.#messages, this.#rate, now) : take(this.#others, OTHER_FRAMES, now);
    if (message) this.#messages = taken.bucket;
    else this.#others = taken.bucket;
    return taken;
  }

  /** Takes a token for a change of the name, if there is one. */
  takeRename(now: number): Taken {
    const taken = take(this.#renames, RENAMES, now);
    this.#renames = taken.bucket;
    return taken;
  }

  /** Counts a frame that was refused for its rate. The result is whether there were too many. */
  floods(now: number): boolean {
    this.#refusals = countOffence(this.#refusals, REFUSALS, now);
    return exceedsLimit(this.#refusals, REFUSALS);
  }

  /** Counts a `bad_frame`. The result is whether there were too many. */
  breaksProtocol(now: number): boolean {
    this.#badFrames = countOffence(this.#badFrames, BAD_FRAMES, now);
    return exceedsLimit(this.#badFrames, BAD_FRAMES);
  }
}
