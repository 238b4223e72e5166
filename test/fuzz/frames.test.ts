/**
 * Sends mutated frames to the whole app in virtual time. For every input: nothing throws, each frame from the
 * server is one of SPEC's, other clients notice nothing, and nothing is left behind.
 */
import { describe, expect, test } from "vitest";
import { startAlone, type VirtualInstance } from "../app/virtual-deployment.ts";
import type { VirtualClient } from "../app/virtual-client.ts";
import { seededRandom, type SeededRandom } from "../support/seeded-random.ts";
import { mutateJson } from "./mutations.ts";

const SEEDS = [1, 2, 3, 4, 5, 6];
const FRAMES = 3_000;
/** The close codes for a client that breaks the protocol, floods or says goodbye. */
const ENDS = [1000, 1003, 1007, 1009, 4400, 4401, 4429];

/** A valid frame of each type, about an existing message. */
const validFrames = (room: string, message: string): readonly Readonly<Record<string, unknown>>[] => [
  { type: "hello", name: "Eve" },
  { type: "join", ref: "1", room, after: message, limit: 10 },
  { type: "join", ref: "2", room: "elsewhere" },
  { type: "leave", ref: "3", room },
  { type: "post", ref: "4", room, key: "k1", text: "text", replyTo: message },
  { type: "edit", ref: "5", room, key: "k2", message, text: "other text" },
  { type: "delete", ref: "6", room, key: "k3", message },
  { type: "react", ref: "7", room, key: "k4", message, emoji: "👍", on: true },
  { type: "history", ref: "8", room, before: message, limit: 5 },
  { type: "typing", room },
];

/** Sends mutated frames until it is ended or has sent a hundred. Then a new one takes its place. */
const attack = (instance: VirtualInstance, message: string, random: SeededRandom): number => {
  const eve: VirtualClient = instance.connect();
  if (random.below(10) > 0) {
    eve.hello("Eve");
    eve.join("hall");
  }
  let sent = 0;
  for (; sent < 100 && eve.open; sent += 1) {
    eve.sayText(mutateJson(random.pick(validFrames("hall", message)), random));
    if (random.below(20) === 0) instance.deployment.advance(random.below(3_000));
  }
  if (!eve.open) expect(ENDS).toContain(eve.closedWith);
  else if (random.below(2) === 0) eve.cut();
  else eve.hangUp();
  return sent;
};

describe("mutated frames", () => {
  test.each(SEEDS)("[W5] [D2] seed %d: nothing throws, and a bystander misses nothing", (seed) => {
    const random = seededRandom(seed);
    const { deployment, instance } = startAlone();
    const bystander = instance.enter("Ann", "hall");
    const { id } = bystander.post("hall", "before");
    for (let sent = 0, round = 0; sent < FRAMES; round += 1) {
      sent += attack(instance, id, random);
      bystander.post("hall", `round ${round}`);
      deployment.advance(200);
    }
    const seqs = bystander.events("hall").map(({ seq }) => seq);
    const [first = 0] = seqs;
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, nth) => first + nth));
    expect(bystander.all("error")).toEqual([]);
    expect(bystander.open).toBe(true);

    bystander.hangUp();
    // After this time grace times, feeds without readers and leases have ended.
    deployment.advance(120_000);
    expect(instance.gateway.admission.open("websocket")).toBe(0);
    expect(instance.feeds.size()).toBe(0);
    expect(instance.gateway.unsent()).toBe(0);
  });
});
