/**
 * The metrics of an instance in Prometheus' text format (H4). They have no names and no text of users.
 */
import type { Hono } from "hono";
import { MEMORY_PARTS } from "../../app/instance/memory-budget.ts";
import type { Env, HttpDependencies } from "./dependencies.ts";

type Kind = "counter" | "gauge";

const metrics = ({ gateway, feeds }: HttpDependencies): string => {
  const { counters, memory } = gateway;
  const lines: string[] = [];
  const describe = (name: string, kind: Kind, help: string): void => {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`);
  };
  const metric = (name: string, kind: Kind, help: string, value: number): void => {
    describe(name, kind, help);
    lines.push(`${name} ${value}`);
  };
  metric("gapless_connections", "gauge", "Open WebSocket connections.", gateway.admission.open("websocket"));
  metric("gapless_event_streams", "gauge", "Open event streams over HTTP.", gateway.admission.open("stream"));
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
  metric("gapless_draining", "gauge", "1 while the instance drains.", gateway.admission.draining ? 1 : 0);
  describe("gapless_memory_bytes", "gauge", "What clients make the instance hold, by part.");
  for (const part of MEMORY_PARTS) lines.push(`gapless_memory_bytes{part="${part}"} ${memory.of(part)}`);
  metric("gapless_memory_budget_bytes", "gauge", "What the parts may hold together.", memory.max);
  metric("process_resident_memory_bytes", "gauge", "Memory of the process.", process.memoryUsage.rss());
  describe("gapless_refusals_total", "counter", "Error frames by code.");
  for (const [code, count] of counters.refusals)
    lines.push(`gapless_refusals_total{code="${code}"} ${count}`);
  return `${lines.join("\n")}\n`;
};

export const metricsRoute = (app: Hono<Env>, dependencies: HttpDependencies): void => {
  app.get("/metrics", (c) =>
    c.body(metrics(dependencies), 200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" }),
  );
};
