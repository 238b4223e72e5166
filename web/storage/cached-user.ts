/** As who one was here last, so that one's own messages are one's own without the network too. */
import type { Author } from "../../src/domain/event.ts";
import { decodeAuthor } from "../../src/log/decode-event.ts";
import { read } from "./saved-values.ts";

export const keptMe = (): Author | undefined => {
  try {
    return decodeAuthor(JSON.parse(read("me") ?? "null"));
  } catch {
    return undefined;
  }
};
