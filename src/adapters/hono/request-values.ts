/**
 * Parses the path, the query and the body of a request into values of the domain, or refuses them.
 */
import { Effect } from "effect";
import type { Context } from "hono";
import { refusal, Refused } from "../../app/commands/refusal.ts";
import { clientAddress } from "../../domain/client-address.ts";
import { accept, reject, type Decision } from "../../domain/decision.ts";
import { parsePosition, type Position } from "../../domain/position.ts";
import { parseRoomName, type RoomName } from "../../domain/room-name.ts";
import { MAX_EVENTS } from "../../wire/protocol.ts";
import type { Env } from "./dependencies.ts";
import { isRecord } from "../../log/json.ts";

export type Request = Context<Env>;

export const badFrame = (message: string): Refused => new Refused({ code: "bad_frame", message });

/** The assertion of Identity-Aware Proxy (A2), if it is in front of the service. */
export const assertionOf = (c: Request): string | undefined => c.req.header("x-goog-iap-jwt-assertion");

/** The token of `Authorization: Bearer <token>`, if there is one. */
export const tokenOf = (c: Request): string | undefined =>
  /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];

/** The address by which the client counts (L3). */
export const requestAddress = (c: Request, trustedProxies: number): string =>
  clientAddress(c.req.header("x-forwarded-for"), c.env.incoming.socket.remoteAddress, trustedProxies);

export const fromDecision = <T>(decision: Decision<T, Refused>): Effect.Effect<T, Refused> =>
  decision.ok ? Effect.succeed(decision.value) : Effect.fail(decision.reason);

export const roomOf = (c: Request): Effect.Effect<RoomName, Refused> => {
  const room = parseRoomName(c.req.param("room") ?? "");
  return room.ok ? Effect.succeed(room.value) : Effect.fail(refusal(room.reason));
};

export const positionIn = (
  raw: string | undefined,
  name: string,
): Decision<Position | undefined, Refused> => {
  if (raw === undefined) return accept(undefined);
  const parsed = parsePosition(raw);
  return parsed.ok
    ? accept(parsed.value)
    : reject(badFrame(`"${name}" must be an event id of the form <digits>-<digits>`));
};

export const limitIn = (
  raw: string | undefined,
  min: number,
  byDefault: number,
): Decision<number, Refused> => {
  if (raw === undefined) return accept(byDefault);
  const limit = /^\d{1,4}$/.test(raw) ? Number(raw) : -1;
  return limit >= min && limit <= MAX_EVENTS
    ? accept(limit)
    : reject(badFrame(`"limit" must be a whole number from ${min} to ${MAX_EVENTS}`));
};

/** The body as a JSON object. */
export const bodyOf = (c: Request): Effect.Effect<Readonly<Record<string, unknown>>, Refused> =>
  Effect.gen(function* () {
    const bytes = c.get("body") ?? new Uint8Array();
    const body = yield* Effect.try({
      try: (): unknown => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)),
      catch: () => badFrame("the body is one JSON object in UTF-8"),
    });
    return isRecord(body) ? body : yield* badFrame("the body is one JSON object in UTF-8");
  });

export const stringIn = (
  body: Readonly<Record<string, unknown>>,
  name: string,
): Effect.Effect<string, Refused> => {
  const value = body[name];
  return typeof value === "string"
    ? Effect.succeed(value)
    : Effect.fail(badFrame(value === undefined ? `"${name}" is missing` : `"${name}" must be a string`));
};
