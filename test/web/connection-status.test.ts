/** What the page says of the connection, by the states of the chat and the room. */
import { describe, expect, test } from "vitest";
import type { ChatStatus, RoomStatus } from "../../src/client/index.ts";
import { connectionStatusOf, isReturning } from "../../web/store/connection-status.ts";

const CONNECTING: ChatStatus = { status: "connecting" };
const LIVE: ChatStatus = { status: "live" };
const OFFLINE: ChatStatus = { status: "offline", retryAt: 5 };
const STOPPED: ChatStatus = { status: "stopped", reason: "unauthenticated", message: "no" };
const ROOM: RoomStatus = { status: "live" };

const statusOf = (chat: ChatStatus, room: RoomStatus = ROOM, returning = false): unknown =>
  connectionStatusOf(chat, room, { caughtUpOn: 3, returning });

describe("the connection's status", () => {
  test("[R2] is the chat's, until that is live", () => {
    expect(statusOf(CONNECTING)).toEqual({ status: "connecting" });
    expect(statusOf(OFFLINE)).toEqual({ status: "offline", retryAt: 5 });
    expect(statusOf(STOPPED)).toEqual({ status: "ended", reason: "unauthenticated" });
  });

  test("[R2] is reconnecting while the first attempt has not failed", () => {
    expect(statusOf(CONNECTING, ROOM, true)).toEqual({ status: "reconnecting" });
    expect(statusOf(OFFLINE, ROOM, true)).toEqual({ status: "reconnecting" });
    expect(statusOf(LIVE, ROOM, true)).toMatchObject({ status: "live" });
  });

  test.for([
    [{ status: "waiting" }, { status: "joining" }],
    [{ status: "joining" }, { status: "joining" }],
    [{ status: "left" }, { status: "joining" }],
    [{ status: "catching up", missing: 5 }, { status: "catchingUp" }],
    [
      { status: "refused", code: "too_many_rooms", message: "full" },
      { status: "refused", why: "full" },
    ],
    [{ status: "live" }, { status: "live", caughtUpOn: 3 }],
  ] as const satisfies readonly (readonly [RoomStatus, object])[])(
    "[R2] is the room's where the chat is live: %j",
    ([room, expected]) => {
      expect(statusOf(LIVE, room)).toEqual(expected);
    },
  );
});

describe("a connection is returning", () => {
  test("[R2] from its loss until an attempt has failed", () => {
    expect(isReturning(LIVE, OFFLINE, false)).toBe(true);
    expect(isReturning(OFFLINE, CONNECTING, true)).toBe(true);
    expect(isReturning(CONNECTING, OFFLINE, true)).toBe(false);
  });

  test("[R2] not where it was never there, is there again, or has ended", () => {
    expect(isReturning(CONNECTING, OFFLINE, false)).toBe(false);
    expect(isReturning(CONNECTING, LIVE, true)).toBe(false);
    expect(isReturning(OFFLINE, STOPPED, true)).toBe(false);
  });
});
