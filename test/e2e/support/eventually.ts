/**
 * What will be so before long, on a machine however busy: looked at again and again, and a failure only once it has had its time.
 */
import { expect } from "vitest";

const WITHIN_MS = 20_000;

export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: WITHIN_MS });
