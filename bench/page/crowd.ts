/**
 * How long the page's main thread is taken by a room of 10,000 members with long names: while it is opened, while people come and go, and while a message comes in;
 * beside it the same for a room of few whose members come and go all at once, and for a quiet one.
 */
import { setTimeout as wait } from "node:timers/promises";
import { connect } from "../../src/client/index.ts";
import { fillRoom } from "../../test/support/crowd.ts";
import { RawSocket } from "../raw-socket.ts";
import { Readers } from "./reader.ts";
import { settled } from "./settled.ts";
import { described, longestTask, median, NO_TASK, type Task } from "./tasks.ts";

const CROWD = 10_000;
/** Fewer than those from whom on newcomers are counted only, with the ones who move. */
const FEW = 60;
const MOVING = 100;
const TURNS = 5;
const BETWEEN_MS = 500;

const ROOMS = { quiet: 0, lively: FEW, crowd: CROWD } as const;
type RoomName = keyof typeof ROOMS;

const longName = (nth: number): string => `${"W".repeat(34)} ${nth}`;

export const measureCrowd = async (runs: number): Promise<void> => {
  const readers = await Readers.start(async (folder) => {
    for (const [name, many] of Object.entries(ROOMS)) await fillRoom(folder, name, many, longName);
  });
  const chat = connect({ url: readers.instance.webSocketUrl, name: "Bench" });
  try {
    const movers: RawSocket[] = [];
    for (let nth = 0; nth < MOVING; nth += 1) {
      const socket = await RawSocket.open(readers.instance.port);
      socket.send(JSON.stringify({ type: "hello", name: `${"M".repeat(34)} ${nth}` }));
      movers.push(socket);
    }
    const all = (frame: object): void => {
      for (const mover of movers) mover.send(JSON.stringify({ ref: "move", ...frame }));
    };
    const usual = new Map<string, number>();
    for (const room of ["quiet", "lively", "crowd"] satisfies readonly RoomName[]) {
      const tasks = new Map<string, Task[]>();
      let elements = 0;
      for (let n = 0; n < runs; n += 1) {
        const page = await readers.page();
        const measure = async (deed: string, act: () => Promise<unknown>): Promise<void> => {
          const task = await longestTask(readers.browser, page, async () => {
            await act();
            await settled(page);
          });
          tasks.set(deed, [...(tasks.get(deed) ?? []), task]);
        };
        await measure("is opened", async () => {
          await readers.enter(page, `/r/${room}`);
          await page.locator(".connection-status.live").waitFor({ state: "attached" });
        });
        await measure("people come and go", async () => {
          for (let turn = 0; turn < TURNS; turn += 1) {
            if (room !== "quiet") all({ type: turn % 2 === 0 ? "join" : "leave", room });
            await wait(BETWEEN_MS);
          }
        });
        elements = await page.locator(".people li").count();
        await measure("a message comes", async () => {
          const { id } = await chat.join(room).post("An ordinary message");
          await page.locator(`[data-id="${id}"]`).waitFor({ state: "attached" });
        });
        await page.context().close();
        all({ type: "leave", room });
        await wait(BETWEEN_MS);
      }
      console.log(`a ${room} room: ${ROOMS[room]} members, ${elements} of them listed on the page`);
      for (const [deed, each] of tasks) {
        const task = median(each) ?? NO_TASK;
        if (room === "quiet") usual.set(deed, task.ms);
        console.log(
          `  ${deed}: ${described(task)}; ${(task.ms / (usual.get(deed) ?? Number.NaN)).toFixed(1)} times a quiet one`,
        );
      }
    }
  } finally {
    chat.close();
    await readers.end();
  }
};
