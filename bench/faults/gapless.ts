/**
 * Gapless, with the probe's crowd as clients, and its oracle to count.
 */
import { START } from "../../src/domain/position.ts";
import { Crowd } from "../../src/probe/crowd.ts";
import { judge } from "../../src/probe/oracle.ts";
import { readAfter } from "../../src/probe/room-log.ts";
import { FrontEnd } from "../../test/support/front-end.ts";
import { Instance } from "../../test/support/instance.ts";
import { seededRandom } from "../../test/support/seeded-random.ts";
import type { Contender } from "./contender.ts";

const ROOM = "comparison";
const REST_WITHIN_MS = 60_000;

export const gapless: Contender = {
  name: "Gapless",
  async start(life, redisUrl, clients, count) {
    const settings = {
      REDIS_URL: redisUrl,
      TOKEN_SECRET: "a secret of the comparison, and long enough for one",
    };
    const launch = async (): Promise<Instance> =>
      life.own(await Instance.start(settings), (instance) => instance.kill());
    const instances = await Promise.all(Array.from({ length: count }, launch));
    const frontEnd = await FrontEnd.start(instances, { random: seededRandom(1) });
    life.own(frontEnd, (one) => one.close());
    const random = seededRandom(2);
    const url = frontEnd.webSocketUrl;
    const crowd = new Crowd({ url, room: ROOM, clients, random: () => random.fraction() });
    life.own(crowd, (one) => one.close());
    if (!(await crowd.gathered(REST_WITHIN_MS))) throw new Error(crowd.trouble);
    return {
      frontEnd,
      instances,
      launch,
      post: (perSecond) => crowd.post(perSecond),
      async count() {
        await crowd.answered(REST_WITHIN_MS);
        await crowd.gathered(REST_WITHIN_MS);
        const log = await readAfter(frontEnd.url, ROOM, START);
        await crowd.reached(log.at(-1)?.seq ?? 0, REST_WITHIN_MS);
        const { counts } = judge({
          logs: new Map([[ROOM, log]]),
          witnesses: crowd.witnesses(),
          claims: crowd.claims(),
        });
        const lost = counts.lost + counts["ack lost"];
        const repeated = counts.repeated + counts["ack repeated"];
        return { acknowledged: crowd.tally.acknowledged, lost, repeated };
      },
    };
  },
};
