/**
 * The dependencies of the HTTP routes, and the environment that Hono passes to each.
 */
import type { HttpBindings } from "@hono/node-server";
import type { Effect } from "effect";
import type { Commands } from "../../app/commands/commands.ts";
import type { Gateway } from "../../app/instance/gateway.ts";
import type { Entropy } from "../../app/ports/entropy.ts";
import type { Feeds } from "../../app/fan-out/feeds.ts";
import type { EventLog } from "../../app/ports/event-log.ts";
import type { History } from "../../app/ports/history.ts";
import type { Settings } from "../../app/instance/settings.ts";

export interface Env {
  Bindings: HttpBindings;
  /** `body`: the whole body, if the request has one. */
  Variables: { body?: Uint8Array };
}

export interface HttpDependencies {
  /** Unix ms. */
  readonly now: () => number;
  readonly settings: Settings["Service"];
  readonly gateway: Gateway["Service"];
  readonly feeds: Feeds["Service"];
  readonly commands: Commands["Service"];
  readonly log: EventLog["Service"];
  readonly history: History["Service"];
  readonly entropy: Entropy["Service"];
  /** Runs an effect in the context of the service, including its logger. */
  readonly run: <T>(effect: Effect.Effect<T>) => Promise<T>;
  /** Logs an unexpected error. */
  readonly report: (error: Error, path: string) => void;
}
