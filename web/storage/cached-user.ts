/** The user as the server last named them. It lets own messages be recognised offline. */
import type { Author } from "../../src/client/index.ts";
import { decodeAuthor } from "../../src/log/decode-event.ts";
import type { SavedValues } from "./saved-values.ts";

const NAME = "me";

export const readCachedUser = (saved: SavedValues): Author | undefined => {
  try {
    return decodeAuthor(JSON.parse(saved.read(NAME) ?? "null"));
  } catch {
    return undefined;
  }
};

export const cacheUser = (saved: SavedValues, user: Author): void => saved.write(NAME, JSON.stringify(user));
