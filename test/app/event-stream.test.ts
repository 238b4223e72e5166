/**
 * An event stream in virtual time (H1): its events, its heartbeats and its end.
 */
import { describe, expect, it } from "vitest";
import { startAlone } from "./virtual-deployment.ts";
import { VirtualStream } from "./virtual-stream.ts";

const ROOM = "lobby";

/** The ids and types of the events in a stream. */
const events = ({ chunks }: VirtualStream): readonly string[] =>
  [...chunks.join("").matchAll(/^event: (.+)$/gm)].map(([, type = ""]) => type);

describe("an event stream", () => {
  it("[H1] brings new events, and its reader is no member", () => {
    const { instance } = startAlone();
    const stream = new VirtualStream(instance, ROOM);
    const ada = instance.enter("Ada", ROOM);
    expect(ada.last("joined").memberCount).toBe(1);
    ada.post(ROOM, "hi");
    expect(events(stream)).toEqual(["member.joined", "message.posted"]);
    expect(stream.chunks.join("")).toContain(`"text":"hi"`);
  });

  it("[H1] sends heartbeats, except to a slow reader", () => {
    const { deployment, instance } = startAlone({ heartbeatMs: 10_000, slowReaderBytes: 100 });
    const stream = new VirtualStream(instance, ROOM);
    const [before] = [stream.chunks.length];
    deployment.advance(61_000);
    const beats = stream.chunks.length - before;
    expect(beats).toBeGreaterThanOrEqual(5);
    expect(beats).toBeLessThanOrEqual(6);
    stream.unsent = 101;
    deployment.advance(60_000);
    expect(stream.chunks.length - before).toBe(beats);
  });

  it("[D4] [H1] is not pushed to while its reader is slow, and brings everything afterwards", () => {
    const { instance } = startAlone({ slowReaderBytes: 100 });
    const stream = new VirtualStream(instance, ROOM);
    const ada = instance.enter("Ada", ROOM);
    stream.unsent = 101;
    for (let nth = 0; nth < 15; nth += 1) ada.post(ROOM, `message ${nth}`);
    expect(events(stream)).toEqual(["member.joined"]);
    stream.drain();
    expect(events(stream)).toHaveLength(16);
    ada.post(ROOM, "live again");
    expect(events(stream)).toHaveLength(17);
  });

  it("[R4] [H1] restarts with a reset if the log lost its tail", () => {
    const { deployment, instance } = startAlone();
    const ada = instance.enter("Ada", ROOM);
    const stream = new VirtualStream(instance, ROOM);
    const snapshot = deployment.store.snapshot();
    ada.post(ROOM, "lost");
    deployment.advance(1_000);
    deployment.store.restore(snapshot);
    deployment.advance(26_000);
    expect(events(stream)).toEqual(["message.posted", "reset", "member.joined"]);
  });

  it("[H1] ends with its reader, and no longer counts", () => {
    const { deployment, instance } = startAlone();
    const stream = new VirtualStream(instance, ROOM);
    expect(instance.gateway.admission.open("stream")).toBe(1);
    stream.hangUp();
    expect(instance.gateway.admission.open("stream")).toBe(0);
    deployment.advance(31_000);
    expect(instance.feeds.size()).toBe(0);
  });
});
