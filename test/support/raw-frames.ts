/**
 * WebSocket frames as bytes (RFC 6455, 5.2), for what no client library sends: fragments by the thousand,
 * frames behind a verdict.
 */
import { RawConnection } from "./raw-http.ts";

const TEXT = 0x01;
const FINAL = 0x80;
const MASKED = 0x80;

/** A frame of up to 65,535 bytes, masked with zeros. */
const frame = (firstByte: number, payload: string): Buffer => {
  const bytes = Buffer.from(payload);
  const header =
    bytes.length < 126
      ? Buffer.from([firstByte, MASKED | bytes.length])
      : Buffer.from([firstByte, MASKED | 126, bytes.length >> 8, bytes.length & 0xff]);
  return Buffer.concat([header, Buffer.alloc(4), bytes]);
};

export const textFrame = (payload: object): Buffer => frame(FINAL | TEXT, JSON.stringify(payload));

/** One message, a fragment for each part. */
export const fragments = (parts: readonly string[]): Buffer =>
  Buffer.concat(
    parts.map((part, nth) => frame((nth === 0 ? TEXT : 0) | (nth === parts.length - 1 ? FINAL : 0), part)),
  );

/** A connection that has been upgraded, and has said nothing yet. */
export const upgraded = async (port: number, localAddress?: string): Promise<RawConnection> => {
  const connection = await RawConnection.open(port, localAddress);
  connection.send(
    "GET /ws HTTP/1.1",
    "Host: x",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
  );
  const { status, head } = await connection.answer();
  if (status !== 101) throw new Error(`the upgrade was refused: ${head}`);
  return connection;
};
