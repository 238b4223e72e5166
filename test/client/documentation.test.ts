/**
 * The examples of docs/client.md, run as they are written there.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CommandFailed } from "../../src/client/outbox/command-failed.ts";
import { servedWorld } from "./given.ts";
import { textsOf } from "./service.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const linesOf = (text: string): readonly string[] => text.split("\n").map((line) => line.trim());

/** The lines of code in the document, without the imports and the calls of `connect`. */
const documented = [...read("../../docs/client.md").matchAll(/```ts\n(.*?)```/gs)]
  .flatMap(([, code = ""]) => linesOf(code))
  .filter((line) => line !== "" && !line.startsWith("import ") && !line.includes("connect("));

describe("docs/client.md", () => {
  test("[D1] a chat in ten lines", async () => {
    const { chat, service } = servedWorld();
    const heard: unknown[][] = [];
    const console = { log: (...said: unknown[]) => heard.push(said) };
    const room = chat.join("lobby");
    room.on("message", (m) => console.log(m.author.name, m.text));
    await room.post("Hello");
    chat.close();
    expect(heard).toEqual([["Ada", "Hello"]]);
    expect(textsOf(service.log("lobby"))).toEqual(["Hello"]);
  });

  test("[R2] [R3] changes", () => {
    const { chat, service, wires, clock } = servedWorld();
    const heard: unknown[] = [];
    const console = { log: (...said: unknown[]) => heard.push(said.at(-1)) };
    const room = chat.join("lobby");
    room.subscribe((change) => {
      switch (change.type) {
        case "appended":
          for (const item of change.items) console.log(item.type);
          break;
        case "message":
          console.log(change.id, change.message?.text);
          break;
        case "caughtUp":
          console.log(`caught up on ${change.messages} messages`);
          break;
        case "reset":
          if (change.gap !== undefined) console.log(`events may be missing: ${change.gap.reason}`);
          break;
      }
    });
    wires.last.cut();
    service.post("lobby", "while away");
    clock.advance(1_000);
    wires.last.cut();
    for (let n = 0; n < 60; n += 1) service.post("lobby", `${n}`);
    service.trim("lobby", 50);
    clock.advance(2_000);
    expect(heard.slice(0, 3)).toEqual(["message.posted", "while away", "caught up on 1 messages"]);
    expect(heard).toContain("events may be missing: trimmed");
  });

  test("[V3] failures", async () => {
    const { chat } = servedWorld();
    const heard: unknown[] = [];
    const console = { log: (...said: unknown[]) => heard.push(said[0]) };
    const room = chat.join("lobby");
    const text = "";
    try {
      await room.post(text);
    } catch (error) {
      if (error instanceof CommandFailed) console.log(error.code, error.message);
    }
    expect(heard).toEqual(["bad_text"]);
  });

  test("[R2] positions", () => {
    const { chat, service } = servedWorld();
    const saved = service.post("lobby", "old").id;
    service.post("lobby", "new");
    const heard: unknown[] = [];
    const console = { log: (...said: unknown[]) => heard.push(said) };
    const room = chat.join("lobby", { after: saved });
    room.on("message", (m) => console.log(m.seq, m.text));
    service.post("lobby", "newer");
    expect(heard).toEqual([[3, "newer"]]);
  });

  test("[R2] cached events", () => {
    const { chat, service } = servedWorld();
    const events = [service.post("lobby", "one"), service.post("lobby", "two")];
    service.post("lobby", "three");
    const room = chat.join("lobby", { cached: { events, hasOlder: true, isOld: false } });
    expect(room.items).toEqual(service.log("lobby"));
  });

  test("[W7] this file runs every line of the document", () => {
    const here = new Set(linesOf(read("documentation.test.ts")));
    expect(documented.length).toBeGreaterThan(20);
    expect(documented.filter((line) => !here.has(line))).toEqual([]);
  });
});
