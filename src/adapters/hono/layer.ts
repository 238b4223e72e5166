/**
 * The HTTP server, which drives the app. It listens until the scope closes. The gateway does the draining.
 */
import { serve } from "@hono/node-server";
import { Clock, Context, Data, Effect, Layer } from "effect";
import { Hono } from "hono";
import { cors } from "hono/cors";
import { Server, type IncomingMessage } from "node:http";
import { Commands } from "../../app/commands/commands.ts";
import { Feeds } from "../../app/fan-out/feeds.ts";
import { Gateway } from "../../app/instance/gateway.ts";
import { Entropy } from "../../app/ports/entropy.ts";
import { EventLog } from "../../app/ports/event-log.ts";
import { History } from "../../app/ports/history.ts";
import { Settings } from "../../app/instance/settings.ts";
import { lookAfterAnswers } from "./answer.ts";
import { boundedBody } from "./bounded-body.ts";
import { healthRoutes } from "./health.ts";
import { onlyAllowedHosts } from "./hosts.ts";
import { metricsRoute } from "./metrics.ts";
import type { Env, HttpDependencies } from "./dependencies.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { pageHeaders, pageRoutes } from "./page.ts";
import { problem } from "./problem.ts";
import { roomRoutes } from "./rooms.ts";
import { webSocketRoute, webSocketServer } from "./websocket.ts";

/** The server can't listen on the port: it is taken or not allowed. */
export class CannotListen extends Data.TaggedError("CannotListen")<{ readonly message: string }> {}

export class HttpServer extends Context.Service<HttpServer, { readonly port: number }>()(
  "gapless/HttpServer",
) {}

/** Where `/metrics` has a port of its own, this is all that answers there (O1). */
const metricsApplication = (dependencies: HttpDependencies): Hono<Env> => {
  const app = new Hono<Env>();
  app.use(lookAfterAnswers(dependencies));
  app.use(oneAtATime);
  app.use(onlyAllowedHosts(dependencies.settings.allowedHosts));
  app.use(boundedBody);
  metricsRoute(app, dependencies);
  return app;
};

const application = (dependencies: HttpDependencies, servesMetrics: boolean): Hono<Env> => {
  const app = new Hono<Env>();
  const { allowedHosts, allowedOrigins } = dependencies.settings;
  app.use(lookAfterAnswers(dependencies));
  app.use(oneAtATime);
  app.use(onlyAllowedHosts(allowedHosts));
  // This comes before the check of the body, so that a page of an allowed origin can read a 413.
  app.use("/api/*", cors({ origin: (origin) => (allowedOrigins.has(origin) ? origin : undefined) }));
  app.use(boundedBody);
  webSocketRoute(app, dependencies);
  app.use(pageHeaders);
  healthRoutes(app, dependencies);
  if (servesMetrics) metricsRoute(app, dependencies);
  roomRoutes(app, dependencies);
  pageRoutes(app);
  app.onError((error, c) => {
    dependencies.report(error, c.req.path);
    return problem("unavailable", "An internal error occurred.");
  });
  return app;
};

/** Sockets for requests that are short, and for connections that are told that the instance is full (L2). */
const SPARE_SOCKETS = 256;

/** The time in which a client must send a request: its headers, and all of it (ms). */
const RECEIVE_WITHIN = { headersTimeout: 15_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 };

/** Only `/ws` upgrades. On other paths the upgrade is ignored, and the request is answered like any other. */
const isUpgrade = ({ headers, url = "" }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === "websocket" && /^\/ws(?:\?|$)/.test(url);

/** The addresses on which the server listens. */
export interface Endpoints {
  readonly host: string;
  readonly port: number;
  /** The port of `/metrics`, if it is not the main port (O1). */
  readonly metricsPort: number | undefined;
}

type Fetch = Hono<Env>["fetch"];

/** Listens as long as the scope exists. `setting` names the port in an error. */
const listen = (fetch: Fetch, hostname: string, port: number, setting: string, maxSockets: number) => {
  const listening = Effect.callback<{ server: Server; port: number }, CannotListen>((resume) => {
    const server = serve(
      {
        fetch,
        hostname,
        port,
        websocket: { server: webSocketServer() },
        serverOptions: { ...RECEIVE_WITHIN, shouldUpgradeCallback: isUpgrade },
        // `bounded-body.ts` ends a connection whose body it does not read. This option would read up to
        // 64 MiB.
        autoCleanupIncoming: false,
      },
      (address) => {
        if (server instanceof Server) resume(Effect.succeed({ server, port: address.port }));
      },
    );
    if (server instanceof Server) server.maxConnections = maxSockets;
    server.on("error", ({ message }) =>
      resume(
        Effect.fail(
          new CannotListen({ message: `${setting}: can't listen on ${hostname}:${port}: ${message}` }),
        ),
      ),
    );
  });
  return Effect.acquireRelease(listening, ({ server }) =>
    Effect.sync(() => {
      server.close();
      server.closeAllConnections();
    }),
  );
};

export const layerServer = ({ host, port, metricsPort }: Endpoints) =>
  Layer.effect(
    HttpServer,
    Effect.gen(function* () {
      const run = Effect.runPromiseWith(yield* Effect.context<never>());
      const clock = yield* Clock.Clock;
      const dependencies: HttpDependencies = {
        now: () => clock.currentTimeMillisUnsafe(),
        settings: yield* Settings,
        gateway: yield* Gateway,
        feeds: yield* Feeds,
        commands: yield* Commands,
        log: yield* EventLog,
        history: yield* History,
        entropy: yield* Entropy,
        run,
        report: (error, path) =>
          void run(Effect.logError("A request failed.", { path, stack_trace: error.stack })),
      };
      if (metricsPort !== undefined) {
        yield* listen(
          metricsApplication(dependencies).fetch,
          host,
          metricsPort,
          "METRICS_PORT",
          SPARE_SOCKETS,
        );
      }
      const app = application(dependencies, metricsPort === undefined);
      const maxSockets = 2 * dependencies.settings.maxConnections + SPARE_SOCKETS;
      const { port: bound } = yield* listen(app.fetch, host, port, "PORT", maxSockets);
      return { port: bound };
    }),
  );
