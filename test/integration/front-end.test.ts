/**
 * Tests of the stand-in for the front end: it passes bytes unchanged, and causes exactly the requested
 * faults.
 */
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { FrontEnd, type Link } from "../support/front-end.ts";
import { Lifetime } from "../support/lifetime.ts";
import { seededRandom } from "../support/seeded-random.ts";

const life = new Lifetime();
afterEach(() => life.end());

const isAddress = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === "object" && address !== null;

/** A server that sends back the bytes that it gets, and counts them. */
const echo = async () => {
  const sockets: Socket[] = [];
  let heard = "";
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      heard += String(bytes);
      socket.write(bytes);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  life.own(server, () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return { port: isAddress(address) ? address.port : 0, sockets, heard: () => heard };
};

const dial = async (port: number) => {
  const socket = life.own(connect(port, "127.0.0.1"), (one) => one.destroy());
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
};

const through = async (requestTimeoutMs?: number) => {
  const servers = [await echo(), await echo()];
  const frontEnd = life.own(
    await FrontEnd.start(servers, {
      random: seededRandom(1),
      ...(requestTimeoutMs !== undefined && { requestTimeoutMs }),
    }),
    (one) => one.close(),
  );
  return { frontEnd, servers };
};

/** Waits for the end of a connection. A reset is not a failure here. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once("close", () => resolve());
  });

const firstOf = (links: readonly Link[]): Link => {
  const [link] = links;
  if (link === undefined) throw new Error("nothing is connected");
  return link;
};

const say = async (socket: Socket, text: string): Promise<string> => {
  const answer = once(socket, "data");
  socket.write(text);
  return String(await answer);
};

describe("the stand-in for the front end", () => {
  it("passes bytes both ways, and uses all its instances", async () => {
    const { frontEnd, servers } = await through();
    for (let turn = 0; turn < 12; turn += 1) {
      expect(await say(await dial(frontEnd.port), `hello ${turn}`)).toBe(`hello ${turn}`);
    }
    expect(servers.map(({ sockets }) => sockets.length > 0)).toEqual([true, true]);
    expect(frontEnd.links).toHaveLength(12);
  });

  it("cuts a connection at both ends", async () => {
    const { frontEnd, servers } = await through();
    const socket = await dial(frontEnd.port);
    await say(socket, "hello");
    const server = servers.flatMap(({ sockets }) => sockets).at(0);
    const ended = [closed(socket), server === undefined ? undefined : closed(server)];
    frontEnd.cutOne();
    await Promise.all(ended);
    expect(frontEnd.links).toHaveLength(0);
  });

  it("ends a connection at the request timeout", async () => {
    const { frontEnd } = await through(50);
    const socket = await dial(frontEnd.port);
    await closed(socket);
    expect(frontEnd.links).toHaveLength(0);
  });

  it("swallows one direction, and both ends stay connected", async () => {
    const { frontEnd, servers } = await through();
    const socket = await dial(frontEnd.port);
    await say(socket, "one ");
    const heard = () => servers.map((server) => server.heard()).join("");
    firstOf(frontEnd.links).swallow("toClient");
    const server = servers.flatMap(({ sockets }) => sockets).at(0);
    const arrived = server === undefined ? undefined : once(server, "data");
    socket.write("two ");
    await arrived;
    expect(heard()).toBe("one two ");
    firstOf(frontEnd.links).swallow("toServer");
    socket.write("three ");
    expect(await say(await dial(frontEnd.port), "four")).toBe("four");
    expect(heard()).toContain("one two ");
    expect(heard()).not.toContain("three");
    expect([socket.destroyed, server?.destroyed]).toEqual([false, false]);
  });

  it("delays bytes without changing their order", async () => {
    const { frontEnd } = await through();
    const socket = await dial(frontEnd.port);
    await say(socket, "hello");
    firstOf(frontEnd.links).delay(30);
    const start = performance.now();
    expect(await say(socket, "slow")).toBe("slow");
    expect(performance.now() - start).toBeGreaterThanOrEqual(59);
  });

  it("refuses connections while it has no instance", async () => {
    const { frontEnd } = await through();
    frontEnd.routeTo([]);
    const socket = connect(frontEnd.port, "127.0.0.1");
    socket.on("error", () => undefined);
    await closed(socket);
    expect(frontEnd.links).toHaveLength(0);
  });
});
