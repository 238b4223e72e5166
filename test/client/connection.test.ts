/**
 * The connection: when the client reconnects, when it gives a connection up, and when it stops.
 */
import { assert, double, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { backoff } from "../../src/client/connection/backoff.ts";
import { memoryStore } from "../../src/client/platform/store.ts";
import { ofType, quietWorld, servedWorld, settled, watch } from "./given.ts";
import { HEARTBEAT_MS } from "./service.ts";
import type { VirtualClock } from "./virtual-clock.ts";

describe("close codes", () => {
  test.each([
    [1000, "closed"],
    [1003, "protocol"],
    [1007, "protocol"],
    [1009, "protocol"],
    [4400, "protocol"],
  ] as const)("[W2] [W4] after %i the client stops, with the reason %s", (code, reason) => {
    const { wires, chat, clock } = servedWorld();
    chat.join("lobby");
    wires.last.cut(code);
    expect(chat.status).toMatchObject({ status: "stopped", reason });
    expect(clock.pending).toBe(0);
    chat.wake();
    expect(wires.all).toHaveLength(1);
  });

  test("[G4] after 1012 the client reconnects at once", () => {
    const { wires, chat, clock } = servedWorld();
    wires.last.cut(1012);
    clock.advance(0);
    clock.advance(0);
    expect(wires.all).toHaveLength(2);
    expect(chat.status).toEqual({ status: "live" });
  });

  test.each([1013, 4429])("[L1] [L2] after %i the client waits longer than after a cut", (code) => {
    const { wires, chat, clock } = servedWorld();
    wires.last.cut(code);
    expect(chat.status).toEqual({ status: "offline", retryAt: clock.now() + 2_000 });
  });

  test.each([1001, 1005, 1006, 1011, 4000, 4999])(
    "[R2] after %i the client reconnects within a second",
    (code) => {
      const { wires, chat, clock } = servedWorld({ random: () => 0.999 });
      wires.last.cut(code);
      expect(chat.status.status).toBe("offline");
      clock.advance(999);
      clock.advance(0);
      expect(chat.status).toEqual({ status: "live" });
    },
  );
});

describe("backoff", () => {
  test("[R2] the bound is one second at first, doubles with each failure, and is never over thirty seconds", () => {
    const random = double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    assert(
      property(nat(10_000), random, (failed, chance) => {
        const ms = backoff(failed, chance);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(Math.min(30_000, 1_000 * 2 ** failed));
      }),
    );
    expect(backoff(0, 0.999)).toBeLessThanOrEqual(1_000);
    expect(backoff(99, 0.999)).toBeGreaterThan(29_000);
  });

  test("[R2] the client tries a service that accepts no connection less and less often", () => {
    const { wires, chat, clock } = quietWorld();
    const waits: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      wires.last.cut();
      waits.push(clock.ring());
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
    expect(chat.status).toEqual({ status: "connecting" });
  });

  test("[R2] `wake` tries at once", () => {
    const { wires, chat } = quietWorld();
    wires.last.cut();
    chat.wake();
    expect(wires.all).toHaveLength(2);
  });
});

describe("silence", () => {
  test("[W6] the client gives a connection up after two heartbeats of silence", () => {
    const { wires, chat, clock, service } = servedWorld();
    const first = wires.last;
    clock.advance(HEARTBEAT_MS);
    service.heartbeat(first);
    clock.advance(2 * HEARTBEAT_MS - 1);
    expect(first.closedWith).toBeUndefined();
    clock.advance(1);
    // Not 1000, which is goodbye (P2).
    expect(first.closedWith).toBe(4000);
    clock.advance(1_000);
    expect(wires.all).toHaveLength(2);
    expect(chat.status).toEqual({ status: "live" });
  });

  test("[W6] the client gives a connection up that has no welcome within ten seconds", () => {
    const { wires, clock } = quietWorld();
    wires.last.open();
    clock.advance(9_999);
    expect(wires.last.closedWith).toBeUndefined();
    clock.advance(1);
    expect(wires.all[0]?.closedWith).toBe(4000);
  });

  test("[W6] [W8] `wake` probes a live connection, and does not wait two heartbeats for the answer", () => {
    const { wires, chat, clock } = quietWorld();
    wires.last.open();
    const welcome = {
      type: "welcome",
      protocol: 1,
      user: { id: "ada", name: "Ada" },
      token: "t",
      connection: "c",
      heartbeatMs: 25_000,
      limits: { textLength: 4_000, roomsPerConnection: 100, messagesPerSecond: 10, burst: 20 },
    };
    wires.last.text(JSON.stringify(welcome));
    clock.advance(1);
    chat.wake();
    expect(wires.last.of("hello").map(({ token }) => token)).toEqual([undefined, "t"]);
    clock.advance(5_000);
    expect(wires.all[0]?.closedWith).toBe(4000);
  });
});

describe("going away", () => {
  const away = { reason: "rotation", afterMs: 200, deadlineMs: 5_000 } as const;

  test("[G1] [G4] the old connection is closed after all rooms are joined on the next one, and no status changes", () => {
    const { wires, chat, clock, service, changes } = servedWorld();
    const room = chat.join("lobby");
    service.post("lobby", "one");
    const seen = [...changes].length;
    const shown = watch(room);
    const old = wires.last;
    service.goAway(old, away);
    clock.advance(199);
    expect(wires.all).toHaveLength(1);
    clock.advance(1);
    expect(wires.all).toHaveLength(2);
    expect(wires.last.of("join")[0]?.after).toBe(room.position);
    service.post("lobby", "two");
    clock.advance(1_000);
    service.post("lobby", "three");
    expect(old.closedWith).toBe(1000);
    expect(room.items).toEqual(service.log("lobby"));
    expect(ofType(shown, "status")).toEqual([]);
    expect(changes).toHaveLength(seen);
  });

  test("[G4] the old connection serves until it is cut, while the next one cannot be opened", () => {
    const { wires, chat, clock, service } = servedWorld();
    const room = chat.join("lobby");
    const old = wires.last;
    wires.onOpen = (wire) => void clock.after(0, () => wire.cut());
    service.goAway(old, { ...away, afterMs: 0 });
    for (let n = 0; n < 3; n += 1) clock.ring();
    service.post("lobby", "still here");
    expect(room.items).toHaveLength(1);
    expect(chat.status).toEqual({ status: "live" });
    old.cut(1012);
    expect(chat.status.status).not.toBe("live");
  });

  test("[G4] the old connection stays open until its replies have come", async () => {
    const { wires, chat, clock, service } = servedWorld();
    for (let n = 0; n < 60; n += 1) service.post("lobby", `${n}`);
    const room = chat.join("lobby");
    const old = wires.last;
    const { onFrame } = old;
    old.onFrame = (frame) => void clock.after(500, () => onFrame(frame));
    const loaded = room.loadOlder();
    service.goAway(old, { ...away, afterMs: 0 });
    clock.advance(499);
    expect(wires.all).toHaveLength(2);
    expect(old.closedWith).toBeUndefined();
    clock.advance(1);
    expect(old.closedWith).toBe(1000);
    await expect(loaded).resolves.toBe(true);
    expect(room.items).toEqual(service.log("lobby"));
  });

  test("[G2] a shutdown after an upgrade moves the client earlier", () => {
    const { wires, clock, service } = servedWorld();
    service.goAway(wires.last, { reason: "upgrade", afterMs: 100_000, deadlineMs: 130_000 });
    service.goAway(wires.last, { reason: "shutdown", afterMs: 100, deadlineMs: 8_000 });
    clock.advance(100);
    expect(wires.all).toHaveLength(2);
  });
});

/** Waits for the next connection, its refusal, another token, and one more connection. */
const refusal = async (clock: VirtualClock): Promise<void> => {
  for (let n = 0; n < 4; n += 1) {
    clock.advance(1_500);
    await settled();
  }
};

describe("tokens", () => {
  test("[A1] a guest is the same user on the next connection, and after a reload", () => {
    const { wires, chat, clock, store } = servedWorld();
    const { user } = chat;
    wires.last.cut();
    clock.advance(1_000);
    expect(wires.last.of("hello")[0]?.token).toBe("token-1");
    expect(chat.user).toEqual(user);
    const again = quietWorld({ store });
    again.wires.last.open();
    expect(again.wires.last.of("hello")[0]?.token).toBe("token-1");
  });

  test("[A1] a guest whose token is refused becomes another guest, and the chat reports it", async () => {
    const { wires, clock, service, changes } = servedWorld();
    service.revoked.add("token-1");
    wires.last.cut();
    await refusal(clock);
    expect(ofType(changes, "user").map(({ user, replaced }) => [user.id, replaced])).toEqual([
      ["user-1", false],
      ["user-2", true],
    ]);
  });

  test("[A1] a guest takes the new token of another tab", async () => {
    const store = memoryStore();
    const { wires, clock, service } = servedWorld({ store });
    service.revoked.add("token-1");
    store.save("token", "token-7");
    wires.last.cut();
    await refusal(clock);
    expect(wires.last.of("hello")[0]?.token).toBe("token-7");
  });

  test("[A1] with `refreshToken`, the client asks for a new token until it gets one", async () => {
    let asked = 0;
    const refreshToken = (): Promise<string> => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error("not now")) : Promise.resolve("token-9");
    };
    const { wires, clock, service, chat } = servedWorld({ token: "token-8", refreshToken });
    service.revoked.add("token-8");
    wires.last.cut();
    await refusal(clock);
    await refusal(clock);
    expect(asked).toBe(2);
    expect(chat.user?.id).toBe("user-9");
  });

  test("[A1] without `refreshToken`, a refused token stops the chat", async () => {
    const { wires, service, clock, chat } = servedWorld({ token: "token-8" });
    service.revoked.add("token-8");
    wires.last.cut();
    await refusal(clock);
    expect(chat.status).toMatchObject({ status: "stopped", reason: "unauthenticated" });
  });

  test("[W8] [V2] a new name goes out on the live connection; an invalid name is refused at once", () => {
    const { wires, chat, changes } = servedWorld();
    chat.rename("Ada L.");
    expect(chat.user?.name).toBe("Ada L.");
    chat.rename("\u200b");
    expect(ofType(changes, "renameRefused")).toHaveLength(1);
    expect(wires.last.of("hello")).toHaveLength(2);
  });
});

describe("the end", () => {
  test("[P2] `close` says goodbye, and leaves no timer", () => {
    const { wires, chat, clock } = servedWorld();
    chat.join("lobby").typing();
    chat.close();
    expect(wires.last.closedWith).toBe(1000);
    expect(clock.pending).toBe(0);
    expect(chat.status).toMatchObject({ status: "stopped", reason: "closed" });
  });
});
