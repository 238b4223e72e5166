/**
 * The secret that signs guest tokens with the embedded log. It is made once and stored beside the log, in a
 * file that only its owner can read.
 *
 * Always true: the file has its whole content, or it does not exist. A new secret is written to another file
 * and synchronised to the disk, and then that file gets the name. So a crash or a full disk leaves no
 * incomplete secret.
 */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { MIN_SECRET_BYTES } from "./guest-token.ts";

/** The file exists but can't be used. The message is one sentence for the operator. */
export class UnusableSecret extends Error {
  override readonly name = "UnusableSecret";
}

/** The secret in the file. Empty if there is none. */
const read = (file: string): string => {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableSecret(`the file ${file} can't be read: ${reason}`);
  }
};

const sync = (path: string): void => {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Gives a complete new secret the name of the file. If there is no file, only the first process succeeds. An
 * empty file is replaced.
 */
const make = (folder: string, file: string): void => {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    writeFileSync(draft, randomBytes(MIN_SECRET_BYTES).toString("base64url"), {
      flag: "wx",
      mode: 0o600,
      flush: true,
    });
    try {
      linkSync(draft, file);
    } catch {
      // The file exists already, or this file system has no hard links.
      if (read(file) === "") renameSync(draft, file);
    }
    sync(folder);
  } finally {
    rmSync(draft, { force: true });
  }
};

/** The secret beside the embedded log. It is made if there is none. */
export const storedSecret = (folder: string): string => {
  const file = join(folder, "token-secret");
  mkdirSync(folder, { recursive: true });
  if (read(file) === "") make(folder, file);
  const secret = read(file);
  const bytes = Buffer.byteLength(secret);
  if (bytes < MIN_SECRET_BYTES) {
    throw new UnusableSecret(
      `the file ${file} has ${bytes} bytes, and a secret has at least ${MIN_SECRET_BYTES}: restore it from a ` +
        "backup, or delete it, and each guest becomes a new user",
    );
  }
  return secret;
};
