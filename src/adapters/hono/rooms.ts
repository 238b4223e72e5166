/**
 * The same log over HTTP (H1 to H3, H5).
 */
import { Effect } from "effect";
import type { Context, Hono } from "hono";
import { cors } from "hono/cors";
import { CallerRates } from "../../app/instance/caller-rates.ts";
import { parseCommand } from "../../app/commands/commands.ts";
import type { LogUnavailable } from "../../app/ports/event-log.ts";
import { Unauthenticated } from "../../app/ports/identity.ts";
import { refusal, Refused } from "../../app/commands/refusal.ts";
import { accept, reject, type Decision } from "../../domain/decision.ts";
import { parsePosition, type Position } from "../../domain/position.ts";
import { parseConnectionId } from "../../domain/presence.ts";
import { parseRoomName, type RoomName } from "../../domain/room-name.ts";
import { parseUserName, type User } from "../../domain/user.ts";
import { list } from "../../wire/encode.ts";
import { LONGEST_FRAME, MOST_EVENTS, USUAL_EVENTS } from "../../wire/protocol.ts";
import { openEventStream } from "./event-stream.ts";
import { problem } from "./problem.ts";
import type { Env, HttpDependencies } from "./dependencies.ts";

type Failure = Refused | LogUnavailable | Unauthenticated;
type Request = Context<Env>;

const badFrame = (message: string): Refused => new Refused({ code: "bad_frame", message });

/** What the effect gives, and a problem where it fails. */
const answered = (effect: Effect.Effect<Response, Failure>): Effect.Effect<Response> =>
  effect.pipe(
    Effect.catchTags({
      Refused: ({ code, message, retryAfterMs }) => Effect.succeed(problem(code, message, { retryAfterMs })),
      LogUnavailable: () => {
        const { code, message } = refusal("unavailable");
        return Effect.succeed(problem(code, message));
      },
      Unauthenticated: ({ message }) => Effect.succeed(problem("unauthenticated", message)),
    }),
  );

const fromDecision = <T>(decision: Decision<T, Refused>): Effect.Effect<T, Refused> =>
  decision.ok ? Effect.succeed(decision.value) : Effect.fail(decision.reason);

const roomOf = (c: Request): Effect.Effect<RoomName, Refused> => {
  const room = parseRoomName(c.req.param("room") ?? "");
  return room.ok ? Effect.succeed(room.value) : Effect.fail(refusal(room.reason));
};

const positionIn = (raw: string | undefined, name: string): Decision<Position | undefined, Refused> => {
  if (raw === undefined) return accept(undefined);
  const parsed = parsePosition(raw);
  return parsed.ok
    ? accept(parsed.value)
    : reject(badFrame(`"${name}" must be an event id of the form <digits>-<digits>`));
};

const limitIn = (raw: string | undefined, least: number, usual: number): Decision<number, Refused> => {
  if (raw === undefined) return accept(usual);
  const limit = /^\d{1,4}$/.test(raw) ? Number(raw) : -1;
  return limit >= least && limit <= MOST_EVENTS
    ? accept(limit)
    : reject(badFrame(`"limit" must be a whole number from ${least} to ${MOST_EVENTS}`));
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The body as a JSON object of strings; `null` is a field left out. */
const bodyOf = (c: Request): Effect.Effect<Readonly<Record<string, unknown>>, Refused> =>
  Effect.gen(function* () {
    const declared = Number(c.req.header("content-length") ?? 0);
    if (declared > LONGEST_FRAME) return yield* refusal("too_long");
    const bytes = yield* Effect.tryPromise({
      try: () => c.req.arrayBuffer(),
      catch: () => badFrame("the body could not be read"),
    });
    if (bytes.byteLength > LONGEST_FRAME) return yield* refusal("too_long");
    const body = yield* Effect.try({
      try: (): unknown => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)),
      catch: () => badFrame("the body is one JSON object in UTF-8"),
    });
    return isRecord(body) ? body : yield* badFrame("the body is one JSON object in UTF-8");
  });

const stringIn = (body: Readonly<Record<string, unknown>>, name: string): Effect.Effect<string, Refused> => {
  const value = body[name];
  return typeof value === "string"
    ? Effect.succeed(value)
    : Effect.fail(badFrame(value === undefined ? `"${name}" is missing` : `"${name}" must be a string`));
};

const json = (text: string, status: 200 | 201): Response =>
  new Response(text, {
    status,
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
  });

