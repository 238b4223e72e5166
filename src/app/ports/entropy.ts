/**
 * The port to chance: the one place where ids and random moments come from, so that a simulation can replay them.
 */
import { Context } from "effect";

export interface EntropyShape {
  /** A new id that nobody can guess: printable ASCII, at most 36 characters. */
  readonly id: () => string;
  /** A number in [0, 1). */
  readonly fraction: () => number;
}

export class Entropy extends Context.Service<Entropy, EntropyShape>()("gapless/Entropy") {}
