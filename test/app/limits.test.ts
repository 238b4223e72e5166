/**
 * L1 in virtual time: the rate limits of a connection, and the close of a connection that floods.
 */
import { describe, expect, it } from "vitest";
import { startAlone, type DeploymentOptions } from "./virtual-deployment.ts";
import type { VirtualClient } from "./virtual-client.ts";

const ROOM = "lobby";

const enter = (options: DeploymentOptions = {}) => {
  const { deployment, instance } = startAlone(options);
  return { deployment, instance, client: instance.enter("Ada", ROOM) };
};

const flood = (client: VirtualClient, count: number) =>
  Array.from({ length: count }, (_, nth) => client.tryPost(ROOM, `message ${nth}`));

const acks = (client: VirtualClient): number => client.all("ack").length;

describe("messages", () => {
  it("[L1] messages beyond the burst are rate_limited and not stored; after retryAfterMs the next is stored", () => {
    const { deployment, client } = enter();
    const answers = flood(client, 30);
    const limited = answers.filter((answer) => answer.type === "error");
    expect(acks(client)).toBe(20);
    expect(limited).toHaveLength(10);
    for (const { code, retryAfterMs } of limited) expect([code, retryAfterMs]).toEqual(["rate_limited", 100]);
    expect(client.events(ROOM).filter(({ type }) => type === "message.posted")).toHaveLength(20);
    deployment.advance(99);
    expect(client.tryPost(ROOM, "too soon")).toMatchObject({ code: "rate_limited", retryAfterMs: 1 });
    deployment.advance(1);
    expect(client.post(ROOM, "after it").duplicate).toBe(false);
  });

  it("[L1] ten messages a second are never limited", () => {
    const { deployment, client } = enter();
    for (let second = 0; second < 60; second += 1) {
      flood(client, 10);
      deployment.advance(1_000);
    }
    expect(acks(client)).toBe(600);
    expect(client.all("error")).toEqual([]);
  });

  it("[L1] a long silence allows one burst, and no more", () => {
    const { deployment, client } = enter();
    flood(client, 20);
    deployment.advance(600_000);
    flood(client, 25);
    expect(acks(client)).toBe(40);
  });

  it("[L1] [I1] the limit comes before the values and the key, and covers edits, deletions and reactions", () => {
    const { client } = enter();
    const { id: message } = client.post(ROOM, "hi", { key: "k" });
    flood(client, 20);
    for (const frame of [
      { type: "post", text: "hi" },
      { type: "post", text: " " },
      { type: "edit", message, text: "ho" },
      { type: "react", message, emoji: "👍", on: true },
      { type: "delete", message },
    ]) {
      expect(client.ask({ room: ROOM, key: "k", ...frame })).toMatchObject({ code: "rate_limited" });
    }
  });

  it("[L1] each connection has its own bucket", () => {
    const { instance, client } = enter();
    flood(client, 25);
    const other = instance.enter("Bob", ROOM);
    expect(other.post(ROOM, "hi").duplicate).toBe(false);
  });
});

describe("other frames", () => {
  it("[L1] have their own limit: 200 at once, and 50 a second", () => {
    const { deployment, client } = enter();
    flood(client, 25);
    const ask = () => client.ask({ type: "history", room: ROOM, before: "1-1", limit: 1 }).type;
    const pages = (count: number): number =>
      Array.from({ length: count }, ask).filter((type) => type === "page").length;
    // The hello and the join took two of them.
    expect(pages(210)).toBe(198);
    deployment.advance(1_000);
    expect(pages(60)).toBe(50);
  });
});

describe("flooding", () => {
  it("[L1] a hundred refusals within ten seconds close with 4429, and disturb no other connection", () => {
    const { instance, client } = enter();
    const bystander = instance.enter("Bystander", ROOM);
    flood(client, 119);
    expect(client.open).toBe(true);
    client.say({ type: "post", ref: "last", room: ROOM, key: "last", text: "me!" });
    expect(client.closedWith).toBe(4429);
    const { seq } = bystander.post(ROOM, "quiet again");
    expect(bystander.events(ROOM).at(-1)).toMatchObject({ seq });
  });

  it("[L1] ninety-nine refusals in each ten seconds close nothing", () => {
    const { deployment, client } = enter();
    for (let round = 0; round < 5; round += 1) {
      flood(client, 20 + 99);
      deployment.advance(10_000);
    }
    expect(client.open).toBe(true);
    expect(client.all("error")).toHaveLength(5 * 99);
  });
});

describe("rooms", () => {
  it("[L2] a connection joins no room beyond the limit until it leaves another", () => {
    const { client } = enter({ roomsPerConnection: 3 });
    client.join("two");
    client.join("three");
    expect(client.ask({ type: "join", room: "four" })).toMatchObject({ code: "too_many_rooms" });
    expect(client.ask({ type: "leave", room: "two" }).type).toBe("left");
    expect(client.join("four").replay).toBe("recent");
  });
});
