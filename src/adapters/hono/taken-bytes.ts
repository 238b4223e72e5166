/**
 * How many bytes of a socket the operating system has taken over from this process. `writableLength` can't
 * tell: it stays the same until a whole write is over, and a slow reader of a large one would look like a
 * reader that takes in nothing.
 */
import type { Socket } from "node:net";

interface WriteHandle {
  readonly bytesWritten: number;
  readonly writeQueueSize: number;
}

/** Node's handle of a socket, which no type describes. Node itself times out writes by these two numbers. */
const isWriteHandle = (handle: unknown): handle is WriteHandle =>
  typeof handle === "object" &&
  handle !== null &&
  "bytesWritten" in handle &&
  "writeQueueSize" in handle &&
  typeof handle.bytesWritten === "number" &&
  typeof handle.writeQueueSize === "number";

export const takenBytes = (socket: Socket): number => {
  const handle: unknown = Reflect.get(socket, "_handle");
  if (isWriteHandle(handle)) return handle.bytesWritten - handle.writeQueueSize;
  return socket.bytesWritten - socket.writableLength;
};
