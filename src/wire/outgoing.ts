/**
 * A frame on its way out: encoded once, and the same bytes to everyone who gets it. Which bytes those are is the transport's to say (a
 * WebSocket frame, a chunk of an event stream); it keeps them here, so that the second subscriber costs no encoding.
 */
export class Outgoing {
  readonly text: string;
  /** What the transport made of it, at the first send. */
  bytes: Uint8Array | undefined = undefined;

  constructor(text: string) {
    this.text = text;
  }
}
