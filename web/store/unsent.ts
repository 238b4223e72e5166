/**
 * What one has done that the log does not hold yet, as the page shows it.
 */
import type { Position } from "../../src/domain/position.ts";

export type Doing =
  | { readonly type: "post"; readonly text: string; readonly replyTo: Position | undefined }
  | { readonly type: "edit"; readonly message: Position; readonly text: string }
  | { readonly type: "delete"; readonly message: Position }
  | { readonly type: "react"; readonly message: Position; readonly emoji: string; readonly on: boolean };

export type Fate = { readonly status: "pending" } | { readonly status: "failed"; readonly why: string };

export interface Unsent {
  readonly key: string;
  readonly doing: Doing;
  readonly fate: Fate;
}
