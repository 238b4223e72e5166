/**
 * The meaning of each close code for a client (SPEC.md, Close codes).
 */
import { CLOSE } from "../../wire/protocol.ts";

/**
 * The code with which a client closes a connection that it gives up. Not 1000: that is goodbye, and the user
 * would leave the rooms (P2).
 */
export const GIVEN_UP = 4_000;
/** The code of a connection that ended without a close frame. */
export const CUT = 1_006;

/** The reason why a chat does not connect again. */
export type StopReason =
  /** `close` was called, or the server closed with 1000. */
  | "closed"
  /**
   * The server says that this client broke the protocol (1003, 1007, 1009, 4400): the client has a bug, or is
   * too old.
   */
  | "protocol"
  /** The server does not accept the user's token, and there is no way to get another. */
  | "unauthenticated"
  /** The server refused the first `hello`: its name, or the claims of its token. */
  | "refused";

export type Consequence =
  | { readonly action: "stay away"; readonly reason: StopReason; readonly message: string }
  | { readonly action: "reconnect at once" | "back off" | "get a token" | "reconnect" };

const broke = (message: string): Consequence => ({ action: "stay away", reason: "protocol", message });

export const consequenceOf = (code: number): Consequence => {
  switch (code) {
    case CLOSE.goodbye:
      return { action: "stay away", reason: "closed", message: "The server said goodbye." };
    case CLOSE.binary:
      return broke("The client sent a message that is not text.");
    case CLOSE.notUtf8:
      return broke("The client sent text that is not UTF-8.");
    case CLOSE.tooLong:
      return broke("The client sent a message that is too long.");
    case CLOSE.brokeProtocol:
      return broke("The client broke the protocol. A newer version may work.");
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
