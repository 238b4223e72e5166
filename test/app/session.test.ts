/**
 * One connection in virtual time: hello, frames that can't be served, heartbeats, and connections that are
 * dead.
 */
import { describe, expect, it } from "vitest";
import { startAlone, type DeploymentOptions } from "./virtual-deployment.ts";
import type { VirtualClient } from "./virtual-client.ts";

const connect = (options: DeploymentOptions = {}) => {
  const { deployment, instance } = startAlone(options);
  return { deployment, instance, client: instance.connect() };
};

const codes = (client: VirtualClient) => client.all("error").map(({ ref, code }) => [ref, code]);

describe("hello", () => {
  it("[W4] silence closes with 4400 after 10 s, within a step of the clock", () => {
    const { deployment, client } = connect();
    deployment.advance(9_999);
    expect(client.open).toBe(true);
    deployment.advance(1_001);
    expect(client.closedWith).toBe(4400);
  });

  it("[W4] [W5] bad names alone close with 4400 after 10 s", () => {
    const { deployment, client } = connect();
    client.say({ type: "hello", ref: "a", name: "\u202e" });
    deployment.advance(9_999);
    client.say({ type: "hello", ref: "b", name: "" });
    expect(codes(client)).toEqual([
      ["a", "bad_name"],
      ["b", "bad_name"],
    ]);
    deployment.advance(1_001);
    expect(client.closedWith).toBe(4400);
  });

  it("[W4] after hello, silence closes nothing", () => {
    const { deployment, client } = connect();
    client.hello("Ada");
    deployment.advance(600_000);
    expect(client.open).toBe(true);
  });

  it.each([
    `{"type":"join","ref":"a","room":"lobby"}`,
    `{"type":"typing","room":"lobby"}`,
    `{"type":"dance"}`,
    `{}`,
    `good day`,
  ])("[W4] %s as the first frame closes with 4400", (text) => {
    const { client } = connect();
    client.sayText(text);
    expect(client.closedWith).toBe(4400);
    expect(client.received).toEqual([]);
  });

  it("[W4] frames right after hello are served in order, after welcome", () => {
    const { instance, client } = connect();
    instance.process.turn(() => {
      client.sayText(`{"type":"hello","name":"Ada"}`);
      for (const room of ["one", "two"]) client.sayText(`{"type":"join","ref":"${room}","room":"${room}"}`);
      client.sayText(`{"type":"post","ref":"post","room":"two","key":"k","text":"hi"}`);
    });
    const answers = client.received.filter(({ type }) => type !== "events");
    expect(answers.map((frame) => ("ref" in frame ? frame.ref : frame.type))).toEqual([
      "welcome",
      "one",
      "two",
      "post",
    ]);
  });

  it("[W5] after a bad name, frames before a good hello are refused, and a good one is welcomed", () => {
    const { client } = connect();
    client.say({ type: "hello", name: "" });
    client.say({ type: "join", ref: "a", room: "lobby" });
    expect(codes(client)).toEqual([
      [undefined, "bad_name"],
      ["a", "bad_frame"],
    ]);
    expect(client.hello("Ada").user.name).toBe("Ada");
  });

  it("[A1] a token that was changed closes with 4401", () => {
    const { client } = connect();
    client.say({ type: "hello", name: "Ada", token: "bad" });
    expect(client.closedWith).toBe(4401);
  });
});

describe("a second hello", () => {
  it("[W8] answers welcome again, and may bring another name, which later events have", () => {
    const { client } = connect();
    const { user, token, connection } = client.hello("Ada");
    client.join("lobby");
    client.post("lobby", "as Ada");
    const again = client.hello("Countess", token);
    expect(again).toMatchObject({ user: { id: user.id, name: "Countess" }, connection });
    client.post("lobby", "as Countess");
    const posted = client.events("lobby").filter(({ type }) => type === "message.posted");
    expect(posted.map(({ by }) => by.name)).toEqual(["Ada", "Countess"]);
  });

  it("[W8] uses the token of the connection if it brings none", () => {
    const { client } = connect();
    const { user } = client.hello("Ada");
    expect(client.hello("Countess").user.id).toBe(user.id);
  });

  it("[W8] with another user's token it is forbidden, and the connection goes on as before", () => {
    const { instance, client } = connect();
    const other = instance.greet("Bob").last("welcome");
    const { user } = client.hello("Ada");
    client.say({ type: "hello", ref: "again", name: "Ada", token: other.token });
    expect(codes(client)).toEqual([["again", "forbidden"]]);
    client.join("lobby");
    client.post("lobby", "still Ada");
    expect(client.events("lobby").at(-1)?.by).toEqual(user);
  });

  it("[W8] a bad name is refused, and the connection goes on as before", () => {
    const { client } = connect();
    client.hello("Ada");
    client.say({ type: "hello", ref: "again", name: "" });
    expect(codes(client)).toEqual([["again", "bad_name"]]);
    expect(client.join("lobby").members).toMatchObject([{ name: "Ada" }]);
  });

  it("[W8] a fresh token before the old one expires lets the connection go on", () => {
    const { deployment, client } = connect({ tokenMs: 60_000 });
    client.hello("Ada");
    deployment.advance(59_000);
    client.hello("Ada");
    deployment.advance(59_000);
    expect(client.open).toBe(true);
    deployment.advance(2_000);
    expect(client.closedWith).toBe(4401);
  });
});

