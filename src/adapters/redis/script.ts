/**
 * A Lua script with its SHA-1 digest, by which Redis calls it. A script accesses only the keys that it gets
 * as KEYS, and returns one reply.
 */
import { createHash } from "node:crypto";

export interface Script {
  readonly text: string;
  readonly sha: string;
}

/** Joins fragments of Lua into a script. The last fragment returns the reply. */
export const script = (...fragments: readonly string[]): Script => {
  const text = fragments.map((fragment) => fragment.trim()).join("\n");
  return { text, sha: createHash("sha1").update(text).digest("hex") };
};
