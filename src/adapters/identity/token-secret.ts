/**
 * The secret that signs guest tokens with the embedded log: made once, kept beside the log, readable by its owner alone.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const keptSecret = (folder: string): string => {
  const file = join(folder, "token-secret");
  mkdirSync(folder, { recursive: true });
  try {
    // Only the first process to come here makes it.
    writeFileSync(file, randomBytes(32).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFileSync(file, "utf8").trim();
};
