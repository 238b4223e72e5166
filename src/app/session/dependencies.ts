/**
 * The dependencies that all sessions of an instance share.
 */
import type { Admission } from "../admission/admission.ts";
import type { NewRooms } from "../admission/new-rooms.ts";
import type { Commands } from "../commands/commands.ts";
import type { Counters } from "../instance/counters.ts";
import type { Feeds } from "../fan-out/feeds.ts";
import type { TypingGate } from "../fan-out/typing-gate.ts";
import type { Fork } from "./keyed-serial-queue.ts";
import type { History } from "../ports/history.ts";
import type { PresenceBoard } from "../ports/presence-board.ts";
import type { Signals } from "../ports/signals.ts";
import type { Settings } from "../instance/settings.ts";

export interface SessionDependencies {
  readonly settings: Settings["Service"];
  readonly history: History["Service"];
  readonly board: PresenceBoard["Service"];
  readonly signals: Signals["Service"];
  readonly admission: Admission;
  readonly newRooms: NewRooms;
  readonly typing: TypingGate;
  readonly feeds: Feeds["Service"];
  readonly commands: Commands["Service"];
  readonly counters: Counters;
  readonly fork: Fork;
  /** The time in unix ms. */
  readonly now: () => number;
}
