/**
 * A socket.io server as in its documentation: with the Redis Streams adapter and connection state recovery.
 * Every connection is in the one room. A post goes to all members and is acknowledged.
 */
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-streams-adapter";
import { Redis } from "ioredis";
import { Server } from "socket.io";

const ROOM = "comparison";
const [redisUrl = "redis://127.0.0.1:6379"] = process.argv.slice(2);

const http = createServer();
const io = new Server(http, {
  adapter: createAdapter(new Redis(redisUrl)),
  connectionStateRecovery: { maxDisconnectionDuration: 120_000, skipMiddlewares: true },
});

io.on("connection", (socket) => {
  void socket.join(ROOM);
  socket.on("post", (text: string, acknowledge: () => void) => {
    io.to(ROOM).emit("message", text);
    acknowledge();
  });
});

process.once("SIGTERM", () => {
  void io.close().then(() => process.exit(0));
});

http.listen(0, "127.0.0.1", () => {
  const address = http.address();
  if (typeof address === "object" && address !== null)
    process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
