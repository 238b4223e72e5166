/**
 * Refusals that a server gives rarely, given to one person's page in its place. All else goes between the page and the server as it is.
 */
import type { ErrorCode } from "../../../src/wire/protocol.ts";
import type { Person } from "./person.ts";

export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number;
}

export class Answers {
  /** By the text of a post: each is refused as often as it is sent, until it is taken out of here. */
  readonly refused = new Map<string, Refusal>();

  /** From before the page is there: the connections of one that was loaded already stay as they are. */
  static async of(person: Person): Promise<Answers> {
    const answers = new Answers();
    await person.page.routeWebSocket(/\/ws$/, (page) => {
      const server = page.connectToServer();
      page.onMessage((words) => {
        const frame = JSON.parse(String(words));
        const refusal = frame.type === "post" ? answers.refused.get(frame.text) : undefined;
        if (refusal !== undefined) {
          page.send(JSON.stringify({ type: "error", ref: frame.ref, ...refusal }));
        } else {
          server.send(words);
        }
      });
    });
    return answers;
  }
}
