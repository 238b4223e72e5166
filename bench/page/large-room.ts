/**
 * Measures how long a room of 10,000 members with long names blocks the page's main thread: while it is
 * opened, while members join and leave, and while a message is received. It compares this with a small room
 * whose members all join and leave at once, and with a quiet room.
 */
import { setTimeout as wait } from "node:timers/promises";
import { connect } from "../../src/client/index.ts";
import { fillRoom } from "../../test/support/large-room.ts";
import { RawSocket } from "../raw-socket.ts";
import { PageBench } from "./page-bench.ts";
import { settled } from "./settled.ts";
import { described, longestTask, median, NO_TASK, type Task } from "./tasks.ts";

const MANY = 10_000;
/** Together with MOVING these are fewer members than those of a large room, so all of them are listed. */
const FEW = 60;
const MOVING = 100;
const TURNS = 5;
const BETWEEN_MS = 500;

const ROOMS = { quiet: 0, busy: FEW, large: MANY } as const;
type RoomName = keyof typeof ROOMS;

const longName = (nth: number): string => `${"W".repeat(34)} ${nth}`;

export const measureLargeRoom = async (runs: number): Promise<void> => {
  const bench = await PageBench.start(async (folder) => {
    for (const [name, many] of Object.entries(ROOMS)) await fillRoom(folder, name, many, longName);
  });
  const chat = connect({ url: bench.instance.webSocketUrl, name: "Bench" });
  try {
    const movers: RawSocket[] = [];
    for (let nth = 0; nth < MOVING; nth += 1) {
      const socket = await RawSocket.open(bench.instance.port);
      socket.send(JSON.stringify({ type: "hello", name: `${"M".repeat(34)} ${nth}` }));
      movers.push(socket);
    }
    const all = (frame: object): void => {
      for (const mover of movers) mover.send(JSON.stringify({ ref: "move", ...frame }));
    };
    const usual = new Map<string, number>();
    for (const room of ["quiet", "busy", "large"] satisfies readonly RoomName[]) {
      const tasks = new Map<string, Task[]>();
      let elements = 0;
      for (let n = 0; n < runs; n += 1) {
        const page = await bench.page();
        const measure = async (action: string, act: () => Promise<unknown>): Promise<void> => {
          const task = await longestTask(bench.browser, page, async () => {
            await act();
            await settled(page);
          });
          tasks.set(action, [...(tasks.get(action) ?? []), task]);
        };
        await measure("open", async () => {
          await bench.enter(page, `/r/${room}`);
          await page.locator(".connection-status.live").waitFor({ state: "attached" });
        });
        await measure("members join and leave", async () => {
          for (let turn = 0; turn < TURNS; turn += 1) {
            if (room !== "quiet") all({ type: turn % 2 === 0 ? "join" : "leave", room });
            await wait(BETWEEN_MS);
          }
        });
        elements = await page.locator(".people li").count();
        await measure("receive a message", async () => {
          const { id } = await chat.join(room).post("An ordinary message");
          await page.locator(`[data-id="${id}"]`).waitFor({ state: "attached" });
        });
        await page.context().close();
        all({ type: "leave", room });
        await wait(BETWEEN_MS);
      }
      console.log(`a ${room} room: ${ROOMS[room]} members, ${elements} of them listed on the page`);
      for (const [action, each] of tasks) {
        const task = median(each) ?? NO_TASK;
        if (room === "quiet") usual.set(action, task.ms);
        console.log(
          `  ${action}: ${described(task)}; ${(task.ms / (usual.get(action) ?? Number.NaN)).toFixed(1)} times that of a quiet room`,
        );
      }
    }
  } finally {
    chat.close();
    await bench.end();
  }
};
