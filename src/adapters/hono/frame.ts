/**
 * Encodes a WebSocket text frame (RFC 6455, 5.2) as bytes: once for a message, and the same bytes for every
 * socket. The frame is unfragmented, unmasked and uncompressed, as a server sends it if no extension is
 * negotiated.
 */
import type { Outgoing } from "../../wire/outgoing.ts";

const FINAL_TEXT = 0x81;

const textFrame = (text: string): Uint8Array => {
  const length = Buffer.byteLength(text);
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(header + length);
  bytes[0] = FINAL_TEXT;
  if (length < 126) bytes[1] = length;
  else if (length < 65_536) {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = 127;
    bytes.writeBigUInt64BE(BigInt(length), 2);
  }
  bytes.write(text, header);
  return bytes;
};

export const frameOf = (outgoing: Outgoing): Uint8Array => {
  outgoing.bytes ??= textFrame(outgoing.text);
  return outgoing.bytes;
};
