/**
 * The port to chance: the one place where ids and random moments come from, so that a simulation can replay them.
 */
import { Context } from "effect";

export class Entropy extends Context.Service<
  Entropy,
  {
    /** A new id that nobody can guess: printable ASCII, at most 36 characters. */
    readonly id: () => string;
    /** A number in [0, 1). */
    readonly fraction: () => number;
  }
>()("gapless/Entropy") {}
