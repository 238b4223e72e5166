/**
 * Polls until an expectation holds, on a machine however busy. Fails only after a long time.
 */
import { expect } from "vitest";

const WITHIN_MS = 20_000;

export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: WITHIN_MS });
