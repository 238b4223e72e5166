/**
 * Decodes what the server sends. An instance gives the very same bytes to everybody in a room, so what was decoded for one visitor is not
 * decoded again for the others; and what they all saw is held in memory once.
 */
import { decodeServerFrame } from "../wire/decode-server-frame.ts";
import type { ServerFrame } from "../wire/server-frame.ts";

/** How many frames back somebody may be and still share. */
const MOST_FRAMES = 1_000;

export class SharedFrames {
  readonly #recent = new Map<string, ServerFrame>();

  decode(text: string): ServerFrame | undefined {
    const known = this.#recent.get(text);
    if (known !== undefined) return known;
    const frame = decodeServerFrame(text);
    if (frame?.type !== "events" && frame?.type !== "joined") return frame;
    this.#recent.set(text, frame);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > MOST_FRAMES && oldest !== undefined) this.#recent.delete(oldest);
    return frame;
  }
}
