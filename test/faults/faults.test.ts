/**
 * Every fault that the platform, the network and Redis can bring, under load: 60 clients on three instances post, and the oracle counts what was lost, repeated
 * and reordered. `npm run faults` brings each about for 40 s at 300 messages a second; `npm test` takes a glimpse of each, on a machine that may be slow.
 */
import { setTimeout as elapse } from "node:timers/promises";
import { afterEach, describe, expect, inject, it } from "vitest";
import { NO_FAULTS, type Observation, type ClientRecord } from "../../src/probe/oracle.ts";
import { Fleet, type FleetOptions } from "../support/fleet.ts";
import { FrontEnd, type Link } from "../support/front-end.ts";
import { newGuest, postMessage } from "../support/http-client.ts";
import { Lifetime } from "../support/lifetime.ts";
import { readLog } from "../support/log-over-http.ts";
import { RedisProcess } from "../support/redis-process.ts";
import { seededRandom } from "../support/seeded-random.ts";

const SECONDS = Number(process.env["FAULT_SECONDS"] ?? 3);
const isCampaign = SECONDS >= 40;
const CLIENTS = 60;
const PER_SECOND = isCampaign ? 300 : 100;

const life = new Lifetime();
afterEach(() => life.end());

const launch = (options: Partial<FleetOptions> = {}): Promise<Fleet> =>
  Fleet.start(life, { redisUrl: inject("redisUrl"), clients: CLIENTS, ...options });

/** Posts for as long as a run takes, and until the fault is over. */
const under = async (fleet: Fleet, fault: () => Promise<unknown>): Promise<void> => {
  const stop = fleet.crowd.post(PER_SECOND);
  try {
    await Promise.all([elapse(SECONDS * 1_000), fault()]);
  } finally {
    stop();
  }
};

/** Again and again, until the run is over. */
const everySoOften = async (periodMs: number, act: () => void): Promise<void> => {
  const until = performance.now() + SECONDS * 1_000;
  while (performance.now() < until) {
    await elapse(periodMs);
    act();
  }
};

const tell = (fleet: Fleet, fault: string): void => {
  const { sent, acknowledged, seen, connections, interruptions, handovers, latency, resumes } =
    fleet.crowd.statistics;
  console.log(
    `${fault}: ${sent} sent, ${acknowledged} acknowledged, ${seen} seen, ${connections} connections, ${interruptions} interruptions, ${handovers} handovers; latency ${JSON.stringify(latency.summary())}, resumes ${JSON.stringify(resumes.summary())}`,
  );
};

/** What everybody saw once all has come to rest, and the log. */
const outcome = async (fleet: Fleet, fault: string) => {
  const log = await fleet.rest();
  tell(fleet, fault);
  return { log, verdict: fleet.verdict(log) };
};
const NOTHING_HAPPENED = { counts: NO_FAULTS, findings: [] };

const isReset = (observation: Observation): boolean =>
  observation.tag === "joined" && observation.replay === "reset";
const resetsIn = ({ observations }: ClientRecord): number => observations.filter(isReset).length;

