/**
 * The attacks: what a stranger may try with a few requests. Each goes on until its signal aborts, and waits
 * a moment between its rounds, so that two cores are enough for the service, the attack and the bystanders.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { say, type Attacker } from "./attacker.ts";

export interface Attack {
  readonly name: string;
  readonly run: (attacker: Attacker, until: AbortSignal) => Promise<void>;
}

const UPGRADE = [
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
] as const;

const rounds = async (
  until: AbortSignal,
  pauseMs: number,
  round: (nth: number) => Promise<void>,
): Promise<void> => {
  for (let nth = 0; !until.aborted; nth += 1) {
    await round(nth);
    await wait(pauseMs);
  }
};

const times = <T>(count: number, make: (nth: number) => T): T[] =>
  Array.from({ length: count }, (_, nth) => make(nth));

/** Sends a request that nobody reads the answer of, and leaves it open for a while. */
const abandon = async (attacker: Attacker, head: string): Promise<void> => {
  const socket = await attacker.raw();
  socket?.pause();
  socket?.write(head);
  setTimeout(() => socket?.destroy(), 1_500);
};

const LONG = "long ".repeat(750);

export const ATTACKS: readonly Attack[] = [
  {
    name: "event streams that nobody reads (HEAD, Upgrade, hung up)",
    run: (attacker, until) =>
      rounds(until, 100, async (nth) => {
        const path = `/api/rooms/stream-${nth % 5}/events?after=0-0`;
        const accept = "Accept: text/event-stream";
        await Promise.all([
          abandon(attacker, attacker.requestHead("HEAD", path, accept)),
          abandon(attacker, attacker.requestHead("GET", path, accept, ...UPGRADE)),
          abandon(attacker, attacker.requestHead("GET", path, accept)),
        ]);
      }),
  },
  {
    name: "page assets with an upgrade",
    run: (attacker, until) =>
      rounds(until, 50, async () => {
        await abandon(attacker, attacker.requestHead("GET", "/", ...UPGRADE));
        await abandon(attacker, attacker.requestHead("GET", "/sw.js", ...UPGRADE));
      }),
  },
  {
    name: "bodies of 30 MB in chunks",
    run: (attacker, until) =>
      rounds(until, 300, async () => {
        const body = new ReadableStream<Uint8Array>({
          pull: (controller) => {
            controller.enqueue(new Uint8Array(1_000_000));
            if ((sent += 1) >= 30) controller.close();
          },
        });
        let sent = 0;
        const streaming: RequestInit & { duplex: "half" } = { method: "POST", body, duplex: "half" };
        await (await attacker.request("/api/guests", streaming))?.text();
      }),
  },
  {
    name: "a client that asks and never reads",
    run: (attacker, until) =>
      rounds(until, 500, async () => {
        const socket = await attacker.open("Deaf");
        if (socket === undefined) return;
        say(socket, { type: "join", ref: "j", room: "deaf" });
        for (const nth of times(15, (nth) => nth)) {
          say(socket, { type: "post", ref: `p${nth}`, room: "deaf", key: randomUUID(), text: LONG });
        }
        socket.pause();
        for (const nth of times(60, (nth) => nth)) {
          say(socket, {
            type: "history",
            ref: `h${nth}`,
            room: "deaf",
            before: "9999999999999-0",
            limit: 500,
          });
        }
        setTimeout(() => socket.terminate(), 4_000);
      }),
  },
  {
    name: "many rooms of long messages",
    run: (attacker, until) =>
      rounds(until, 100, async (nth) => {
        const socket = await attacker.open("Long");
        if (socket === undefined) return;
        const rooms = times(10, (at) => `long-${(nth * 10 + at) % 60}`);
        for (const room of rooms) {
          say(socket, { type: "join", ref: room, room });
          say(socket, { type: "post", ref: "p", room, key: randomUUID(), text: LONG });
        }
        await wait(300);
        socket.close(1000);
      }),
  },
  {
    name: "new guests who post, and invented rooms",
    run: (attacker, until) =>
      rounds(until, 20, async (nth) => {
        const guest = await attacker.request("/api/guests", {
          method: "POST",
          body: JSON.stringify({ name: "Guest" }),
        });
        const answer: unknown = guest?.ok === true ? await guest.json() : await guest?.text();
        const token =
          typeof answer === "object" && answer !== null && "token" in answer ? String(answer.token) : "x";
        const posted = await attacker.request(`/api/rooms/invented-${nth}/messages`, {
          method: "POST",
          body: JSON.stringify({ text: "hello" }),
          headers: { authorization: `Bearer ${token}` },
        });
        await posted?.text();
      }),
  },
  {
    name: "other names, joins and leaves in turn, and typing",
    run: (attacker, until) =>
      rounds(until, 200, async (nth) => {
        const socket = await attacker.open("Changing");
        if (socket === undefined) return;
        for (const at of times(40, (at) => at))
          say(socket, { type: "join", ref: `${at}`, room: `change-${at}` });
        for (const at of times(40, (at) => at)) {
          say(socket, { type: "hello", name: `Name ${nth} ${at}` });
          say(socket, { type: "typing", room: "change-0" });
          say(socket, { type: "leave", ref: `l${at}`, room: `change-${at}` });
          say(socket, { type: "join", ref: `r${at}`, room: `change-${at}` });
        }
        await wait(500);
        socket.terminate();
      }),
  },
  {
    name: "20 connections that flood, and come back",
    run: async (attacker, until) => {
      await Promise.all(
        times(20, () =>
          rounds(until, 50, async () => {
            const socket = await attacker.open("Flood");
            if (socket === undefined) return;
            say(socket, { type: "join", ref: "j", room: "flood" });
            while (!until.aborted && socket.readyState === socket.OPEN) {
              for (const nth of times(200, (nth) => nth)) {
                say(socket, { type: "post", ref: `${nth}`, room: "flood", key: randomUUID(), text: "flood" });
              }
              await wait(20);
            }
          }),
        ),
      );
    },
  },
  {
    name: "messages in thousands of fragments",
    run: (attacker, until) =>
      rounds(until, 100, async () => {
        const socket = await attacker.open("Fragments");
        if (socket === undefined) return;
        for (const last of times(16_000, (nth) => nth === 15_999)) socket.send("x", { fin: last });
        await wait(200);
        socket.terminate();
      }),
  },
  {
    name: "tokens and frames that are garbage",
    run: (attacker, until) =>
      rounds(until, 50, async () => {
        const socket = await attacker.open("Garbage");
        if (socket === undefined) return;
        for (const text of [
          "{",
          "[]",
          '{"type":5}',
          `{"type":"hello","name":"x","token":"${"y".repeat(2_000)}"}`,
        ]) {
          if (socket.readyState === socket.OPEN) socket.send(text);
        }
        await wait(50);
        socket.terminate();
        await (
          await attacker.request("/api/rooms/x/events", { headers: { authorization: "Bearer a.b.c" } })
        )?.text();
      }),
  },
];
