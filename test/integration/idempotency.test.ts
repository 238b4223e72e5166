/**
 * Tests of SPEC, Idempotency: a key is appended once, even if it is repeated or comes with another command.
 */
import { describe, expect, it } from "vitest";
import { ServerFixture, LOGS, newRoom } from "../support/server-fixture.ts";
import { readLog } from "../support/log-over-http.ts";

describe.each(LOGS)("idempotency, on %s", (log) => {
  const fixture = new ServerFixture(log);

  it("[I1] the same key sent 50 times at once, by connections of one user, is appended once", async () => {
    const room = newRoom();
    const { welcome } = await fixture.greet("Ada");
    const clients = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const { client } = await fixture.greet("Ada", welcome.token);
        await client.join(room);
        return client;
      }),
    );
    const acks = await Promise.all(
      Array.from({ length: 10 }, () =>
        clients.map((client) => client.post(room, "once", { key: "k" })),
      ).flat(),
    );
    expect(new Set(acks.map(({ id, seq }) => `${id} ${seq}`)).size).toBe(1);
    expect(acks.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    const events = await readLog(fixture.server.url, room);
    expect(events.filter((event) => "key" in event)).toHaveLength(1);
  });

  it("[I1] a later answer has the first id and seq, even for another command", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const first = await ada.post(room, "first", { key: "k" });
    const { id: message } = await ada.post(room, "another");
    for (const frame of [
      { type: "post", text: "first" },
      { type: "post", text: "something else" },
      { type: "edit", message, text: "something else" },
      { type: "delete", message },
      { type: "react", message, emoji: "👍", on: true },
    ]) {
      const ack = await ada.ask("ack", { room, key: "k", ...frame });
      expect(ack).toMatchObject({ id: first.id, seq: first.seq, duplicate: true });
    }
    const events = await readLog(fixture.server.url, room);
    expect(events.filter((event) => "key" in event)).toHaveLength(2);
    expect(events.find(({ id }) => id === first.id)).toMatchObject({ text: "first" });
  });

  it("[I1] the same key of another user or in another room is another key", async () => {
    const [room, other] = [newRoom(), newRoom()];
    const ada = await fixture.enter("Ada", room);
    const bob = await fixture.enter("Ada", room);
    await ada.join(other);
    const acks = [
      await ada.post(room, "hi", { key: "k" }),
      await bob.post(room, "hi", { key: "k" }),
      await ada.post(other, "hi", { key: "k" }),
      await ada.post(room, "hi", { key: "K" }),
    ];
    expect(acks.map(({ duplicate }) => duplicate)).toEqual([false, false, false, false]);
  });

  it("[I1] the values and the room's state are checked before the key", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const { id: message } = await ada.post(room, "hi", { key: "k" });
    const post = { type: "post", room, key: "k", text: " " };
    expect(await ada.request(post)).toMatchObject({ type: "error", code: "bad_text" });
    const erase = { type: "delete", room, key: "d", message };
    expect(await ada.request(erase)).toMatchObject({ type: "ack", duplicate: false });
    expect(await ada.request(erase)).toMatchObject({ type: "error", code: "not_found" });
    const edit = { type: "edit", room, key: "k", message, text: "too late" };
    expect(await ada.request(edit)).toMatchObject({ type: "error", code: "not_found" });
    expect(await ada.request({ ...post, text: "hi" })).toMatchObject({ type: "ack", duplicate: true });
  });

  it.each(["", " ", "a b", "k\u0000", "schlüssel", "k".repeat(65)])(
    "[I1] the key %j is bad_key",
    async (key) => {
      const room = newRoom();
      const ada = await fixture.enter("Ada", room);
      const post = { type: "post", room, key, text: "hi" };
      expect(await ada.request(post)).toMatchObject({ type: "error", code: "bad_key" });
    },
  );

  it("[I1] every printable ASCII character may be in a key, and it comes back in the event", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const printable = String.fromCodePoint(...Array.from({ length: 94 }, (_, index) => index + 0x21));
    for (const key of [printable.slice(0, 64), printable.slice(64)]) {
      const { id } = await ada.post(room, "hi", { key });
      expect(await ada.event(room, (event) => event.id === id)).toMatchObject({ key });
      expect((await ada.post(room, "hi", { key })).duplicate).toBe(true);
    }
  });
});
