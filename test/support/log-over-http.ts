/**
 * Reads the whole log of a room over HTTP (H2). Tests compare what the clients saw with it.
 */
import { exactly, PageSchema, type Event } from "./wire-schema.ts";

export const eventsUrl = (url: string, room: string, query: Readonly<Record<string, string>> = {}): string =>
  `${url}/api/rooms/${encodeURIComponent(room)}/events?${new URLSearchParams(query)}`;

export const readPage = async (
  url: string,
  room: string,
  query: Readonly<Record<string, string>> = {},
): Promise<typeof PageSchema.Type> => {
  const response = await fetch(eventsUrl(url, room, query), { headers: { accept: "application/json" } });
  if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  return exactly(PageSchema, await response.json());
};

/** All events of a room from which nothing has been trimmed. */
export const readLog = async (url: string, room: string): Promise<readonly Event[]> => {
  const log: Event[] = [];
  let after = "0-0";
  for (;;) {
    const page = await readPage(url, room, { after, limit: "500" });
    log.push(...page.events);
    after = page.events.at(-1)?.id ?? after;
    if (!page.more) return log;
  }
};