describe("bad frames", () => {
  it("[W5] get an error with their ref, and the connection stays open", () => {
    const { client } = connect();
    client.hello("Ada");
    client.sayText(`{"type":"dance","ref":"a"}`);
    client.sayText(`{"type":"join","ref":"b","room":7}`);
    client.sayText(`not JSON`);
    expect(codes(client)).toEqual([
      ["a", "bad_frame"],
      ["b", "bad_frame"],
      [undefined, "bad_frame"],
    ]);
    expect(client.join("lobby").replay).toBe("recent");
  });

  it("[W5] the tenth within a minute closes with 4400", () => {
    const { deployment, client } = connect();
    client.hello("Ada");
    for (let nth = 1; nth < 10; nth += 1) client.sayText("{}");
    deployment.advance(59_000);
    expect(client.open).toBe(true);
    client.sayText("{}");
    expect(client.closedWith).toBe(4400);
  });

  it("[W5] nine in each minute close nothing", () => {
    const { deployment, client } = connect();
    client.hello("Ada");
    for (let minute = 0; minute < 3; minute += 1) {
      for (let nth = 0; nth < 9; nth += 1) client.sayText("{}");
      deployment.advance(60_000);
    }
    expect(client.open).toBe(true);
    expect(codes(client)).toHaveLength(27);
  });
});

describe("heartbeats", () => {
  it("[W6] come every heartbeatMs, with the seq of the last event that was sent in each joined room", () => {
    const { deployment, client } = connect({ heartbeatMs: 10_000 });
    client.hello("Ada");
    client.join("one");
    client.join("two");
    const { seq } = client.post("one", "hi");
    deployment.advance(60_000);
    const beats = client.all("heartbeat");
    expect(beats.length).toBeGreaterThanOrEqual(5);
    expect(beats.length).toBeLessThanOrEqual(6);
    expect(beats.at(-1)?.heads).toEqual({ one: seq, two: 1 });
    client.ask({ type: "leave", room: "one" });
    deployment.advance(11_000);
    expect(client.last("heartbeat").heads).toEqual({ two: 1 });
  });

  it("[W6] a connection that answers no ping is ended after twice heartbeatMs, within a beat", () => {
    const { deployment, client } = connect({ heartbeatMs: 10_000 });
    client.hello("Ada");
    client.deaf = true;
    deployment.advance(19_000);
    expect(client.open).toBe(true);
    deployment.advance(12_000);
    expect(client.closedWith).toBe(1006);
  });

  it("[W6] a connection that is silent and answers pings is not ended", () => {
    const { deployment, client } = connect({ heartbeatMs: 10_000 });
    client.hello("Ada");
    deployment.advance(600_000);
    expect(client.open).toBe(true);
  });

  it("[W6] a slow reader is ended only if it reads nothing", () => {
    const { deployment, client } = connect({ heartbeatMs: 10_000 });
    client.hello("Ada");
    client.deaf = true;
    for (client.unsent = 100; client.unsent > 90; client.takeIn(1)) deployment.advance(11_000);
    expect(client.open).toBe(true);
    deployment.advance(31_000);
    expect(client.closedWith).toBe(1006);
  });

  it("[W6] a pause of this process ends no connection", () => {
    const { deployment, instance, client } = connect({ heartbeatMs: 10_000 });
    client.hello("Ada");
    instance.process.freeze();
    deployment.advance(300_000);
    instance.process.thaw();
    deployment.advance(60_000);
    expect(client.open).toBe(true);
    client.deaf = true;
    deployment.advance(31_000);
    expect(client.closedWith).toBe(1006);
  });
});
