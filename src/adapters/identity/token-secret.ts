/**
 * The secret that signs guest tokens with the embedded log. It is made once and stored beside the log in a
 * file that only its owner can read.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const storedSecret = (folder: string): string => {
  const file = join(folder, "token-secret");
  mkdirSync(folder, { recursive: true });
  try {
    // Only the first process makes the file: for all others it exists already.
    writeFileSync(file, randomBytes(32).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFileSync(file, "utf8").trim();
};
