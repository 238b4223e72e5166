/**
 * `GET /ws`: the upgrade (W1, W3, L2, G2), and a connection as a transport of the app's session.
 *
 * Frames are written to the socket as bytes that were built once; `ws` reads, answers pings and closes. The two don't mix within a frame, since
 * each writes whole frames in one synchronous step.
 */
import { upgradeWebSocket, type WebSocketServerLike } from "@hono/node-server";
import { Effect, Result } from "effect";
import type { Hono } from "hono";
import type { Socket } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import type { Gateway } from "../../app/instance/gateway.ts";
import type { Session } from "../../app/session/session.ts";
import { CLOSE, MAX_FRAME_BYTES, SUBPROTOCOL } from "../../wire/protocol.ts";
import { addressOf } from "./address.ts";
import { originAllowed } from "./origin.ts";
import { closeUnread, SocketTransport } from "./socket-transport.ts";
import type { Env, HttpDependencies } from "./dependencies.ts";

/** The types of the two libraries differ in what may be undefined, not in what they do. */
const isServerLike = (server: unknown): server is WebSocketServerLike => server instanceof WebSocketServer;

/** Fragments of a message, each of which costs `ws` some 140 bytes whatever it holds. */
const MAX_FRAGMENTS = 128;
/** Chunks that the network delivered of one frame: 64 KiB come in some 50. */
const MAX_CHUNKS = 512;

/** What upgrades connections. */
export const webSocketServer = (): WebSocketServerLike => {
  const server: unknown = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_CHUNKS,
    clientTracking: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  if (!isServerLike(server)) throw new Error("ws gave no WebSocketServer");
  return server;
};

/** Wires an open WebSocket to a session, until it is closed. */
const serve = (gateway: Gateway["Service"], ws: WebSocket, socket: Socket, admitted: boolean): void => {
  // Whatever is wrong with a frame, ws closes with its code; without a listener the process would end.
  ws.on("error", () => {});
  if (!admitted) return closeUnread(ws, socket, CLOSE.overloaded, "There is no room left here.");
  const session: Session = gateway.openSession(new SocketTransport(ws, socket, gateway.counters));
  ws.on("message", (data, isBinary) => {
    if (isBinary) session.close(CLOSE.binary, "Frames are text.");
    else session.receive(data.toString());
  });
  ws.on("ping", () => session.heard());
  ws.on("pong", () => session.heard());
  socket.on("drain", () => session.drained());
  ws.on("close", (code) => gateway.closeSession(session, code));
};

/** Where the admission of an upgrade is kept between the route and the open socket. */
const ADMISSIONS = new WeakMap<Socket, boolean>();

export const webSocketRoute = (app: Hono<Env>, { gateway, settings, run }: HttpDependencies): void => {
  app.get(
    "/ws",
    async (c, next) => {
      if (c.req.header("upgrade")?.toLowerCase() !== "websocket")
        return c.text("This is a WebSocket.\n", 426);
      if (!originAllowed(c.req.raw.headers, settings.allowedOrigins)) return c.text("", 403);
      const offered = c.req.header("sec-websocket-protocol");
      const served = offered === undefined || offered.split(",").some((name) => name.trim() === SUBPROTOCOL);
      if (!served) return c.text("", 400);
      const { socket } = c.env.incoming;
      const address = addressOf(c.req.header("x-forwarded-for"), socket.remoteAddress);
      const credentials = { tag: "none" } as const;
      const admission = await run(Effect.result(gateway.admit({ way: "websocket", address, credentials })));
      if (Result.isSuccess(admission)) {
        // The socket outlives every way in which the upgrade can end.
        if (socket.destroyed) admission.success.release();
        else socket.once("close", admission.success.release);
      } else if (admission.failure._tag === "NotAdmitted" && admission.failure.reason === "draining") {
        return c.text("", 503);
      }
      ADMISSIONS.set(socket, Result.isSuccess(admission));
      return next();
    },
    upgradeWebSocket((c) => {
      const { socket } = c.env.incoming;
      return {
        onOpen: (_, { raw }) => {
          if (!(raw instanceof WebSocket)) return;
          // The helper is about to add listeners of its own, which would decode each frame a second time and keep
          // the whole request alive.
          queueMicrotask(() => {
            for (const event of ["message", "close", "error"]) raw.removeAllListeners(event);
            serve(gateway, raw, socket, ADMISSIONS.get(socket) === true);
          });
        },
      };
    }),
  );
};
