/** A page in a browser in memory, as the tests of its stores start it, and what they often ask of it. */
import { parseRoomName, type Position, type RoomName } from "../../src/client/index.ts";
import type { RoomStore } from "../../web/store/room-store.ts";
import { accepted } from "../domain/given.ts";
import { MemoryBrowser, type Tab } from "./memory-browser.ts";

export const roomName = (name: string): RoomName => accepted(parseRoomName(name));
export const LOBBY = roomName("lobby");
export const OTHER = roomName("other");

export interface GivenPage {
  readonly browser: MemoryBrowser;
  readonly tab: Tab;
  /** The lobby. */
  readonly room: RoomStore;
}

/** Ada is signed in, in the lobby. Others have posted so many messages there before. */
export const givenPage = async (messages = 0): Promise<GivenPage> => {
  const browser = new MemoryBrowser();
  for (let nth = 1; nth <= messages; nth += 1) browser.service.post("lobby", `text ${nth}`);
  const tab = await browser.open();
  await tab.signIn("Ada", LOBBY);
  return { browser, tab, room: tab.room("lobby") };
};

/** Messages of others arrive. */
export const say = async (
  browser: MemoryBrowser,
  name: string,
  ...texts: readonly string[]
): Promise<void> => {
  for (const text of texts) browser.service.post(name, text);
  await browser.settle();
};

/** The texts of the messages that a room holds, in order. */
export const textsOf = ({ timeline }: RoomStore): readonly string[] => {
  const { items, message } = timeline.value;
  return items.flatMap((item) =>
    item.type === "message.posted" ? [message(item.id)?.text ?? "(deleted)"] : [],
  );
};

export const idOfText = ({ timeline }: RoomStore, text: string): Position => {
  const { items, message } = timeline.value;
  const item = items.find((each) => each.type === "message.posted" && message(each.id)?.text === text);
  if (item === undefined || item.type === "gap") throw new Error(`no message has the text ${text}`);
  return item.id;
};

/** Ada posts a message, and the log has it. */
export const posted = async ({ browser, room }: GivenPage, text: string): Promise<Position> => {
  room.commands.post(text, undefined);
  await browser.settle();
  return idOfText(room, text);
};
