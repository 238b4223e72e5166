/**
 * The port Revisions on Redis: a sorted set, with the time of each revision's first announcement as its score
 * (G3).
 *
 * Only the first announcement of a revision counts. While traffic is split, instances of both revisions start
 * at any time, and connections would otherwise be moved to and fro. So after a roll-back, the newest revision
 * is still the one that was rolled back. The front end sends new connections to the older one, and they stay
 * there.
 */
import type { Revision, Revisions } from "../../app/ports/revisions.ts";
import { attempt } from "./attempt.ts";
import type { Connections } from "./connections.ts";
import type { Keys } from "./keys.ts";
import { CLOCK } from "./log-scripts.ts";
import { listIn, textIn, unexpectedReply } from "./reply.ts";
import { script } from "./script.ts";

/** KEYS revisions. ARGV name. Replies {name, since}. */
export const ANNOUNCE = script(
  CLOCK,
  `
redis.call('ZADD', KEYS[1], 'NX', digits(now_ms()), ARGV[1])
return {ARGV[1], redis.call('ZSCORE', KEYS[1], ARGV[1])}`,
);

const revisionIn = (reply: unknown): Revision | undefined => {
  const [name, since] = listIn(reply);
  return name === undefined ? undefined : { name: textIn(name), since: Number(textIn(since)) };
};

export const makeRevisions = (connections: Connections, keys: Keys): Revisions["Service"] => ({
  announce: (name) =>
    attempt(async () => {
      const revision = revisionIn(await connections.of(0).run(ANNOUNCE, [keys.revisions], [name]));
      if (revision === undefined) throw unexpectedReply("revision");
      return revision;
    }),
  newest: attempt(async () =>
    revisionIn(await connections.of(0).call((redis) => redis.zrevrange(keys.revisions, 0, 0, "WITHSCORES"))),
  ),
});
