/**
 * The routes of the log over HTTP (H1 to H3, H5). Each request is admitted first, and released after its
 * answer.
 */
import { Effect } from "effect";
import type { Hono } from "hono";
import {
  requireRight,
  type Admitted,
  type Arrival,
  type Credentials,
  type NotAdmitted,
} from "../../app/admission/admission.ts";
import { parseCommand } from "../../app/commands/commands.ts";
import { nameRefusal, refusal, type Refused } from "../../app/commands/refusal.ts";
import type { LogUnavailable } from "../../app/ports/event-log.ts";
import { Unauthenticated } from "../../app/ports/identity.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { parseUserName } from "../../domain/user.ts";
import { encodeEventList } from "../../wire/encode.ts";
import { DEFAULT_EVENTS } from "../../wire/protocol.ts";
import type { Env, HttpDependencies } from "./dependencies.ts";
import { openEventStream, STREAM_HEADERS } from "./event-stream.ts";
import { problem } from "./problem.ts";
import {
  assertionOf,
  badFrame,
  bodyOf,
  fromDecision,
  limitIn,
  positionIn,
  requestAddress,
  roomOf,
  stringIn,
  tokenOf,
  type Request,
} from "./request-values.ts";

type Failure = Refused | LogUnavailable | Unauthenticated | NotAdmitted;

const NOT_ADMITTED = {
  penalised: "A connection from this address sent too much for too long. Try again later.",
  draining: "This instance is shutting down. Try again: another instance will answer.",
  full: "This instance has the maximum number of connections. Try again in a moment.",
} as const satisfies Readonly<Record<NotAdmitted["reason"], string>>;

/** The response of the effect, or a problem if it fails. */
const answered = (effect: Effect.Effect<Response, Failure>): Effect.Effect<Response> =>
  effect.pipe(
    Effect.catchTags({
      Refused: ({ code, message, retryAfterMs }) => Effect.succeed(problem(code, message, { retryAfterMs })),
      LogUnavailable: () => {
        const { code, message } = refusal("unavailable");
        return Effect.succeed(problem(code, message));
      },
      NotAdmitted: ({ reason, retryAfterMs }) =>
        Effect.succeed(problem("unavailable", NOT_ADMITTED[reason], { retryAfterMs })),
      Unauthenticated: ({ message }) => Effect.succeed(problem("unauthenticated", message)),
    }),
  );

const json = (text: string, status: 200 | 201): Response =>
  new Response(text, {
    status,
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
  });

