/**
 * The port of randomness. All ids and random numbers come from here, so that a simulation can replay them.
 */
import { Context } from "effect";

export class Entropy extends Context.Service<
  Entropy,
  {
    /** A new id that can't be guessed: printable ASCII, at most 36 characters. */
    readonly id: () => string;
    /** A number in [0, 1). */
    readonly fraction: () => number;
  }
>()("gapless/Entropy") {}
