/**
 * An instance in virtual time: the admission of connections, and how they are asked to move.
 */
import { describe, expect, it } from "vitest";
import { startAlone, VirtualDeployment, type DeploymentOptions } from "./virtual-deployment.ts";
import type { VirtualClient } from "./virtual-client.ts";
import { VirtualStream } from "./virtual-stream.ts";

const ROOM = "lobby";

describe("a full instance", () => {
  it.each<[string, DeploymentOptions]>([
    ["in all", { maxConnections: 2 }],
    ["of one address", { connectionsPerAddress: 2 }],
  ])("[L2] admits no connection beyond the bound %s until another has ended", (_, options) => {
    const { instance } = startAlone(options);
    const [first] = [instance.greet("Ada"), instance.greet("Bob")];
    expect(instance.connect().notAdmitted).toBe("full");
    first.cut();
    expect(instance.connect().open).toBe(true);
    expect(instance.connect().notAdmitted).toBe("full");
  });

  it("[L2] counts event streams too", () => {
    const { instance } = startAlone({ maxConnections: 2 });
    const client = instance.greet("Ada");
    expect(new VirtualStream(instance, ROOM).notAdmitted).toBeUndefined();
    expect(new VirtualStream(instance, ROOM).notAdmitted).toBe("full");
    expect(instance.connect().notAdmitted).toBe("full");
    client.hangUp();
    expect(new VirtualStream(instance, ROOM).notAdmitted).toBeUndefined();
  });

  it("[L2] counts the connections of each address separately", () => {
    const { instance } = startAlone({ connectionsPerAddress: 1 });
    expect(instance.connect("192.0.2.1").open).toBe(true);
    expect(instance.connect("192.0.2.2").open).toBe(true);
    expect(instance.connect("192.0.2.1").notAdmitted).toBe("full");
  });

  it("[L2] [W4] admits another connection after a silent one was closed", () => {
    const { deployment, instance } = startAlone({ maxConnections: 1 });
    instance.connect();
    expect(instance.connect().notAdmitted).toBe("full");
    deployment.advance(11_000);
    expect(instance.connect().open).toBe(true);
  });
});

describe("a rotation", () => {
  const timeouts = [1_000, 3_000, 12_000, 20_000, 60_000, 3_600_000];
  const heartbeats = [500, 25_000, 300_000];
  const cases = timeouts.flatMap((timeout) => heartbeats.map((heartbeat) => [timeout, heartbeat] as const));

  /** The times of the `goaway` and of the close, in ms since the client connected. */
  const course = (requestTimeoutMs: number, heartbeatMs: number, chance: number) => {
    const { deployment, instance } = startAlone({ requestTimeoutMs, heartbeatMs, chance });
    // The connection opens between two steps of the clock.
    deployment.advance(Math.floor(chance * 997));
    const openedAt = deployment.time.now();
    const client = instance.greet("Ada");
    deployment.advance(requestTimeoutMs);
    const since = (at: number | undefined): number => (at ?? Infinity) - openedAt;
    return { client, asked: since(client.cameAt("goaway")), closed: since(client.closedAt) };
  };

  it.each(cases)(
    "[G1] [G4] comes in time with a timeout of %i ms and a heartbeat of %i ms",
    (timeout, heartbeat) => {
      for (const chance of [0, 0.6, 0.999_999]) {
        const { client, asked, closed } = course(timeout, heartbeat, chance);
        expect(asked).toBeGreaterThanOrEqual(0.8 * timeout);
        expect(asked).toBeLessThanOrEqual(0.95 * timeout);
        expect(client.all("goaway")).toMatchObject([{ reason: "rotation", afterMs: 0 }]);
        expect(client.closedWith).toBe(1012);
        expect(closed).toBeLessThan(timeout);
      }
    },
  );

  it("[G1] comes at a random moment", () => {
    const moments = [0, 0.25, 0.5, 0.75].map((chance) => course(3_600_000, 25_000, chance).asked);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    expect(new Set(moments).size).toBe(4);
  });

  it("[G1] [P2] serves a client until it moves, and its user does not leave", () => {
    const { deployment, instance } = startAlone({ requestTimeoutMs: 60_000, chance: 0 });
    const ada = instance.enter("Ada", ROOM);
    deployment.advance(30_000);
    const watcher = instance.enter("Watcher", ROOM);
    deployment.advance(19_000);
    expect(ada.last("goaway").reason).toBe("rotation");
    const { id } = ada.post(ROOM, "still served");
    const next = instance.connect();
    next.hello("Ada", ada.last("welcome").token);
    expect(next.join(ROOM, { after: id }).replay).toBe("resumed");
    ada.hangUp();
    deployment.advance(20_000);
    expect(watcher.events(ROOM).filter(({ type }) => type === "member.left")).toEqual([]);
  });

  it("[G1] [H1] ends an event stream between 80 % and 95 % of the timeout", () => {
    const { deployment, instance } = startAlone({ requestTimeoutMs: 20_000, chance: 0.999_999 });
    const stream = new VirtualStream(instance, ROOM);
    deployment.advance(16_000);
    expect(stream.ended).toBe(false);
    deployment.advance(3_000);
    expect(stream.ended).toBe(true);
    expect(instance.gateway.admission.open("stream")).toBe(0);
  });
});