export const roomRoutes = (app: Hono<Env>, dependencies: HttpDependencies): void => {
  const { settings, gateway, history, commands, entropy } = dependencies;
  const { admission } = gateway;

  const addressOf = (c: Request): string => requestAddress(c, settings.trustedProxies);

  const arrivalOf = (c: Request, way: Arrival["way"], credentials: Credentials): Arrival => ({
    way,
    address: addressOf(c),
    assertion: assertionOf(c),
    credentials,
  });

  /** Admits a request, answers it, and releases it. */
  const request = (
    c: Request,
    credentials: Credentials,
    answer: (admitted: Admitted) => Effect.Effect<Response, Failure>,
  ): Promise<Response> =>
    dependencies.run(
      answered(
        Effect.acquireUseRelease(
          gateway.admission.admit(arrivalOf(c, "request", credentials)),
          answer,
          ({ release }) => Effect.sync(release),
        ),
      ),
    );

  /** Admits an event stream. The stream releases it when it ends. */
  const stream = (c: Request): Promise<Response> =>
    dependencies.run(
      answered(
        Effect.gen(function* () {
          const lastEventId = c.req.header("last-event-id");
          const room = yield* roomOf(c);
          // A reader that reconnects uses the same URL again. The header has the last event that it saw.
          const after = yield* fromDecision(
            lastEventId === undefined || lastEventId === ""
              ? positionIn(c.req.query("after"), "after")
              : positionIn(lastEventId, "Last-Event-ID"),
          );
          const limit = yield* fromDecision(limitIn(c.req.query("limit"), 0, 0));
          const credentials = { tag: "reader", token: tokenOf(c) } as const;
          const admitted = yield* gateway.admission.admit(arrivalOf(c, "stream", credentials));
          const from = { after, limit: after === undefined ? limit : DEFAULT_EVENTS };
          return yield* requireRight(admitted.caller, "read", room).pipe(
            Effect.andThen(openEventStream(room, from, admitted, c.env, dependencies)),
            Effect.onError(() => Effect.sync(admitted.release)),
          );
        }),
      ),
    );

  const page = (c: Request, room: RoomName) =>
    Effect.gen(function* () {
      const after = yield* fromDecision(positionIn(c.req.query("after"), "after"));
      const before = yield* fromDecision(positionIn(c.req.query("before"), "before"));
      const limit = yield* fromDecision(limitIn(c.req.query("limit"), 1, DEFAULT_EVENTS));
      if (after !== undefined && before !== undefined) {
        return yield* badFrame(`use "after" or "before", not both`);
      }
      const found =
        after === undefined
          ? ({ status: "held", ...(yield* history.before(room, before, limit)) } as const)
          : yield* history.after(room, after, limit);
      if (found.status !== "held") {
        return problem("reset", "The log does not hold this position.", { reason: found.status });
      }
      const { entries, more, head } = found;
      return json(
        `{"events":${encodeEventList(entries)},"more":${more},"head":{"id":"${head.id}","seq":${head.seq}}}`,
        200,
      );
    });

  const post = (c: Request, { caller, address }: Admitted) =>
    Effect.gen(function* () {
      const { user } = caller;
      if (user === undefined) return yield* new Unauthenticated({ message: "Posting needs a token." });
      const body = yield* bodyOf(c);
      const text = yield* stringIn(body, "text");
      const raw = body["replyTo"] == null ? undefined : yield* stringIn(body, "replyTo");
      const replyTo = yield* fromDecision(positionIn(raw, "replyTo"));
      const taken = admission.takePost(user);
      if (!taken.ok) return yield* refusal("rate_limited", taken.retryAfterMs);
      const room = yield* roomOf(c);
      const key = c.req.header("idempotency-key") ?? entropy.id();
      const command = parseCommand({ type: "post", key, text, replyTo }, user, settings.textLength);
      if (!command.ok) return yield* refusal(command.reason);
      yield* requireRight(caller, "write", room);
      yield* gateway.newRooms.permit(room, address);
      const { at, duplicate } = yield* commands.perform(room, command.value).pipe(
        Effect.timeoutOrElse({
          duration: "1900 millis",
          orElse: () => Effect.fail(refusal("unavailable")),
        }),
      );
      return json(JSON.stringify({ id: at.id, seq: at.seq, duplicate }), duplicate ? 200 : 201);
    });

  const guest = (c: Request) =>
    Effect.gen(function* () {
      const raw = yield* stringIn(yield* bodyOf(c), "name");
      const name = parseUserName(raw);
      if (!name.ok) return yield* nameRefusal(raw);
      if (!admission.guestsAllowed) return yield* refusal("forbidden");
      const { user, token } = yield* admission.greet(name.value, undefined);
      return json(JSON.stringify({ user: { id: user.id, name: user.name }, token }), 201);
    });

  app.use("/api/*", async (c, next) => {
    const taken = admission.takeRequest(addressOf(c));
    if (taken === undefined || taken.ok) return next();
    return problem("rate_limited", "Too many requests came from this address.", {
      retryAfterMs: taken.retryAfterMs,
    });
  });
  app.get("/api/rooms/:room/events", (c) => {
    const wantsStream = c.req.header("accept")?.includes("text/event-stream") === true;
    // The answer to HEAD has no body, so it needs no subscription.
    if (wantsStream && c.req.method === "HEAD") return new Response(null, { headers: STREAM_HEADERS });
    if (wantsStream) return stream(c);
    return request(c, { tag: "reader", token: tokenOf(c) }, ({ caller }) =>
      Effect.gen(function* () {
        const room = yield* roomOf(c);
        yield* requireRight(caller, "read", room);
        return yield* page(c, room);
      }),
    );
  });
  app.post("/api/rooms/:room/messages", (c) =>
    request(c, { tag: "writer", token: tokenOf(c) }, (admitted) => post(c, admitted)),
  );
  app.post("/api/guests", (c) => request(c, { tag: "none" }, () => guest(c)));
  app.all("/api/*", () => problem("not_found", "There is no such resource."));
};
