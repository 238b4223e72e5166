/**
 * What the service is told to be (SPEC, Settings), parsed and checked. Durations are milliseconds here.
 */
import { Context } from "effect";
import type { Rate } from "../../domain/token-bucket.ts";
import type { Limits } from "../../wire/server-frame.ts";

export class Settings extends Context.Service<
  Settings,
  {
    readonly heartbeatMs: number;
    readonly requestTimeoutMs: number;
    readonly graceMs: number;
    readonly leaseMs: number;
    readonly backlogEvents: number;
    readonly messages: Rate;
    readonly textLength: number;
    readonly roomsPerConnection: number;
    readonly maxConnections: number;
    /** 0: no bound. */
    readonly connectionsPerAddress: number;
    readonly slowReaderBytes: number;
    readonly allowedOrigins: ReadonlySet<string>;
  }
>()("gapless/Settings") {}

export const limitsOf = (settings: Settings["Service"]): Limits => ({
  textLength: settings.textLength,
  roomsPerConnection: settings.roomsPerConnection,
  messagesPerSecond: settings.messages.perSecond,
  burst: settings.messages.burst,
});
