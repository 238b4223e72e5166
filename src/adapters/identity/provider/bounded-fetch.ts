/**
 * Fetches JSON from an identity provider: within a time, up to a size, and nothing but JSON.
 */
import { parseJson } from "../../../log/json.ts";

const WITHIN_MS = 3_000;
const MAX_BYTES = 256 * 1024;

/** Rejects if there is no such answer. */
export const fetchJson = async (url: URL): Promise<unknown> => {
  const response = await fetch(url, {
    headers: { accept: "application/json" },
    redirect: "follow",
    signal: AbortSignal.timeout(WITHIN_MS),
  });
  if (!response.ok) throw new Error(`${url.origin} answered ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Error(`${url.origin} answered with more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  const value = parseJson(Buffer.concat(chunks).toString("utf8"));
  if (value === undefined) throw new Error(`${url.origin} did not answer with JSON`);
  return value;
};
