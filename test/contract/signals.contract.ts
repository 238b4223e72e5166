/**
 * The contract suite of the port Signals. A signal may be lost, so a test sends it again until it arrives.
 */
import { describe, expect, test } from "vitest";
import type { Signals, Typing } from "../../src/app/ports/signals.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import { deploy, type Open } from "./deployment.ts";
import { ANN, newConnection, newRoom } from "./given.ts";

const typing = (): Typing => ({ kind: "typing", user: ANN, connection: newConnection() });

/**
 * Publishes a signal again and again until it is in `seen`, because the subscription may not have begun yet.
 */
const deliver = async (
  signals: Signals["Service"],
  room: RoomName,
  signal: Typing,
  seen: readonly Typing[],
) => {
  await expect
    .poll(
      () => {
        signals.publish(room, signal);
        return seen.length;
      },
      { timeout: 5000, interval: 10 },
    )
    .toBeGreaterThan(0);
};

export const signalsContract = (name: string, open: Open): void => {
  describe(`the signals of ${name}`, () => {
    test("[P5] reach the room on all instances, and no other room", async () => {
      const { here, there } = await deploy(open);
      const [room, other] = [newRoom(), newRoom()];
      const [near, far, elsewhere]: [Typing[], Typing[], Typing[]] = [[], [], []];
      const stops = [
        here.signals.subscribe(room, (signal) => near.push(signal)),
        there.signals.subscribe(room, (signal) => far.push(signal)),
        there.signals.subscribe(other, (signal) => elsewhere.push(signal)),
      ];
      const signal = typing();
      await deliver(here.signals, room, signal, far);
      await deliver(here.signals, room, signal, near);
      expect(far[0]).toEqual(signal);
      expect(near[0]).toEqual(signal);
      expect(elsewhere).toEqual([]);
      for (const stop of stops) stop();
    });

    test("[P5] a subscriber that has stopped gets nothing more, and the others still do", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const [stopped, staying]: [Typing[], Typing[]] = [[], []];
      const stop = here.signals.subscribe(room, (signal) => stopped.push(signal));
      const stopStaying = here.signals.subscribe(room, (signal) => staying.push(signal));
      await deliver(here.signals, room, typing(), staying);
      stop();
      const before = stopped.length;
      staying.length = 0;
      await deliver(here.signals, room, typing(), staying);
      expect(stopped).toHaveLength(before);
      stopStaying();
    });

    test("[P5] are never stored", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      here.signals.publish(room, typing());
      const seen: Typing[] = [];
      const stop = here.signals.subscribe(room, (signal) => seen.push(signal));
      const later = typing();
      await deliver(here.signals, room, later, seen);
      expect(seen.at(-1)).toEqual(later);
      stop();
    });
  });
};
