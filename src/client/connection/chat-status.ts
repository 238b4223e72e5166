/**
 * The status of a chat's connection, as its users see it.
 */
import type { StopReason } from "./close-codes.ts";
import type { ConnectionState } from "./connection-state.ts";

/** During a hand-over from one connection to the next (G1 to G4) the status stays `live`. */
export type ChatStatus =
  | { readonly status: "connecting" }
  | { readonly status: "live" }
  /** The client tries again at `retryAt`, in unix ms by the chat's clock. */
  | { readonly status: "offline"; readonly retryAt: number }
  /** `message` is an English sentence for a person. */
  | { readonly status: "stopped"; readonly reason: StopReason; readonly message: string };

/** `retryAt`: when the timer fires, in unix ms. */
export const chatStatus = (state: ConnectionState, retryAt: number): ChatStatus => {
  switch (state.status) {
    case "renewing":
    case "opening":
    case "greeting":
      return { status: "connecting" };
    case "live":
    case "warned":
    case "moving":
    case "lingering":
      return { status: "live" };
    case "waiting":
      return { status: "offline", retryAt };
    case "stopped":
      return state;
  }
};
