/**
 * What the routes share, and what Hono hands to each.
 */
import type { HttpBindings } from "@hono/node-server";
import type { Effect } from "effect";
import type { CommandsShape } from "../../app/commands.ts";
import type { FeedsShape } from "../../app/feeds.ts";
import type { GatewayShape } from "../../app/gateway.ts";
import type { EntropyShape } from "../../app/ports/entropy.ts";
import type { EventLogShape } from "../../app/ports/event-log.ts";
import type { IdentityShape } from "../../app/ports/identity.ts";
import type { SettingsShape } from "../../app/settings.ts";

export interface Env {
  Bindings: HttpBindings;
}

export interface House {
  readonly settings: SettingsShape;
  readonly gateway: GatewayShape;
  readonly feeds: FeedsShape;
  readonly commands: CommandsShape;
  readonly log: EventLogShape;
  readonly identity: IdentityShape;
  readonly entropy: EntropyShape;
  readonly now: () => number;
  /** Runs an effect where all that the service is made of is at hand, its logger as well. */
  readonly run: <T>(effect: Effect.Effect<T>) => Promise<T>;
  /** Says in the service's log what no one expected. */
  readonly report: (error: Error, path: string) => void;
}
