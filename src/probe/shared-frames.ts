/**
 * Decodes the frames of the server, each only once. An instance sends the same bytes to all clients in a
 * room, so the clients share the decoded frame, and it is held in memory once.
 */
import { decodeServerFrame } from "../wire/decode-server-frame.ts";
import type { ServerFrame } from "../wire/server-frame.ts";

/** The number of recent frames that are kept for sharing. */
const MAX_FRAMES = 1_000;

export class SharedFrames {
  readonly #recent = new Map<string, ServerFrame>();

  decode(text: string): ServerFrame | undefined {
    const known = this.#recent.get(text);
    if (known !== undefined) return known;
    const frame = decodeServerFrame(text);
    if (frame?.type !== "events" && frame?.type !== "joined") return frame;
    this.#recent.set(text, frame);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > MAX_FRAMES && oldest !== undefined) this.#recent.delete(oldest);
    return frame;
  }
}
