/**
 * Tests of the intake of frames: which frames it holds, when it reads, and in which order it passes frames
 * on.
 */
import { describe, expect, it } from "vitest";
import { FrameIntake } from "../../src/app/session/frame-intake.ts";

const setUp = () => {
  const state = { blocked: false, unread: false, reading: true };
  const taken: [string, number][] = [];
  const intake = new FrameIntake({
    isUnread: () => state.unread,
    isBusy: () => state.blocked,
    now: () => 90,
    take: (text, at) => {
      taken.push([text, at]);
      // The answer to such a frame fills the connection.
      if (text === "much") state.blocked = true;
    },
    pause: () => (state.reading = false),
    resume: () => (state.reading = true),
  });
  return { state, taken, intake };
};

describe("the intake of frames", () => {
  it("[D8] passes no frame on and does not read while it is blocked, and then continues in order", () => {
    const { state, taken, intake } = setUp();
    for (const text of ["one", "much", "two", "three"]) intake.receive(text, 1);
    expect(taken.map(([text]) => text)).toEqual(["one", "much"]);
    expect(state.reading).toBe(false);
    state.blocked = false;
    intake.proceed();
    intake.receive("four", 2);
    expect(taken.map(([text]) => text)).toEqual(["one", "much", "two", "three", "four"]);
    expect(state.reading).toBe(true);
  });

  it("[D8] stops again in the middle of the held frames, and keeps the rest", () => {
    const { state, taken, intake } = setUp();
    for (const text of ["much", "much", "last"]) intake.receive(text, 1);
    state.blocked = false;
    intake.proceed();
    expect(taken.map(([text]) => text)).toEqual(["much", "much"]);
    expect(intake.paused).toBe(true);
    state.blocked = false;
    intake.proceed();
    expect(taken.map(([text]) => text)).toEqual(["much", "much", "last"]);
    expect(intake.paused).toBe(false);
  });

  it("[D5] the time of a frame counts from its arrival, unless the client itself has delayed it", () => {
    const { state, taken, intake } = setUp();
    state.blocked = true;
    intake.receive("held for others", 5);
    state.blocked = false;
    intake.proceed();
    state.unread = true;
    intake.receive("unread", 6);
    intake.receive("last", 7);
    state.unread = false;
    intake.proceed();
    expect(taken).toEqual([
      ["held for others", 5],
      ["unread", 90],
      ["last", 90],
    ]);
  });

  it("drops the held frames when the connection has ended", () => {
    const { state, taken, intake } = setUp();
    state.blocked = true;
    intake.receive("late", 1);
    intake.end();
    state.blocked = false;
    intake.proceed();
    expect(taken).toEqual([]);
  });
});
