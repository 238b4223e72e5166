/**
 * The server that Gapless is compared with: one process, `ws`, and a loop over its sockets. It keeps no log,
 * checks nothing and promises nothing. It speaks only the part of the protocol that the load needs. It
 * encodes an event once for all members.
 */
import { WebSocketServer, type WebSocket } from "ws";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
const members = new Set<WebSocket>();
let seq = 0;

const textOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};

server.on("connection", (socket) => {
  socket.on("close", () => members.delete(socket));
  socket.on("message", (data) => {
    const { type, ref, room, key, text } = textOf(JSON.parse(String(data)));
    switch (type) {
      case "hello":
        socket.send(`{"type":"welcome"}`);
        return;
      case "join":
        members.add(socket);
        socket.send(JSON.stringify({ type: "joined", ref, room, events: [] }));
        return;
      case "post": {
        seq += 1;
        const id = `${Date.now()}-${seq}`;
        const by = { id: "a-user-of-the-bench", name: "Bench" };
        const event = { id, seq, type: "message.posted", by, key, text };
        const frame = JSON.stringify({ type: "events", room, events: [event] });
        for (const member of members) member.send(frame);
        socket.send(JSON.stringify({ type: "ack", ref, room, id, seq, duplicate: false }));
      }
    }
  });
});

server.on("listening", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) {
    console.log(`A bare server is at http://127.0.0.1:${address.port}`);
  }
});