describe("the platform", () => {
  it("[G1] [G4] [D2] [D3] [P2] connections are rotated before the request timeout; nothing comes late, and nobody is seen to leave", async () => {
    const timeoutMs = 10_000;
    const fleet = await launch({ settings: { REQUEST_TIMEOUT_S: "10" }, requestTimeoutMs: timeoutMs });
    await under(fleet, () => elapse(timeoutMs + 500));
    const { log, verdict } = await outcome(fleet, "rotation");
    expect(verdict).toMatchObject(NOTHING_HAPPENED);
    expect(fleet.leaves(log)).toEqual([]);
    // Everybody has moved; on a machine that does too much else, some of them only when the deadline ended the old connection.
    expect(fleet.crowd.statistics.connections).toBeGreaterThanOrEqual(2 * CLIENTS);
    expect(fleet.crowd.statistics.handovers).toBeGreaterThan(0);
    const { moving, staying } = fleet.crowd.statistics.lag;
    console.log(
      `rotation: lag moving ${JSON.stringify(moving.summary())}, staying ${JSON.stringify(staying.summary())}`,
    );
    expect(moving.summary().count).toBeGreaterThan(0);
    // Late is what others had before. Where those who stay wait longer than that for one another, it is the machine that is late.
    expect(moving.at(1)).toBeLessThan(Math.max(250, staying.at(1)));
  });

  it("[G2] [G4] [D1] [D2] [D3] SIGTERM of one instance after another", async () => {
    const fleet = await launch();
    const old = fleet.instances;
    const fresh = await fleet.launch(old.length);
    const exits: unknown[] = [];
    await under(fleet, async () => {
      const leaving = [];
      for (const [nth, instance] of old.entries()) {
        fleet.routeTo([...old.slice(nth + 1), ...fresh.slice(0, nth + 1)]);
        leaving.push(fleet.frontEnd.retire(instance).then((exit) => exits.push(exit)));
        await (isCampaign ? Promise.all(leaving) : elapse(500));
      }
      await Promise.all(leaving);
    });
    const { log, verdict } = await outcome(fleet, "SIGTERM");
    expect(verdict).toMatchObject(NOTHING_HAPPENED);
    expect(exits).toEqual(old.map(() => ({ code: 0, signal: null })));
    expect(fleet.leaves(log)).toEqual([]);
  });

  it("[G3] [G2] [D1] [D2] [D3] a rolling upgrade of all three", async () => {
    // Revisions of a service are known for good, so each run has names of its own.
    const [older, newer] = [`r-${crypto.randomUUID()}`, `r-${crypto.randomUUID()}`];
    const fleet = await launch({ settings: { K_REVISION: older } });
    const old = fleet.instances;
    const before = fleet.crowd.statistics.handovers;
    await under(fleet, async () => {
      fleet.routeTo(await fleet.launch(3, { K_REVISION: newer }));
      // The older ones look for newer ones every few seconds; the first of their clients are asked at once.
      while (fleet.crowd.statistics.handovers === before) await elapse(50);
      await Promise.all(old.map((instance) => fleet.frontEnd.retire(instance)));
    });
    const { log, verdict } = await outcome(fleet, "upgrade");
    expect(verdict).toMatchObject(NOTHING_HAPPENED);
    expect(fleet.leaves(log)).toEqual([]);
  });

  it("[D1] [D2] [D3] [I1] SIGKILL of an instance", async () => {
    const fleet = await launch();
    await under(fleet, async () => {
      const [killed, ...others] = fleet.instances;
      await elapse(1_000);
      await killed?.kill();
      fleet.routeTo(others);
      fleet.routeTo([...others, ...(await fleet.launch(1))]);
    });
    expect((await outcome(fleet, "SIGKILL")).verdict).toMatchObject(NOTHING_HAPPENED);
  });

  it("[D1] [D2] [D3] [W6] an instance that is stopped, then goes on", async () => {
    const fleet = await launch();
    await under(fleet, async () => {
      await elapse(500);
      fleet.first.pause();
      await elapse(isCampaign ? 20_000 : 3_000);
      fleet.first.resume();
    });
    expect((await outcome(fleet, "SIGSTOP")).verdict).toMatchObject(NOTHING_HAPPENED);
  });
});

describe("the network", () => {
  it("[D1] [D2] [D3] [R2] [I1] connections that are cut at random, and resume anywhere", async () => {
    const fleet = await launch();
    await under(fleet, () => everySoOften(50, () => fleet.frontEnd.cutOne()));
    expect((await outcome(fleet, "cuts")).verdict).toMatchObject(NOTHING_HAPPENED);
  });

  it("[D1] [D2] [D3] [W6] [I1] half-open connections, which only silence tells of", async () => {
    const fleet = await launch();
    await under(fleet, async () => {
      const directions = ["toServer", "toClient", "both"] as const;
      // What is swallowed stays so: a network never goes on in the middle of a stream.
      const swallowed = new Set<Link>();
      await everySoOften(1_000, () => {
        const intact = fleet.frontEnd.links.filter((link) => !swallowed.has(link));
        for (const link of intact.slice(0, CLIENTS / 6)) {
          link.swallow(fleet.random.pick(directions));
          swallowed.add(link);
        }
      });
    });
    expect((await outcome(fleet, "half-open")).verdict).toMatchObject(NOTHING_HAPPENED);
  });
});

