/**
 * What the one quiet line says: the connection's state and, where that is live, the room's.
 */
export type Line =
  | { readonly status: "connecting" }
  | { readonly status: "joining" }
  | { readonly status: "catchingUp" }
  /** `caughtUpOn`: how many messages a resume has just brought; 0 once that has been said long enough. */
  | { readonly status: "live"; readonly caughtUpOn: number }
  | { readonly status: "offline"; readonly nextTryAt: number | undefined }
  | { readonly status: "ended"; readonly why: string };
