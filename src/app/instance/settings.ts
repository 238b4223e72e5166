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
    /** The bound of all backlogs of the instance together (L4). */
    readonly backlogBytes: number;
    readonly messages: Rate;
    readonly textLength: number;
    readonly roomsPerConnection: number;
    readonly maxConnections: number;
    /** 0: no bound. */
    readonly connectionsPerAddress: number;
    /** L3: rooms that did not exist before, for each address. Undefined: no bound. */
    readonly newRooms: Rate | undefined;
    /** L3: requests below `/api`, for each address. Undefined: no bound. */
    readonly requests: Rate | undefined;
    /** L3: how many proxies in front of the service append to X-Forwarded-For. */
    readonly trustedProxies: number;
    readonly slowReaderBytes: number;
    /** The bound of the memory that connections, backlogs, unsent bytes and buckets take together. */
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
