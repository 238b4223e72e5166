/**
 * `GET /ws`: the upgrade (W1, W3, L2, G2). It connects the open WebSocket with a session of the app.
 */
import { upgradeWebSocket, type WebSocketServerLike } from "@hono/node-server";
import { Effect, Result } from "effect";
import type { Hono } from "hono";
import type { Socket } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import type { Admitted } from "../../app/admission/admission.ts";
import type { Gateway } from "../../app/instance/gateway.ts";
import type { Session } from "../../app/session/session.ts";
import { CLOSE, type CloseCode, MAX_FRAME_BYTES, SUBPROTOCOL } from "../../wire/protocol.ts";
import { originAllowed } from "./origin.ts";
import { requestAddress } from "./request-values.ts";
import { closeUnread, SocketTransport } from "./socket-transport.ts";
import { assertionOf } from "./request-values.ts";
import type { Env, HttpDependencies } from "./dependencies.ts";

/** The types of the two libraries differ only in which fields may be undefined. */
const isServerLike = (server: unknown): server is WebSocketServerLike => server instanceof WebSocketServer;

/** The maximum of fragments of a message. Each costs `ws` some 140 bytes, even if it is empty. */
const MAX_FRAGMENTS = 128;
/** The maximum of chunks in which the network delivers a frame: 64 KiB come in some 50. */
const MAX_CHUNKS = 512;

/** The server that upgrades connections. */
export const webSocketServer = (): WebSocketServerLike => {
  const server: unknown = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    // A chunk of a flood has hundreds of frames. One frame a turn lets the other connections in between.
    allowSynchronousEvents: false,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_CHUNKS,
    clientTracking: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  if (!isServerLike(server)) throw new Error("ws gave no WebSocketServer");
  return server;
};

/** Why an upgrade was not admitted, as the open WebSocket is told (1013, 4401). */
interface Refusal {
  readonly code: CloseCode;
  readonly reason: string;
}

const FULL: Refusal = {
  code: CLOSE.overloaded,
  reason: "This instance has the maximum number of connections.",
};

/** Connects an open WebSocket with a session until it is closed. */
const serve = (
  gateway: Gateway["Service"],
  ws: WebSocket,
  socket: Socket,
  admission: Admitted | Refusal,
): void => {
  // After a fault in a frame, ws closes the connection with its code. Without a listener the process would
  // end.
  ws.on("error", () => {});
  if ("code" in admission) return closeUnread(ws, socket, admission.code, admission.reason);
  const session: Session = gateway.openSession(new SocketTransport(ws, socket, gateway.counters), admission);
  ws.on("message", (data, isBinary) => {
    if (isBinary) session.close(CLOSE.binary, "Frames must be text.");
    else session.receive(data.toString());
  });
  ws.on("ping", () => session.heard());
  ws.on("pong", () => session.heard());
  socket.on("drain", () => session.drained());
  ws.on("close", (code) => gateway.closeSession(session, code));
};

/** The admission of an upgrade. The route sets it, and the open socket reads it. */
const ADMISSIONS = new WeakMap<Socket, Admitted | Refusal>();

export const webSocketRoute = (app: Hono<Env>, { gateway, settings, run }: HttpDependencies): void => {
  app.get(
    "/ws",
    async (c, next) => {
      if (c.req.header("upgrade")?.toLowerCase() !== "websocket")
        return c.text("This path is only for WebSockets.\n", 426);
      if (!originAllowed(c.req.raw.headers, settings.allowedOrigins)) return c.text("", 403);
      const offered = c.req.header("sec-websocket-protocol");
      const served = offered === undefined || offered.split(",").some((name) => name.trim() === SUBPROTOCOL);
      if (!served) return c.text("", 400);
      const { socket } = c.env.incoming;
      const address = requestAddress(c, settings.trustedProxies);
      const credentials = { tag: "none" } as const;
      const admission = await run(
        Effect.result(
          gateway.admission.admit({ way: "websocket", address, credentials, assertion: assertionOf(c) }),
        ),
      );
      if (Result.isSuccess(admission)) {
        // The socket closes in any case, even if the upgrade fails.
        if (socket.destroyed) admission.success.release();
        else socket.once("close", admission.success.release);
        ADMISSIONS.set(socket, admission.success);
        return next();
      }
      const { failure } = admission;
      if (failure._tag === "NotAdmitted" && failure.reason === "draining") return c.text("", 503);
      if (failure._tag === "NotAdmitted" && failure.reason === "penalised") {
        const seconds = Math.ceil((failure.retryAfterMs ?? 0) / 1000);
        return c.text("", 429, { "Retry-After": String(seconds) });
      }
      const refusal =
        failure._tag === "NotAdmitted" ? FULL : { code: CLOSE.unauthenticated, reason: failure.message };
      ADMISSIONS.set(socket, refusal);
      return next();
    },
    upgradeWebSocket((c) => {
      const { socket } = c.env.incoming;
      return {
        onOpen: (_, { raw }) => {
          if (!(raw instanceof WebSocket)) return;
          // The helper adds listeners of its own after this call. They would decode each frame a second time
          // and keep the whole request alive, so they are removed.
          queueMicrotask(() => {
            for (const event of ["message", "close", "error"]) raw.removeAllListeners(event);
            serve(gateway, raw, socket, ADMISSIONS.get(socket) ?? FULL);
          });
        },
      };
    }),
  );
};
