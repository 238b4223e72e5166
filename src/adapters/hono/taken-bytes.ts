/**
 * Counts the bytes of a socket that the operating system has taken over from this process. `writableLength`
 * does not show this: it stays the same until a whole write is over, so a slow reader of a large write would
 * look like a reader that reads nothing.
 */
import type { Socket } from "node:net";

interface WriteHandle {
  readonly bytesWritten: number;
  readonly writeQueueSize: number;
}

/**
 * Node's handle of a socket, which has no type. Node itself uses these two numbers for the timeout of writes.
 */
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
