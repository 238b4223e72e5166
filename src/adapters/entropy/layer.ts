/**
 * The port Entropy on Node's cryptographic random generator.
 */
import { randomInt, randomUUID } from "node:crypto";
import { Layer } from "effect";
import { Entropy } from "../../app/ports/entropy.ts";

const STEPS = 2 ** 32;

export const layerEntropy = Layer.succeed(Entropy, {
  id: () => randomUUID(),
  fraction: () => randomInt(STEPS) / STEPS,
});
