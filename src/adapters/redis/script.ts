/**
 * A Lua script, named by its digest as Redis names it. Scripts touch only keys that they are given, and end in one reply.
 */
import { createHash } from "node:crypto";

export interface Script {
  readonly text: string;
  readonly sha: string;
}

/** Joins fragments of Lua, the last of which returns. */
export const script = (...fragments: readonly string[]): Script => {
  const text = fragments.map((fragment) => fragment.trim()).join("\n");
  return { text, sha: createHash("sha1").update(text).digest("hex") };
};
