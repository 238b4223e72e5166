/**
 * A minimal reader of Server-Sent Events (H1): blocks of `field: value` lines, each followed by an empty
 * line.
 */
export interface StreamedEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** How long a test waits before it fails: far longer than anything takes on a busy machine. */
const WITHIN_MS = 20_000;

export class EventStream {
  readonly response: Response;
  readonly #abort: AbortController;
  readonly #events: AsyncGenerator<StreamedEvent, void>;

  private constructor(response: Response, abort: AbortController) {
    this.response = response;
    this.#abort = abort;
    this.#events = read(response);
  }

  static async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<EventStream> {
    const abort = new AbortController();
    const accept = { accept: "text/event-stream" };
    const response = await fetch(url, { headers: { ...accept, ...headers }, signal: abort.signal });
    return new EventStream(response, abort);
  }

  async next(): Promise<StreamedEvent> {
    const late = setTimeout(() => this.#abort.abort(new Error("no event came in time")), WITHIN_MS);
    const { value } = await this.#events.next();
    clearTimeout(late);
    if (value === undefined) throw new Error("the stream has ended");
    return value;
  }

  async take(count: number): Promise<readonly StreamedEvent[]> {
    const events: StreamedEvent[] = [];
    while (events.length < count) events.push(await this.next());
    return events;
  }

  close(): void {
    this.#abort.abort();
  }
}

async function* read(response: Response): AsyncGenerator<StreamedEvent, void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parse(block);
      if (event !== undefined) yield event;
    }
  }
}

/** A block without data is no event, for example a comment that keeps the connection alive. */
const parse = (block: string): StreamedEvent | undefined => {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const [, name = "", value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    fields.set(name, name === "data" && fields.has(name) ? `${fields.get(name)}\n${value}` : value);
  }
  const data = fields.get("data");
  if (data === undefined) return undefined;
  return { id: fields.get("id"), event: fields.get("event") ?? "message", data };
};
