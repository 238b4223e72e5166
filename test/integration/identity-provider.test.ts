/**
 * A2 and A3 on a real process: who gets in by a token of a provider, and what that person may do.
 */
import { SignJWT, type JWTPayload } from "jose";
import { describe, expect, it } from "vitest";
import { request } from "../support/http-client.ts";
import { newRoom, ServerFixture } from "../support/server-fixture.ts";
import { WireClient } from "../support/wire-client.ts";

const SECRET = "a secret of the provider, thirty-two bytes or more";

const tokenOf = (sub: string, payload: JWTPayload = {}, seconds = 600): Promise<string> =>
  new SignJWT({ sub, name: sub, ...payload })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(new TextEncoder().encode(SECRET));

describe("a service with an identity provider", () => {
  const fixture = new ServerFixture("the embedded log", { AUTH_SECRET: SECRET, AUTH_AUDIENCE: "chat" });
  const good = (sub: string, payload: JWTPayload = {}, seconds?: number) =>
    tokenOf(sub, { aud: "chat", ...payload }, seconds);

  const connect = async (hello: object): Promise<WireClient> => {
    const client = await WireClient.connect(fixture.server.webSocketUrl);
    fixture.lifetime.own(client, ({ socket }) => socket.terminate());
    client.send({ type: "hello", name: "Hello", ...hello });
    return client;
  };

  it("[A2] welcomes the user of the token, gives the token back, and keeps guests out", async () => {
    const token = await good("ann");
    const client = await connect({ token });
    expect(await client.next("welcome")).toMatchObject({ user: { id: "ann", name: "ann" }, token });
    for (const hello of [{}, { token: "a.b.c" }, { token: await tokenOf("ann", { aud: "mail" }) }]) {
      expect((await (await connect(hello)).closed).code).toBe(4401);
    }
    const guest = await request(`${fixture.server.url}/api/guests`, {
      method: "POST",
      body: '{"name":"Eve"}',
    });
    expect(guest).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });

  it("[A2] ends a connection with 4401 when its token expires, unless a fresh one came before", async () => {
    const [renewed, expired] = [
      await connect({ token: await good("ann", {}, 3) }),
      await connect({ token: await good("ben", {}, 3) }),
    ];
    await Promise.all([renewed.next("welcome"), expired.next("welcome")]);
    renewed.send({ type: "hello", name: "Hello", token: await good("ann") });
    await renewed.next("welcome");
    expect((await expired.closed).code).toBe(4401);
    renewed.send({ type: "hello", name: "Hello", token: "garbage" });
    expect((await renewed.closed).code).toBe(4401);
  });

  it("[A2] [H1] [H2] over HTTP reading and posting need a token, and a stream ends with it", async () => {
    const room = newRoom();
    const events = `${fixture.server.url}/api/rooms/${room}/events`;
    expect((await request(events)).status).toBe(401);
    const authorization = `Bearer ${await good("ann", {}, 2)}`;
    expect((await request(events, { headers: { authorization } })).status).toBe(200);
    const stream = await fetch(events, { headers: { authorization, accept: "text/event-stream" } });
    expect(stream.status).toBe(200);
    await stream.text();
    const post = { method: "POST", body: '{"text":"hello"}' };
    expect((await request(`${fixture.server.url}/api/rooms/${room}/messages`, post)).status).toBe(401);
  });

  it("[A3] the rooms claim says who may read and write which room, for every way in", async () => {
    const [open, closed, other] = [newRoom(), newRoom(), newRoom()];
    const token = await good("ann", { rooms: [`write:${open}`, `read:${closed}`, "nonsense"] });
    const client = await connect({ token });
    client.send({ type: "join", ref: "1", room: open });
    client.send({ type: "join", ref: "2", room: closed });
    client.send({ type: "join", ref: "3", room: other });
    expect(await client.next("error")).toMatchObject({ ref: "3", code: "forbidden" });
    await client.next("joined", ({ room }) => room === open);
    await client.next("joined", ({ room }) => room === closed);
    client.send({ type: "post", ref: "4", room: closed, key: "k", text: "may I?" });
    client.send({ type: "typing", room: closed });
    client.send({ type: "post", ref: "5", room: open, key: "k", text: "I may" });
    expect(await client.next("error")).toMatchObject({ ref: "4", code: "forbidden" });
    expect(await client.next("error")).toMatchObject({ code: "forbidden" });
    expect(await client.next("ack")).toMatchObject({ ref: "5" });
    const authorization = `Bearer ${token}`;
    const at = (room: string, path: string) => `${fixture.server.url}/api/rooms/${room}/${path}`;
    const post = { method: "POST", body: '{"text":"hello"}', headers: { authorization } };
    expect((await request(at(closed, "messages"), post)).status).toBe(403);
    expect((await request(at(other, "events"), { headers: { authorization } })).status).toBe(403);
    expect((await request(at(closed, "events"), { headers: { authorization } })).status).toBe(200);
  });

  it("[A3] a later hello with fewer rights leaves the rooms that may no longer be read", async () => {
    const [kept, lost] = [newRoom(), newRoom()];
    const client = await connect({ token: await good("ann", { rooms: [`write:${kept}`, `write:${lost}`] }) });
    for (const room of [kept, lost]) client.send({ type: "join", ref: room, room });
    await client.next("joined", ({ room }) => room === kept);
    await client.next("joined", ({ room }) => room === lost);
    client.send({ type: "hello", name: "Hello", token: await good("ann", { rooms: [`write:${kept}`] }) });
    expect(await client.next("left")).toEqual({ type: "left", room: lost, reason: "forbidden" });
    client.send({ type: "post", ref: "p", room: lost, key: "k", text: "still here?" });
    expect(await client.next("error")).toMatchObject({ ref: "p", code: "not_joined" });
    client.send({ type: "post", ref: "q", room: kept, key: "k", text: "here" });
    expect(await client.next("ack")).toMatchObject({ ref: "q" });
  });
});
