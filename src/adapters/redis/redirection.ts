/**
 * The replies by which a node of a cluster says that another node has the slot.
 */
import type { Address } from "./access.ts";

/** `moved`: from now on. `ask`: for this command only, while the slot migrates. */
export interface Redirection {
  readonly kind: "moved" | "ask";
  readonly address: Address;
}

/** `from`: the node that replied. A reply without a host means the host of that node. */
export const redirectionIn = (error: unknown, from: Address | undefined): Redirection | undefined => {
  if (!(error instanceof Error) || error.name !== "ReplyError") return undefined;
  const [, kind, host = "", port] = /^(MOVED|ASK) \d+ (.*):(\d+)$/.exec(error.message) ?? [];
  if (kind === undefined || (host === "" && from === undefined)) return undefined;
  return {
    kind: kind === "MOVED" ? "moved" : "ask",
    address: { host: host || (from?.host ?? ""), port: Number(port) },
  };
};

/** A read of several keys was refused only because their slot moves, or because the node changes its role. */
export const isMoving = (error: unknown): boolean =>
  error instanceof Error && /^(?:MOVED|ASK|TRYAGAIN|UNBLOCKED|CLUSTERDOWN)\b/.test(error.message);
