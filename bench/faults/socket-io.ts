/**
 * socket.io as a contender: instances with the Redis Streams adapter and connection state recovery, and its
 * own client. The client sends a post again until it is acknowledged. All clients stay to the end, so each
 * must receive every acknowledged message.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setTimeout as elapse } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import { FrontEnd, type Retirable } from "../../test/support/front-end.ts";
import { nodeBinary, type Exit } from "../../test/support/instance.ts";
import { doNotOutlive, type Lifetime } from "../../test/support/lifetime.ts";
import { seededRandom } from "../../test/support/seeded-random.ts";
import type { Contender } from "./contender.ts";

const SERVER = fileURLToPath(new URL("socket-io-server.ts", import.meta.url));
/** The time for the clients to reconnect and catch up. A half-open connection is detected after 45 s. */
const REST_MS = 60_000;

const startServer = async (life: Lifetime, redisUrl: string): Promise<Retirable> => {
  const child = spawn(nodeBinary(), [SERVER, redisUrl], { stdio: ["ignore", "pipe", "inherit"] });
  doNotOutlive(child);
  const exited = new Promise<Exit>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  const end = (signal: NodeJS.Signals): Promise<Exit> => {
    child.kill(signal);
    return exited;
  };
  life.own(child, () => end("SIGKILL"));
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  return {
    port: Number(new URL(String(line).trim()).port),
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
};

/** One client, which counts how often it got each message. */
class Listener {
  readonly got = new Map<string, number>();
  readonly socket: Socket;

  constructor(url: string) {
    this.socket = io(url, { transports: ["websocket"], forceNew: true, retries: 20, ackTimeout: 2_000 });
    this.socket.on("message", (text: string) => this.got.set(text, (this.got.get(text) ?? 0) + 1));
  }
}

export const socketIo: Contender = {
  name: "socket.io",
  async start(life, redisUrl, clients, count) {
    const launch = (): Promise<Retirable> => startServer(life, redisUrl);
    const instances = await Promise.all(Array.from({ length: count }, launch));
    const frontEnd = await FrontEnd.start(instances, { random: seededRandom(1) });
    life.own(frontEnd, (one) => one.close());
    const random = seededRandom(2);
    const listeners = Array.from({ length: clients }, () =>
      life.own(new Listener(frontEnd.url), ({ socket }) => socket.disconnect()),
    );
    const isConnected = ({ socket }: Listener): boolean => socket.connected;
    while (!listeners.every(isConnected)) await elapse(50);
    // Recovery works only after a client has received its first packet, so each client receives one before
    // the faults.
    const acknowledged = new Set<string>();
    const post = (listener: Listener): void => {
      const text = crypto.randomUUID();
      listener.socket.emit("post", text, (failure: Error | null) => {
        if (failure === null) acknowledged.add(text);
      });
    };
    for (const listener of listeners) post(listener);
    while (listeners.some(({ got }) => got.size < clients)) await elapse(50);
    return {
      frontEnd,
      instances,
      launch,
      post(perSecond) {
        const timer = setInterval(() => post(random.pick(listeners)), 1_000 / perSecond);
        return () => clearInterval(timer);
      },
      async count() {
        await elapse(REST_MS);
        let lost = 0;
        let repeated = 0;
        for (const { got } of listeners) {
          for (const text of acknowledged) if (!got.has(text)) lost += 1;
          for (const times of got.values()) repeated += times - 1;
        }
        return { acknowledged: acknowledged.size, lost, repeated };
      },
    };
  },
};
