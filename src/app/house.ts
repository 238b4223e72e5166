/**
 * What all sessions of an instance share.
 */
import type { CommandsShape } from "./commands.ts";
import type { Counters } from "./counters.ts";
import type { FeedsShape } from "./feeds.ts";
import type { Fork } from "./lanes.ts";
import type { EventLogShape } from "./ports/event-log.ts";
import type { IdentityShape } from "./ports/identity.ts";
import type { PresenceBoardShape } from "./ports/presence-board.ts";
import type { SignalsShape } from "./ports/signals.ts";
import type { SettingsShape } from "./settings.ts";

export interface House {
  readonly settings: SettingsShape;
  readonly log: EventLogShape;
  readonly board: PresenceBoardShape;
  readonly signals: SignalsShape;
  readonly identity: IdentityShape;
  readonly feeds: FeedsShape;
  readonly commands: CommandsShape;
  readonly counters: Counters;
  readonly fork: Fork;
  /** Unix ms. */
  readonly now: () => number;
}