describe("a drain", () => {
  const given = () => {
    const { deployment, instance } = startAlone();
    const clients = [1, 2, 3, 4].map((nth) => instance.enter(`Client ${nth}`, ROOM));
    const silent = instance.connect();
    let endedAt: number | undefined;
    const beganAt = deployment.time.now();
    const terminate = () => instance.terminate(() => (endedAt = deployment.time.now() - beganAt));
    return { deployment, instance, clients, silent, terminate, endedAt: () => endedAt };
  };

  it("[G2] [G4] asks all connections at once to move, spread over a window, and closes those before hello", () => {
    const { instance, clients, silent, terminate } = given();
    terminate();
    const asked = clients.map((client) => client.last("goaway"));
    expect(asked.map(({ reason }) => reason)).toEqual(Array.from({ length: 4 }, () => "shutdown"));
    expect(asked.map(({ afterMs }) => afterMs)).toEqual([0, 1_000, 2_000, 3_000]);
    for (const { afterMs, deadlineMs } of asked) expect(afterMs).toBeLessThanOrEqual(deadlineMs);
    expect(silent.closedWith).toBe(1012);
    expect(instance.gateway.admission.draining).toBe(true);
    expect(instance.connect().notAdmitted).toBe("draining");
  });

  it("[G2] serves each connection until its deadline, closes it with 1012, and ends within 8 s", () => {
    const { deployment, clients, terminate, endedAt } = given();
    terminate();
    for (let second = 1; second <= 8; second += 1) {
      for (const client of clients.filter(({ open }) => open)) client.post(ROOM, "still served");
      deployment.advance(1_000);
    }
    expect(clients.map(({ closedWith }) => closedWith)).toEqual([1012, 1012, 1012, 1012]);
    for (const client of clients) {
      const { deadlineMs } = client.last("goaway");
      expect(client.all("ack").length).toBeGreaterThanOrEqual(Math.floor(deadlineMs / 1_000));
    }
    expect(endedAt()).toBeLessThanOrEqual(8_000);
  });

  it("[G2] ends as soon as all connections have ended", () => {
    const { deployment, clients, terminate, endedAt } = given();
    terminate();
    deployment.advance(500);
    for (const client of clients) client.hangUp();
    deployment.advance(100);
    expect(endedAt()).toBeLessThanOrEqual(600);
  });

  it("[G2] asks a connection again that was asked to rotate", () => {
    const { deployment, instance } = startAlone({ requestTimeoutMs: 60_000, chance: 0 });
    const client = instance.greet("Ada");
    deployment.advance(50_000);
    instance.terminate();
    expect(client.all("goaway").map(({ reason }) => reason)).toEqual(["rotation", "shutdown"]);
  });

  it("[G2] [H1] ends event streams within the window", () => {
    const { deployment, instance, terminate } = given();
    const stream = new VirtualStream(instance, ROOM);
    terminate();
    deployment.advance(5_000);
    expect(stream.ended).toBe(true);
  });
});

describe("a newer revision", () => {
  const goAways = (client: VirtualClient) => client.all("goaway").map(({ reason }) => reason);

  it("[G3] [G4] moves the connections of an older revision once, spread over two minutes", () => {
    const deployment = new VirtualDeployment();
    const old = deployment.start("old");
    deployment.advance(60_000);
    const before = [1, 2, 3, 4].map((nth) => old.greet(`Client ${nth}`));
    deployment.start("new");
    deployment.advance(3_000);
    expect(before.map(goAways)).toEqual(before.map(() => ["upgrade"]));
    expect(before.map((client) => client.last("goaway").afterMs)).toEqual([0, 30_000, 60_000, 90_000]);
    deployment.advance(10_000);
    const late = old.greet("Late");
    deployment.advance(600_000);
    expect(goAways(late)).toEqual([]);
    expect(before.map(goAways)).toEqual(before.map(() => ["upgrade"]));
    expect(before.map(({ closedWith }) => closedWith)).toEqual([1012, 1012, 1012, 1012]);
    expect(late.open).toBe(true);
  });

  it("[G3] does not move its own connections, and a new instance of an older revision moves none", () => {
    const deployment = new VirtualDeployment();
    deployment.start("old");
    deployment.advance(60_000);
    const recent = deployment.start("new");
    const client = recent.greet("Ada");
    deployment.start("old");
    deployment.start("new");
    deployment.advance(60_000);
    expect(goAways(client)).toEqual([]);
  });

  it("[G3] a third revision moves connections that came to the first after the second", () => {
    const deployment = new VirtualDeployment();
    const first = deployment.start("first");
    deployment.advance(10_000);
    deployment.start("second");
    deployment.advance(10_000);
    const client = first.greet("Ada");
    deployment.start("third");
    deployment.advance(3_000);
    expect(goAways(client)).toEqual(["upgrade"]);
  });
});
