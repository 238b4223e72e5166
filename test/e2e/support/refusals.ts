/**
 * Refuses posts of one page in place of the server, with errors that a server gives rarely. Passes everything
 * else on.
 */
import type { ErrorCode } from "../../../src/wire/protocol.ts";
import type { Person } from "./person.ts";

export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number;
}

export class Refusals {
  /** The refusal for each text. A post with this text is refused until the text is removed from here. */
  readonly refused = new Map<string, Refusal>();

  /** Must be called before the page loads: the connections of a loaded page are not routed. */
  static async of(person: Person): Promise<Refusals> {
    const refusals = new Refusals();
    await person.page.routeWebSocket(/\/ws$/, (page) => {
      const server = page.connectToServer();
      page.onMessage((words) => {
        const frame = JSON.parse(String(words));
        const refusal = frame.type === "post" ? refusals.refused.get(frame.text) : undefined;
        if (refusal !== undefined) {
          page.send(JSON.stringify({ type: "error", ref: frame.ref, ...refusal }));
        } else {
          server.send(words);
        }
      });
    });
    return refusals;
  }
}
