/**
 * Finds what is due on a connection: to close it, because a deadline has passed, or to ask it to move
 * (W4, G1 to G4, A2).
 */
import type { GoAway } from "../../domain/going-away.ts";
import { CLOSE, HELLO_WITHIN_MS, type CloseCode } from "../../wire/protocol.ts";
import type { Greeted } from "../ports/identity.ts";
import type { Lifetime } from "./lifetime.ts";

export type Deadline =
  | { readonly tag: "close"; readonly code: CloseCode; readonly reason: string }
  | { readonly tag: "goAway"; readonly goAway: GoAway };

const close = (code: CloseCode, reason: string): Deadline => ({ tag: "close", code, reason });

/** `greeted`: the user, if a `hello` has been answered with `welcome`. */
export const deadlineOf = (
  lifetime: Lifetime,
  greeted: Greeted | undefined,
  now: number,
): Deadline | undefined => {
  if (greeted === undefined && now - lifetime.openedAt >= HELLO_WITHIN_MS) {
    return close(CLOSE.brokeProtocol, "No hello came within 10 seconds.");
  }
  const due = lifetime.due(now, greeted?.expiresAt);
  switch (due?.tag) {
    case "moved":
      return close(CLOSE.moved, "Please open a new connection.");
    case "expired":
      return close(CLOSE.unauthenticated, "The token has expired.");
    case "rotate":
      return greeted === undefined ? undefined : { tag: "goAway", goAway: due.goAway };
    case undefined:
      return undefined;
  }
};
