/**
 * A room with any number of members, none of whom is connected. The presence board writes them to the data
 * folder before an instance starts on it, with leases of a day.
 */
import { Context, Effect, Layer, Scope, Exit } from "effect";
import { join } from "node:path";
import { layerSqlite } from "../../src/adapters/sqlite/layer.ts";
import { PresenceBoard } from "../../src/app/ports/presence-board.ts";
import { parseConnectionId } from "../../src/domain/presence.ts";
import { parseRoomName } from "../../src/domain/room-name.ts";
import { parseUserId } from "../../src/domain/user.ts";

const DAY_MS = 24 * 3600 * 1000;
const AT_ONCE = 500;

export const fillRoom = async (
  folder: string,
  name: string,
  many: number,
  nameOf: (nth: number) => string,
): Promise<void> => {
  const scope = await Effect.runPromise(Scope.make());
  const file = join(folder, "gapless.sqlite");
  const kept = {
    leaseMs: DAY_MS,
    graceMs: DAY_MS,
    keyTtlMs: DAY_MS,
    roomIdleMs: 0,
    maxAgeMs: 0,
    maxEvents: 0,
  };
  const context = await Effect.runPromise(Layer.buildWithScope(layerSqlite({ file, ...kept }), scope));
  const board = Context.get(context, PresenceBoard);
  const room = parseRoomName(name);
  if (!room.ok) throw new Error(`no room can be called ${name}`);
  for (let from = 0; from < many; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, many - from) }, (_, n) => from + n).map((nth) => {
      const id = parseUserId(`u_crowd-${nth}`);
      if (!id.ok) throw new Error("not a user id");
      const user = { id: id.value, name: nameOf(nth) };
      return { room: room.value, user, connection: parseConnectionId(`crowd-${nth}`) };
    });
    await Effect.runPromise(board.enter(some));
  }
  await Effect.runPromise(Scope.close(scope, Exit.void));
};
