/**
 * The port History on Redis. Every read is one script, so it sees the log at a single moment.
 */
import type { History, PageAfter, PageBefore } from "../../app/ports/history.ts";
import type { Head, Position } from "../../domain/position.ts";
import { positionStatus } from "../../domain/resume.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Entry } from "../../log/entry.ts";
import { attempt } from "./attempt.ts";
import type { Connections } from "./connections.ts";
import type { Keys } from "./keys.ts";
import { DIVERGED, READ_AFTER, READ_BEFORE, READ_ONE } from "./log-scripts.ts";
import { entriesIn, headIn, listIn, numberIn, withRedactions } from "./reply.ts";

export const makeHistory = (connections: Connections, keys: Keys): History["Service"] => {
  const after = async (room: RoomName, position: Position, limit: number): Promise<PageAfter> => {
    const { log, deleted, partition } = keys.room(room);
    const reply = await connections.of(partition).run(READ_AFTER, [log, deleted], [position, limit]);
    const [found, firstId, firstSeq, headId, headSeq, page, redactions] = listIn(reply);
    const first = headIn(firstId, firstSeq);
    const status = positionStatus(position, found === 1, first.seq === 0 ? undefined : first);
    if (status !== "held") return { status };
    const entries = withRedactions(entriesIn(page, position), redactions);
    const more = entries.length > limit;
    return { status, entries: entries.slice(0, limit), more, head: headIn(headId, headSeq) };
  };

  const before = async (
    room: RoomName,
    position: Position | undefined,
    limit: number,
  ): Promise<PageBefore> => {
    const { log, deleted, partition } = keys.room(room);
    const newest = position === undefined ? "+" : `(${position}`;
    const reply = await connections.of(partition).run(READ_BEFORE, [log, deleted], [newest, limit]);
    const [headId, headSeq, page, redactions] = listIn(reply);
    const entries = withRedactions(entriesIn(page), redactions);
    const more = entries.length > limit;
    return { entries: entries.slice(0, limit).toReversed(), more, head: headIn(headId, headSeq) };
  };

  const entry = async (room: RoomName, id: Position): Promise<Entry | undefined> => {
    const { log, deleted, partition } = keys.room(room);
    const [page, redactions] = listIn(await connections.of(partition).run(READ_ONE, [log, deleted], [id]));
    return withRedactions(entriesIn(page), redactions)[0];
  };

  const diverged = async (heads: ReadonlyMap<RoomName, Head>): Promise<readonly RoomName[]> => {
    const asked = [...heads].filter(([, head]) => head.seq > 0);
    const answers = await Promise.allSettled(
      asked.map(([room, { id, seq }]) => {
        const { log, partition } = keys.room(room);
        return connections.of(partition).run(DIVERGED, [log], [id, seq]);
      }),
    );
    const failures = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
    // A partition that can't be reached hides nothing of the others. Its rooms are asked for again later.
    if (failures.length > 0 && failures.length === answers.length) throw failures[0];
    return asked.flatMap(([room], index) => {
      const answer = answers[index];
      return answer?.status === "fulfilled" && numberIn(answer.value) === 1 ? [room] : [];
    });
  };

  return {
    after: (room, position, limit) => attempt(() => after(room, position, limit)),
    before: (room, position, limit) => attempt(() => before(room, position, limit)),
    entry: (room, id) => attempt(() => entry(room, id)),
    diverged: (heads) => attempt(() => diverged(heads)),
  };
};
