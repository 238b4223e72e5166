/**
 * The lifetime of a connection. It ends at the deadline of a `goaway` (G1 to G4), or when the token expires
 * (A2). The instance's clock checks it, so it needs no timer.
 */
import { rotation, rotationAge, type GoAway } from "../../domain/going-away.ts";

export type Due =
  | { readonly tag: "rotate"; readonly goAway: GoAway }
  /** The deadline of a `goaway` has come. */
  | { readonly tag: "moved" }
  | { readonly tag: "expired" };

export class Lifetime {
  readonly openedAt: number;
  readonly #timeoutMs: number;
  readonly #stepMs: number;
  readonly #rotateAt: number;
  #leaveAt: number | undefined;
  #leaveBy: number | undefined;

  /**
   * The clock checks the connection every `stepMs`. `chance`, a random number in [0, 1), chooses the moment
   * of the rotation (G1). Times are unix ms.
   */
  constructor(openedAt: number, requestTimeoutMs: number, stepMs: number, chance: number) {
    this.openedAt = openedAt;
    this.#timeoutMs = requestTimeoutMs;
    this.#stepMs = stepMs;
    this.#rotateAt = openedAt + rotationAge(requestTimeoutMs, stepMs, chance);
  }

  /** Whether the connection has been asked to move. */
  get leaving(): boolean {
    return this.#leaveBy !== undefined;
  }

  /** Whether the connection was asked to move, and the given moment has come. */
  isDueToMove(now: number): boolean {
    return this.#leaveAt !== undefined && now >= this.#leaveAt;
  }

  /** Records a `goaway`. False if the connection was asked before: only a shutdown asks again. */
  ask({ reason, afterMs, deadlineMs }: GoAway, now: number): boolean {
    if (this.leaving && reason !== "shutdown") return false;
    this.#leaveAt = now + afterMs;
    this.#leaveBy = now + deadlineMs;
    return true;
  }

  /**
   * The action that is due now, if there is one. `expiresAt`: when the caller's token expires, if it does.
   */
  due(now: number, expiresAt: number | undefined): Due | undefined {
    if (this.#leaveBy !== undefined && now >= this.#leaveBy) return { tag: "moved" };
    if (expiresAt !== undefined && now >= expiresAt) return { tag: "expired" };
    if (this.leaving || now < this.#rotateAt) return undefined;
    return { tag: "rotate", goAway: rotation(this.#timeoutMs, now - this.openedAt, this.#stepMs) };
  }
}
