/**
 * Gapless as a contender, with the probe's clients and its loss oracle.
 */
import { START } from "../../src/domain/position.ts";
import { ClientGroup } from "../../src/probe/client-group.ts";
import { judge } from "../../src/probe/oracle.ts";
import { readAfter } from "../../src/probe/room-log.ts";
import { FrontEnd } from "../../test/support/front-end.ts";
import { Instance } from "../../test/support/instance.ts";
import { seededRandom } from "../../test/support/seeded-random.ts";
import type { Contender } from "./contender.ts";

const ROOM = "comparison";
const SETTLE_WITHIN_MS = 60_000;

export const gapless: Contender = {
  name: "Gapless",
  async start(life, redisUrl, clients, count) {
    const settings = {
      REDIS_URL: redisUrl,
      TOKEN_SECRET: "a secret of the comparison and long enough for one",
    };
    const launch = async (): Promise<Instance> =>
      life.own(await Instance.start(settings), (instance) => instance.kill());
    const instances = await Promise.all(Array.from({ length: count }, launch));
    const frontEnd = await FrontEnd.start(instances, { random: seededRandom(1) });
    life.own(frontEnd, (one) => one.close());
    const random = seededRandom(2);
    const url = frontEnd.webSocketUrl;
    const group = new ClientGroup({ url, room: ROOM, clients, random: () => random.fraction() });
    life.own(group, (one) => one.close());
    if (!(await group.allJoined(SETTLE_WITHIN_MS))) throw new Error(group.problem);
    return {
      frontEnd,
      instances,
      launch,
      post: (perSecond) => group.post(perSecond),
      async count() {
        await group.allAnswered(SETTLE_WITHIN_MS);
        await group.allJoined(SETTLE_WITHIN_MS);
        const log = await readAfter(frontEnd.url, ROOM, START);
        await group.allReached(log.at(-1)?.seq ?? 0, SETTLE_WITHIN_MS);
        const { counts } = judge({
          logs: new Map([[ROOM, log]]),
          records: group.records(),
          acks: group.acks(),
        });
        const lost = counts.lost + counts["ack lost"];
        const repeated = counts.repeated + counts["ack repeated"];
        return { acknowledged: group.statistics.acknowledged, lost, repeated };
      },
    };
  },
};