describe("Redis", () => {
  const own = async (): Promise<RedisProcess> => life.own(await RedisProcess.start(), (one) => one.remove());

  /** What instances connect to: whichever Redis is the primary. */
  const before = async (redis: RedisProcess) => {
    const frontEnd = await FrontEnd.start([redis], { random: seededRandom(1) });
    life.own(frontEnd, (one) => one.close());
    return { frontEnd, redisUrl: `redis://127.0.0.1:${frontEnd.port}` };
  };

  /** Waits until a replica has all that its primary has. */
  const synchronised = async (replica: RedisProcess): Promise<void> => {
    while (!String(await replica.command("INFO", "replication")).includes("master_link_status:up")) {
      await elapse(50);
    }
  };

  it("[D5] [D1] [D2] [D3] [I1] restarted, with its append-only file", async () => {
    const redis = await own();
    const fleet = await launch({ redisUrl: redis.url });
    await under(fleet, async () => {
      await elapse(1_000);
      await redis.kill();
      await elapse(isCampaign ? 3_000 : 500);
      await redis.restart();
    });
    expect((await outcome(fleet, "Redis restarted")).verdict).toMatchObject(NOTHING_HAPPENED);
  });

  it("[D5] [D1] [D2] [D3] [I1] frozen for a while", async () => {
    const redis = await own();
    const fleet = await launch({ redisUrl: redis.url });
    await under(fleet, async () => {
      await elapse(500);
      redis.pause();
      await elapse(isCampaign ? 10_000 : 3_000);
      redis.resume();
    });
    expect((await outcome(fleet, "Redis frozen")).verdict).toMatchObject(NOTHING_HAPPENED);
  });

  it("[D1] [D2] [D3] [I1] a replica that is promoted, where an ack waits for it", async () => {
    const [primary, replica, next] = [await own(), await own(), await own()];
    await replica.follow(primary);
    await synchronised(replica);
    const { frontEnd, redisUrl } = await before(primary);
    const fleet = await launch({ redisUrl, settings: { ACK: "replicated" } });
    await under(fleet, async () => {
      await elapse(SECONDS * 500);
      frontEnd.routeTo([]);
      await primary.kill();
      await replica.promote();
      // An ack waits for a replica of the new primary as well.
      await next.follow(replica);
      frontEnd.routeTo([replica]);
    });
    expect((await outcome(fleet, "replica promoted, ACK=replicated")).verdict).toMatchObject(
      NOTHING_HAPPENED,
    );
  });

  it("[R4] [R3] [I1] [D1] a replica that is promoted without the tail: everybody is told once, and what had no ack is stored once", async () => {
    const [primary, replica] = [await own(), await own()];
    await replica.follow(primary);
    await synchronised(replica);
    const { frontEnd, redisUrl } = await before(primary);
    const fleet = await launch({ redisUrl });
    const { crowd } = fleet;
    await under(fleet, async () => {
      await elapse(SECONDS * 500);
      await replica.promote();
      // What is acknowledged from here on, more than is posted later, is the tail that it lacks.
      await elapse(SECONDS * 500);
    });
    await fleet.answered();
    const lost = (await readLog(fleet.first.url, fleet.room)).at(-1)?.seq ?? 0;
    await crowd.allReached(lost, 60_000);
    const kept = crowd.acks().length;

    frontEnd.routeTo([]);
    await primary.kill();
    for (const client of crowd.clients) client.post();
    frontEnd.routeTo([replica]);
    await fleet.answered();
    const told = () => crowd.clients.map((client) => client.records().map(resetsIn));
    while (told().some((ofOne) => !ofOne.includes(1))) await elapse(50);
    const log = await fleet.rest();
    tell(fleet, "replica promoted without the tail");

    expect(log.at(-1)?.seq).toBeLessThan(lost);
    expect(told().filter((ofOne) => ofOne.some((times) => times > 1))).toEqual([]);
    // What came before its reset is gone from the log, and was told so; all that came behind it is judged.
    const since = crowd.records().flatMap((record) => {
      const at = record.observations.findLastIndex(isReset);
      return at === -1 ? [] : [{ ...record, observations: record.observations.slice(at) }];
    });
    const acks = crowd.clients.flatMap(({ acks }) => acks.slice(-1));
    expect(crowd.acks().length - kept).toBe(CLIENTS);
    const verdict = fleet.verdict(log, since, acks);
    expect(verdict.counts).toEqual({ ...NO_FAULTS, reset: since.length });
  });
});

describe("a storm", () => {
  const STORM = isCampaign ? 1_000 : 200;
  const MISSED = 1_000;

  it(`[R6] [R2] [D2] [D3] ${STORM} clients of a killed instance come back at once, having missed ${MISSED} messages each`, async () => {
    // Nobody gives the connection up before it is cut.
    const fleet = await launch({ clients: STORM, instances: 1, settings: { HEARTBEAT_MS: "25000" } });
    const [other] = await fleet.launch(1, { HEARTBEAT_MS: "25000" });
    if (other === undefined) throw new Error("no instance was launched");
    const doomed = fleet.first;
    doomed.pause();
    const { token } = await newGuest(other.url, "Ada");
    for (let nth = 0; nth < MISSED; nth += 1) {
      const answer = await postMessage(other.url, fleet.room, { token }, { text: `missed ${nth}` });
      expect(answer.status).toBe(201);
    }
    const end = (await readLog(other.url, fleet.room)).at(-1)?.seq ?? 0;
    fleet.routeTo([other]);
    const began = performance.now();
    await doomed.kill();
    await fleet.crowd.allReached(end, 60_000);
    const tookMs = Math.round(performance.now() - began);
    console.log(`storm: all are live after ${tookMs} ms`);
    expect((await outcome(fleet, "storm")).verdict).toMatchObject(NOTHING_HAPPENED);
    expect(tookMs).toBeLessThan(isCampaign ? 5_000 : 60_000);
  });
});