export const roomRoutes = (app: Hono<Env>, dependencies: HttpDependencies): void => {
  const { settings, identity, history, commands, entropy, now } = dependencies;
  const rates = new CallerRates(settings.messages);
  const answer = (effect: Effect.Effect<Response, Failure>): Promise<Response> =>
    dependencies.run(answered(effect));

  const bearer = (c: Request): Effect.Effect<User, Unauthenticated> => {
    const [, token] = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
    return token === undefined
      ? Effect.fail(new Unauthenticated({ message: "Send the token as Authorization: Bearer <token>." }))
      : identity.whoIs(token);
  };
  const reader = (c: Request): Effect.Effect<unknown, Unauthenticated> =>
    identity.readersNeedToken ? bearer(c) : Effect.void;

  const stream = Effect.fnUntraced(function* (c: Request, room: RoomName) {
    const lastEventId = c.req.header("last-event-id");
    // A reader that comes back names the same URL again; what it saw last is in the header.
    const after = yield* fromDecision(
      lastEventId === undefined || lastEventId === ""
        ? positionIn(c.req.query("after"), "after")
        : positionIn(lastEventId, "Last-Event-ID"),
    );
    const limit = yield* fromDecision(limitIn(c.req.query("limit"), 0, 0));
    if (dependencies.gateway.draining()) return yield* refusal("unavailable");
    const from = { after, limit: after === undefined ? limit : USUAL_EVENTS };
    return yield* openEventStream(room, from, parseConnectionId(entropy.id()), dependencies);
  });

  const page = Effect.fnUntraced(function* (c: Request, room: RoomName) {
    const after = yield* fromDecision(positionIn(c.req.query("after"), "after"));
    const before = yield* fromDecision(positionIn(c.req.query("before"), "before"));
    const limit = yield* fromDecision(limitIn(c.req.query("limit"), 1, USUAL_EVENTS));
    if (after !== undefined && before !== undefined) {
      return yield* badFrame(`name "after" or "before", not both`);
    }
    const found =
      after === undefined
        ? ({ status: "held", ...(yield* history.before(room, before, limit)) } as const)
        : yield* history.after(room, after, limit);
    if (found.status !== "held") {
      return problem("reset", "The log can't be read on from there.", { reason: found.status });
    }
    const { entries, more, head } = found;
    return json(
      `{"events":${list(entries)},"more":${more},"head":{"id":"${head.id}","seq":${head.seq}}}`,
      200,
    );
  });

  const post = Effect.fnUntraced(function* (c: Request) {
    const user = yield* bearer(c);
    const body = yield* bodyOf(c);
    const text = yield* stringIn(body, "text");
    const raw = body["replyTo"] == null ? undefined : yield* stringIn(body, "replyTo");
    const replyTo = yield* fromDecision(positionIn(raw, "replyTo"));
    const taken = rates.take(user.id, now());
    if (!taken.ok) return yield* refusal("rate_limited", taken.retryAfterMs);
    const room = yield* roomOf(c);
    const key = c.req.header("idempotency-key") ?? entropy.id();
    const command = parseCommand({ type: "post", key, text, replyTo }, user, settings.textLength);
    if (!command.ok) return yield* refusal(command.reason);
    const { at, duplicate } = yield* commands.perform(room, command.value).pipe(
      Effect.timeoutOrElse({
        duration: "1900 millis",
        orElse: () => Effect.fail(refusal("unavailable")),
      }),
    );
    return json(JSON.stringify({ id: at.id, seq: at.seq, duplicate }), duplicate ? 200 : 201);
  });

  const guest = Effect.fnUntraced(function* (c: Request) {
    const name = parseUserName(yield* stringIn(yield* bodyOf(c), "name"));
    if (!name.ok) return yield* refusal(name.reason);
    const { user, token } = yield* identity.greet(name.value, undefined);
    return json(JSON.stringify({ user: { id: user.id, name: user.name }, token }), 201);
  });

  app.use("/api/*", cors({ origin: (origin) => (settings.allowedOrigins.has(origin) ? origin : undefined) }));
  app.get("/api/rooms/:room/events", (c) =>
    answer(
      Effect.gen(function* () {
        yield* reader(c);
        const room = yield* roomOf(c);
        const wantsStream = c.req.header("accept")?.includes("text/event-stream") === true;
        return yield* wantsStream ? stream(c, room) : page(c, room);
      }),
    ),
  );
  app.post("/api/rooms/:room/messages", (c) => answer(post(c)));
  app.post("/api/guests", (c) => answer(guest(c)));
  app.all("/api/*", () => problem("not_found", "There is nothing here."));
};
