/**
 * What a close code means for a client (SPEC, Close codes).
 */
import { CLOSE } from "../../wire/protocol.ts";
import type { StopReason } from "../chat/chat.ts";

/** How a client closes a connection that it gives up while its user stays: any code but 1000, which would be goodbye (P2). */
export const GIVEN_UP = 4_000;
/** What a network that cut a connection says of it. */
export const CUT = 1_006;

export type Consequence =
  | { readonly action: "stay away"; readonly reason: StopReason; readonly message: string }
  | { readonly action: "reconnect at once" | "back off" | "get a token" | "reconnect" };

const broke = (message: string): Consequence => ({ action: "stay away", reason: "protocol", message });

export const consequenceOf = (code: number): Consequence => {
  switch (code) {
    case CLOSE.goodbye:
      return { action: "stay away", reason: "closed", message: "The server has said goodbye." };
    case CLOSE.binary:
      return broke("The server was sent something that is not text.");
    case CLOSE.notUtf8:
      return broke("The server was sent text that is not UTF-8.");
    case CLOSE.tooLong:
      return broke("The server was sent a message that is too long.");
    case CLOSE.brokeProtocol:
      return broke("This client does not speak as the server expects. A newer one may.");
    case CLOSE.moved:
      return { action: "reconnect at once" };
    case CLOSE.overloaded:
    case CLOSE.flooding:
      return { action: "back off" };
    case CLOSE.unauthenticated:
      return { action: "get a token" };
    default:
      return { action: "reconnect" };
  }
};
