/**
 * The health checks and the metrics (H4): whether the process is alive, whether it is ready for new
 * connections, and its counters in Prometheus' text format.
 */
import { Effect } from "effect";
import type { Hono } from "hono";
import type { Env, HttpDependencies } from "./dependencies.ts";

const metrics = ({ gateway, feeds }: HttpDependencies): string => {
  const { counters } = gateway;
  const lines: string[] = [];
  const metric = (name: string, kind: "counter" | "gauge", help: string, value: number): void => {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, `${name} ${value}`);
  };
  metric("gapless_connections", "gauge", "Open WebSocket connections.", gateway.open("websocket"));
  metric("gapless_event_streams", "gauge", "Open event streams over HTTP.", gateway.open("stream"));
  metric(
    "gapless_connections_total",
    "counter",
    "WebSocket connections since the start.",
    counters.connectionsOpened,
  );
  metric("gapless_rooms", "gauge", "Rooms with a feed on this instance.", feeds.size());
  metric("gapless_frames_received_total", "counter", "Frames from clients.", counters.framesIn);
  metric("gapless_frames_sent_total", "counter", "Frames to clients.", counters.framesOut);
  metric("gapless_bytes_sent_total", "counter", "Bytes of frames to clients.", counters.bytesOut);
  metric("gapless_unsent_bytes", "gauge", "Bytes that wait for slow readers.", gateway.unsent());
  metric("gapless_acks_total", "counter", "Acknowledged commands.", counters.acked);
  metric("gapless_draining", "gauge", "1 while the instance drains.", gateway.draining() ? 1 : 0);
  metric("process_resident_memory_bytes", "gauge", "Memory of the process.", process.memoryUsage.rss());
  lines.push("# HELP gapless_refusals_total Error frames by code.", "# TYPE gapless_refusals_total counter");
  for (const [code, count] of counters.refusals)
    lines.push(`gapless_refusals_total{code="${code}"} ${count}`);
  return `${lines.join("\n")}\n`;
};

export const healthRoutes = (app: Hono<Env>, dependencies: HttpDependencies): void => {
  app.get("/health/live", (c) => c.text("live\n"));
  app.get("/health/ready", async (c) => {
    if (dependencies.gateway.draining()) return c.text("draining\n", 503);
    const reachable = dependencies.log.reachable.pipe(Effect.timeout("1900 millis"));
    const ready = await dependencies.run(
      Effect.match(reachable, { onFailure: () => false, onSuccess: () => true }),
    );
    return ready ? c.text("ready\n") : c.text("the log can't be reached\n", 503);
  });
  app.get("/metrics", (c) =>
    c.body(metrics(dependencies), 200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" }),
  );
};
