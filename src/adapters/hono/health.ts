/**
 * The health checks (H4): whether the process is alive, and whether it is ready for new connections.
 */
import { Effect } from "effect";
import type { Hono } from "hono";
import type { Env, HttpDependencies } from "./dependencies.ts";

export const healthRoutes = (app: Hono<Env>, dependencies: HttpDependencies): void => {
  app.get("/health/live", (c) => c.text("live\n"));
  app.get("/health/ready", async (c) => {
    if (dependencies.gateway.admission.draining) return c.text("draining\n", 503);
    const reachable = dependencies.log.reachable.pipe(Effect.timeout("1900 millis"));
    const ready = await dependencies.run(
      Effect.match(reachable, { onFailure: () => false, onSuccess: () => true }),
    );
    return ready ? c.text("ready\n") : c.text("the log can't be reached\n", 503);
  });
};
