/**
 * Faults of Redis: a restart, a freeze, and the promotion of a replica.
 */
import { setTimeout as elapse } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { NO_FAULTS, type ClientRecord, type Observation } from "../../src/probe/oracle.ts";
import { FrontEnd } from "../support/front-end.ts";
import { readLog } from "../support/log-over-http.ts";
import { RedisProcess } from "../support/redis-process.ts";
import { seededRandom } from "../support/seeded-random.ts";
import {
  CLIENTS,
  FaultFixture,
  isCampaign,
  NO_FAULT_SEEN,
  outcomeOf,
  postDuring,
  report,
  SECONDS,
} from "./fixture.ts";

const fixture = new FaultFixture();

const isReset = (observation: Observation): boolean =>
  observation.tag === "joined" && observation.replay === "reset";
const resetsIn = ({ observations }: ClientRecord): number => observations.filter(isReset).length;

describe("Redis", () => {
  const startRedis = async (): Promise<RedisProcess> =>
    fixture.lifetime.own(await RedisProcess.start(), (one) => one.remove());

  /** A proxy that instances connect to. It leads to the primary. */
  const behindProxy = async (redis: RedisProcess) => {
    const frontEnd = await FrontEnd.start([redis], { random: seededRandom(1) });
    fixture.lifetime.own(frontEnd, (one) => one.close());
    return { frontEnd, redisUrl: `redis://127.0.0.1:${frontEnd.port}` };
  };

  /** Waits until a replica has everything that its primary has. */
  const synchronised = async (replica: RedisProcess): Promise<void> => {
    while (!String(await replica.command("INFO", "replication")).includes("master_link_status:up")) {
      await elapse(50);
    }
  };

  it("[D5] [D1] [D2] [D3] [I1] is restarted, with its append-only file", async () => {
    const redis = await startRedis();
    const fleet = await fixture.launch({ redisUrl: redis.url });
    await postDuring(fleet, async () => {
      await elapse(1_000);
      await redis.kill();
      await elapse(isCampaign ? 3_000 : 500);
      await redis.restart();
    });
    expect((await outcomeOf(fleet, "Redis restarted")).verdict).toMatchObject(NO_FAULT_SEEN);
  });

  it("[D5] [D1] [D2] [D3] [I1] is frozen for some seconds", async () => {
    const redis = await startRedis();
    const fleet = await fixture.launch({ redisUrl: redis.url });
    await postDuring(fleet, async () => {
      await elapse(500);
      redis.pause();
      await elapse(isCampaign ? 10_000 : 3_000);
      redis.resume();
    });
    expect((await outcomeOf(fleet, "Redis frozen")).verdict).toMatchObject(NO_FAULT_SEEN);
  });

  it("[D1] [D2] [D3] [I1] a replica is promoted, and acks have waited for it", async () => {
    const [primary, replica, next] = [await startRedis(), await startRedis(), await startRedis()];
    await replica.follow(primary);
    await synchronised(replica);
    const { frontEnd, redisUrl } = await behindProxy(primary);
    const fleet = await fixture.launch({ redisUrl, settings: { ACK: "replicated" } });
    await postDuring(fleet, async () => {
      await elapse(SECONDS * 500);
      frontEnd.routeTo([]);
      await primary.kill();
      await replica.promote();
      // Acks wait for a replica of the new primary, too.
      await next.follow(replica);
      frontEnd.routeTo([replica]);
    });
    expect((await outcomeOf(fleet, "replica promoted, ACK=replicated")).verdict).toMatchObject(NO_FAULT_SEEN);
  });

  it("[R4] [R3] [I1] [D1] a replica is promoted without the tail: each client gets one reset, and a post without an ack is stored once", async () => {
    const [primary, replica] = [await startRedis(), await startRedis()];
    await replica.follow(primary);
    await synchronised(replica);
    const { frontEnd, redisUrl } = await behindProxy(primary);
    const fleet = await fixture.launch({ redisUrl });
    const { group } = fleet;
    await postDuring(fleet, async () => {
      await elapse(SECONDS * 500);
      await replica.promote();
      // The replica lacks what is acknowledged from here on. It is more than is posted later.
      await elapse(SECONDS * 500);
    });
    await fleet.answered();
    const lost = (await readLog(fleet.first.url, fleet.room)).at(-1)?.seq ?? 0;
    await group.allReached(lost, 60_000);
    const kept = group.acks().length;

    frontEnd.routeTo([]);
    await primary.kill();
    for (const client of group.clients) client.post();
    frontEnd.routeTo([replica]);
    await fleet.answered();
    const resetCounts = () => group.clients.map((client) => client.records().map(resetsIn));
    while (resetCounts().some((ofOne) => !ofOne.includes(1))) await elapse(50);
    const log = await fleet.rest();
    report(fleet, "replica promoted without the tail");

    expect(log.at(-1)?.seq).toBeLessThan(lost);
    expect(resetCounts().filter((ofOne) => ofOne.some((times) => times > 1))).toEqual([]);
    // The reset told each client that its earlier entries are gone. Everything after the reset is judged.
    const since = group.records().flatMap((record) => {
      const at = record.observations.findLastIndex(isReset);
      return at === -1 ? [] : [{ ...record, observations: record.observations.slice(at) }];
    });
    const acks = group.clients.flatMap(({ acks }) => acks.slice(-1));
    expect(group.acks().length - kept).toBe(CLIENTS);
    const verdict = fleet.verdict(log, since, acks);
    expect(verdict.counts).toEqual({ ...NO_FAULTS, reset: since.length });
  });
});
