/**
 * Tests with the loss oracle: connections are cut at random and resume on any instance, and the server of an
 * embedded log is killed and restarted. Nothing is lost, repeated or reordered.
 */
import { setTimeout as elapse } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { LOGS, newRoom, settingsOf, startInstance } from "../support/server-fixture.ts";
import { FrontEnd } from "../support/front-end.ts";
import type { Instance } from "../support/instance.ts";
import { Lifetime } from "../support/lifetime.ts";
import { readLog } from "../support/log-over-http.ts";
import { judge, NO_FAULTS } from "../../src/probe/oracle.ts";
import { ResumingClient } from "../support/resuming-client.ts";
import { seededRandom } from "../support/seeded-random.ts";

const CLIENTS = 20;
const ROOMS = 3;
const FOR_MS = 12_000;
/** The maximum of the random time between two cuts, and between two posts of a client. */
const CUT_EVERY_MS = 120;
const POST_EVERY_MS = 100;
const SEED = 20_261_124;

const last = async (instance: Instance, room: string): Promise<number> =>
  (await readLog(instance.url, room)).at(-1)?.seq ?? 0;

describe.concurrent.each(LOGS)("chaos, on %s", (log) => {
  it(
    "[D2] [D3] [D1] [R2] 20 clients in 3 rooms, cut at random: nothing lost, repeated or reordered",
    async ({ onTestFinished }) => {
      const life = new Lifetime();
      onTestFinished(() => life.end());
      const random = seededRandom(SEED);
      const settings = await settingsOf(log, life);
      let serving = await startInstance(life, settings);
      const instances = log === "Redis" ? [serving, await startInstance(life, settings)] : [serving];
      const frontEnd = life.own(await FrontEnd.start(instances, { random }), (one) => one.close());
      const rooms = Array.from({ length: ROOMS }, newRoom);
      const clients = Array.from({ length: CLIENTS }, (_, nth) =>
        life.own(new ResumingClient(frontEnd.webSocketUrl, `user ${nth}`, rooms), (one) => one.close()),
      );

      const until = performance.now() + FOR_MS;
      const posting = clients.map(async (client) => {
        for (let nth = 0; performance.now() < until; nth += 1) {
          await client.post(random.pick(rooms), `${client.name}: ${nth}`);
          await elapse(random.below(POST_EVERY_MS));
        }
      });
      const cutting = async (): Promise<void> => {
        while (performance.now() < until) {
          await elapse(random.below(CUT_EVERY_MS));
          frontEnd.cutOne();
        }
      };
      const restarting = async (): Promise<void> => {
        await elapse(FOR_MS / 2);
        if (log === "Redis") return;
        await serving.kill();
        serving = await startInstance(life, settings);
        frontEnd.routeTo([serving]);
      };
      await Promise.all([...posting, cutting(), restarting()]);

      // Each client must reach the present head of each room. A member may leave after that, and not all have
      // the event yet.
      const ends = new Map<string, number>();
      for (const room of rooms) {
        const end = await last(serving, room);
        ends.set(room, end);
        await Promise.all(clients.map((client) => client.reached(room, end)));
      }
      const logs = new Map(
        await Promise.all(rooms.map(async (room) => [room, await readLog(serving.url, room)] as const)),
      );
      const verdict = judge({
        logs,
        until: ends,
        records: clients.flatMap((client) => client.records()),
        acks: clients.flatMap((client) => client.acks),
      });
      const connections = clients.reduce((sum, client) => sum + client.connections, 0);
      console.log(
        `${log}: ${connections} connections, ${clients.flatMap(({ acks }) => acks).length} acks, ${verdict.seen} events seen`,
      );
      expect(clients.map(({ offence }) => offence).filter((offence) => offence !== undefined)).toEqual([]);
      expect(verdict).toMatchObject({ counts: NO_FAULTS, findings: [] });
      // Even on a slow machine something must have happened.
      expect(connections).toBeGreaterThan(CLIENTS * 3);
      expect(verdict.seen).toBeGreaterThan(CLIENTS * 100);
    },
    FOR_MS * 3,
  );
});
