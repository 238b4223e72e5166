/**
 * Runs before the tiers that start servers. Starts one server and lets it end by itself, since only then does
 * Node write its compile cache. All later starts read that cache, and take half of the CPU time. Several
 * tiers share the one start.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Instance } from "./instance.ts";

declare global {
  /** Global, since each tier loads this module again. */
  var compileCacheWritten: Promise<void> | undefined;
}

const startOnce = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), "gapless-first-start-"));
  const instance = await Instance.start({ DATA_DIR: folder });
  await instance.stop();
  await rm(folder, { recursive: true, force: true });
};

export default (): Promise<void> => (globalThis.compileCacheWritten ??= startOnce());
