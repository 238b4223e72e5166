/**
 * Tests with HTTP requests that no client sends: mutated, cut off, chunked, pipelined, with unusual methods,
 * and with an upgrade on every route. The process survives, and leaks no descriptor, subscription or
 * connection.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { mutate } from "../fuzz/mutations.ts";
import { newGuest, postMessage } from "../support/http-client.ts";
import { Instance } from "../support/instance.ts";
import { seededRandom, type SeededRandom } from "../support/seeded-random.ts";

const SEED = 20_261_125;
const REQUESTS = 1_500;
const AT_A_TIME = 12;
/** A connection that is silent for this time has been answered, or will never be. */
const SILENT_MS = 150;

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW"];
const PATHS = [
  "/",
  "/r/hall",
  "/ws",
  "/api/guests",
  "/api/rooms/hall/events",
  "/api/rooms/hall/events?after=0-0",
  "/api/rooms/hall/events?before=1-1&limit=500",
  "/api/rooms/hall/messages",
  "/api/rooms/%00/events",
  "/api/rooms/%E0%A4%A/events",
  "/api/rooms/..%2f..%2fetc/messages",
  "/health/live",
  "/health/ready",
  "/metrics",
  "/assets/../../package.json",
  "//",
  "*",
  "/sw.js",
];
const HEADERS = [
  "Accept: text/event-stream",
  "Accept: application/json",
  "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
  "Sec-WebSocket-Protocol: gapless.v1",
  "Origin: http://evil.example",
  "Authorization: Bearer x.y.z",
  "Last-Event-ID: 0-0",
  "Content-Type: application/json",
  "Expect: 100-continue",
  "Range: bytes=0-1,5-",
  "If-None-Match: *",
  "Idempotency-Key: a b",
  "X-Forwarded-For: 1.2.3.4, 5.6.7.8",
  "Transfer-Encoding: chunked",
  "Content-Length: 10",
  "Content-Length: -1",
  "Cookie: a=b",
];
const BODIES = [
  "",
  '{"name":"Eve"}',
  '{"text":"hello"}',
  "5\r\nhello\r\n0\r\n\r\n",
  "fffffffff\r\n",
  "\u0000\u0001\u0002",
  "x".repeat(3_000),
];

const requestOf = (random: SeededRandom): string => {
  const headers = Array.from({ length: random.below(5) }, () => random.pick(HEADERS));
  const head = `${random.pick(METHODS)} ${random.pick(PATHS)} HTTP/1.${random.pick(["0", "1", "1", "9"])}`;
  const request = [head, "Host: 127.0.0.1", ...headers, "", random.pick(BODIES)].join("\r\n");
  const pipelined = random.below(5) === 0 ? request + request : request;
  return random.below(3) === 0 ? mutate(pipelined, random) : pipelined;
};

/** Sends a text over a new connection, and closes it once it was answered or is silent for some time. */
const send = (port: number, text: string, half: boolean): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => (half ? socket.end(text) : socket.write(text)));
    socket.setTimeout(SILENT_MS, () => socket.destroy());
    socket.on("error", () => undefined);
    socket.on("data", () => undefined);
    socket.on("close", () => resolve());
  });

const descriptors = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

const gauge = async (url: string, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
};

test("[D8] [W3] 1,500 requests that no client sends: the process survives, and nothing leaks", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gapless-fuzz-"));
  const instance = await Instance.start({
    DATA_DIR: folder,
    NEW_ROOMS_PER_MINUTE: "0",
    REQUESTS_PER_SECOND: "0",
  });
  onTestFinished(async () => {
    await instance.kill();
    await rm(folder, { recursive: true, force: true });
  });
  const { url, port } = instance;
  const { pid } = instance.process;
  const { token } = await newGuest(url, "Ann");
  expect((await postMessage(url, "hall", { token }, { text: "before" })).status).toBe(201);
  const before = descriptors(pid);
  const random = seededRandom(SEED);
  const requests = Array.from({ length: REQUESTS }, () => ({
    text: requestOf(random),
    half: random.below(4) === 0,
  }));
  const next = requests.values();
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      for (const { text, half } of next) await send(port, text, half);
    }),
  );

  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  expect((await postMessage(url, "hall", { token }, { text: "after" })).status).toBe(201);
  // These include the connections of this test's own requests.
  await expect.poll(() => descriptors(pid), { timeout: 20_000 }).toBeLessThanOrEqual(before + 4);
  await expect.poll(() => gauge(url, "gapless_connections")).toBe(0);
  expect(instance.process.stderr).not.toMatch(/"severity":"(ERROR|CRITICAL)"/);
  expect((await instance.stop()).code).toBe(0);
});
