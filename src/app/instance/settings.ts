/**
 * The settings of the service (SPEC, Settings), parsed and checked. Durations are in milliseconds.
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
    /** The maximum size of all backlogs of the instance together (L4). */
    readonly backlogBytes: number;
    readonly messages: Rate;
    readonly textLength: number;
    readonly roomsPerConnection: number;
    readonly maxConnections: number;
    /** 0: no bound. */
    readonly connectionsPerAddress: number;
    /** The rate of new rooms for each address (L3). Undefined: no bound. */
    readonly newRooms: Rate | undefined;
    /** The rate of requests below `/api` for each address (L3). Undefined: no bound. */
    readonly requests: Rate | undefined;
    /** The number of proxies in front of the service that append to X-Forwarded-For (L3). */
    readonly trustedProxies: number;
    readonly slowReaderBytes: number;
    /** The maximum memory of connections, backlogs, unsent bytes and buckets together. */
    readonly memoryBudgetBytes: number;
    readonly allowedOrigins: ReadonlySet<string>;
    /** Empty: every host is allowed (W3). */
    readonly allowedHosts: ReadonlySet<string>;
  }
>()("gapless/Settings") {}

export const limitsOf = (settings: Settings["Service"]): Limits => ({
  textLength: settings.textLength,
  roomsPerConnection: settings.roomsPerConnection,
  messagesPerSecond: settings.messages.perSecond,
  burst: settings.messages.burst,
});
