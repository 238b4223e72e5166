/**
 * An outgoing frame, which is encoded once for all receivers. The transport decides what the bytes are (a
 * WebSocket frame, a chunk of an event stream) and caches them here, so that the second subscriber costs no
 * encoding.
 */
export class Outgoing {
  readonly text: string;
  /** The bytes that the transport made at the first send. */
  bytes: Uint8Array | undefined = undefined;

  constructor(text: string) {
    this.text = text;
  }
}
