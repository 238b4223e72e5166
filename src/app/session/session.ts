/**
 * The session of one WebSocket connection: hello, then rooms, until it ends.
 *
 *   awaiting ──hello──▶ greeting ──token is good──▶ ready ◀──hello again──▶ greeting
 *      ▲                   │ bad name: as before
 *      └───────────────────┘          every state ──close, cut──▶ ended
 *
 * What always holds: what is none of the protocol's gets an error, and then an end (W5); frames that come behind a `hello` wait for it (W4); nothing
 * that a client sends throws. What it asks of its rooms is for its command handler.
 */
import { Effect } from "effect";
import type { GoAway } from "../../domain/going-away.ts";
import type { ConnectionId } from "../../domain/presence.ts";
import { parseUserName } from "../../domain/user.ts";
import { decodeClientFrame, type BadFrame, type ClientFrame, type Hello } from "../../wire/client-frame.ts";
import { encodeFrame } from "../../wire/encode.ts";
import { Outgoing } from "../../wire/outgoing.ts";
import { CLOSE, HELLO_WITHIN_MS, PROTOCOL, type CloseCode } from "../../wire/protocol.ts";
import { CommandHandler } from "./command-handler.ts";
import { RateLimits } from "./rate-limits.ts";
import type { SessionDependencies } from "./dependencies.ts";
import type { Greeted } from "../ports/identity.ts";
import type { Presence } from "../ports/presence-board.ts";
import { nameRefusal, refusal, Refused } from "../commands/refusal.ts";
import { limitsOf } from "../instance/settings.ts";
import type { Lifetime } from "./lifetime.ts";
import type { OpenConnection } from "./open-connection.ts";
import type { Transport } from "./transport.ts";

/** Somebody who was welcomed. */
interface Present {
  readonly greeted: Greeted;
  readonly commands: CommandHandler;
}

type State =
  /** `refused`: a hello came, and was not good enough. */
  | { readonly tag: "awaiting"; readonly refused: boolean }
  | { readonly tag: "greeting"; readonly held: readonly ClientFrame[]; readonly before: Present | undefined }
  | { readonly tag: "ready"; readonly present: Present }
  | { readonly tag: "ended" };

export class Session implements OpenConnection {
  readonly connection: ConnectionId;
  readonly #lifetime: Lifetime;
  readonly #dependencies: SessionDependencies;
  readonly #transport: Transport;
  readonly #rateLimits: RateLimits;
  #state: State = { tag: "awaiting", refused: false };
  #heardAt: number;
  #unsent = 0;
  #beatAt: number;

  constructor(
    dependencies: SessionDependencies,
    transport: Transport,
    connection: ConnectionId,
    lifetime: Lifetime,
  ) {
    const now = dependencies.now();
    this.connection = connection;
    this.#lifetime = lifetime;
    this.#dependencies = dependencies;
    this.#transport = transport;
    this.#rateLimits = new RateLimits(dependencies.settings.messages, now);
    this.#heardAt = now;
    this.#beatAt = now + dependencies.settings.heartbeatMs;
  }

  /** It has said hello and been welcomed. */
  get ready(): boolean {
    return this.#present !== undefined;
  }

  /** Bytes that wait for the client to take them in. */
  get unsent(): number {
    return this.#transport.unsent;
  }

  /** What this connection's leases are for, to be renewed. */
  presences(): readonly Presence[] {
    return this.#present?.commands.presences() ?? [];
  }

  /** A text message came. */
  receive(text: string): void {
    if (this.#state.tag === "ended") return;
    this.heard();
    this.#dependencies.counters.framesIn += 1;
    const decoded = decodeClientFrame(text);
    if (!decoded.ok) this.#badFrame(decoded.reason);
    else if (this.#isOutOfPlace(decoded.value.type)) this.#noHello();
    else if (this.#admit(decoded.value)) this.#handle(decoded.value);
  }

  /** Anything came, a pong too. */
  heard(): void {
    this.#heardAt = this.#dependencies.now();
  }

  /** What was unsent has left. */
  drained(): void {
    this.#present?.commands.drained();
  }

  /** The connection is gone. With 1000 it said goodbye, and has left its rooms; else its leases stand for the grace time (P2). */
  ended(code: number): void {
    const presences = this.#present?.commands.end() ?? [];
    this.#state = { tag: "ended" };
    if (presences.length === 0) return;
    const { board, fork } = this.#dependencies;
    const end = code === CLOSE.goodbye ? board.leave : board.drop;
    // Should the log be away, the leases lapse by themselves.
    fork(Effect.ignore(end(presences)));
  }

  /** Ends it from this side: whoever is to move has not left. */
  close(code: CloseCode, reason: string): void {
    if (this.#state.tag === "ended") return;
    this.#transport.close(code, reason);
    this.ended(code === CLOSE.goodbye ? CLOSE.moved : code);
  }

  goAway(goAway: GoAway, now: number): void {
    if (this.#state.tag === "ended" || !this.#lifetime.ask(goAway, now)) return;
    this.#send(encodeFrame({ type: "goaway", ...goAway }));
  }

  endForShutdown(): void {
    this.close(CLOSE.moved, "This instance is going away.");
  }

  tick(now: number, stalledMs: number): void {
    if (this.#state.tag === "ended") return;
    this.#heardAt = Math.min(now, this.#heardAt + stalledMs);
    if (!this.#keepsDeadlines(now) || now < this.#beatAt) return;
    const { heartbeatMs, slowReaderBytes } = this.#dependencies.settings;
    this.#beatAt = now + heartbeatMs;
    // A slow reader that takes in what it was sent is alive, though its pong waits behind all that.
    const { unsent } = this.#transport;
    if (unsent > 0 && unsent < this.#unsent) this.#heardAt = now;
    this.#unsent = unsent;
    if (now - this.#heardAt >= 2 * heartbeatMs) {
      this.#transport.terminate();
      return this.ended(1006);
    }
    this.#transport.ping();
    const heads = this.#present?.commands.heads();
    if (heads !== undefined && unsent <= slowReaderBytes)
      this.#send(encodeFrame({ type: "heartbeat", heads }));
  }

  /** False where a deadline has passed, and the connection was closed for it. */
  #keepsDeadlines(now: number): boolean {
    const present = this.#present;
    if (present === undefined && now - this.#lifetime.openedAt >= HELLO_WITHIN_MS) {
      this.close(CLOSE.brokeProtocol, "No hello came within 10 seconds.");
      return false;
    }
    const due = this.#lifetime.due(now, present?.greeted.expiresAt);
    switch (due?.tag) {
      case "moved":
        this.close(CLOSE.moved, "Please open a new connection.");
        return false;
      case "expired":
        this.close(CLOSE.unauthenticated, "The token has expired.");
        return false;
      case "rotate":
        if (present !== undefined) this.goAway(due.goAway, now);
        return true;
      case undefined:
        return true;
    }
  }

  get #present(): Present | undefined {
    if (this.#state.tag === "ready") return this.#state.present;
    return this.#state.tag === "greeting" ? this.#state.before : undefined;
  }

  #send(text: string): void {
    this.#transport.send(new Outgoing(text));
  }

  #refuse(ref: string | undefined, { code, message, retryAfterMs }: Refused): void {
    if (this.#state.tag === "ended") return;
    this.#dependencies.counters.refused(code);
    this.#send(encodeFrame({ type: "error", ref, code, message, retryAfterMs }));
  }

  /** W4: before any hello, whatever is none. */
  #isOutOfPlace(type: string | undefined): boolean {
    return this.#state.tag === "awaiting" && !this.#state.refused && type !== "hello";
  }

  #noHello(): void {
    this.close(CLOSE.brokeProtocol, "The first frame is hello.");
  }

  #badFrame({ ref, type, message }: BadFrame): void {
    if (this.#isOutOfPlace(type)) return this.#noHello();
    if (this.#state.tag === "awaiting") this.#state = { tag: "awaiting", refused: true };
    this.#refuse(ref, new Refused({ code: "bad_frame", message }));
    if (this.#rateLimits.breaksProtocol(this.#dependencies.now())) {
      this.close(CLOSE.brokeProtocol, "Ten frames within a minute were none of the protocol's.");
    }
  }

  /** L1: takes a token, or refuses. */
  #admit(frame: ClientFrame): boolean {
    const now = this.#dependencies.now();
    const taken = this.#rateLimits.take(frame, now);
    if (taken.ok) return true;
    this.#refuse(frame.ref, refusal("rate_limited", taken.retryAfterMs));
    if (this.#rateLimits.floods(now)) this.close(CLOSE.flooding, "Too much, for too long.");
    return false;
  }

  #handle(frame: ClientFrame): void {
    const state = this.#state;
    switch (state.tag) {
      case "awaiting":
        if (frame.type === "hello") return this.#hello(frame, undefined);
        return this.#refuse(frame.ref, new Refused({ code: "bad_frame", message: "Say hello first." }));
      case "greeting":
        this.#state = { ...state, held: [...state.held, frame] };
        return;
      case "ready":
        if (frame.type === "hello") return this.#hello(frame, state.present);
        return state.present.commands.handle(frame);
      case "ended":
        return;
    }
  }

  #hello({ name, token, ref }: Hello, before: Present | undefined): void {
    const parsed = parseUserName(name);
    if (!parsed.ok) {
      if (before === undefined) this.#state = { tag: "awaiting", refused: true };
      return this.#refuse(ref, nameRefusal(name));
    }
    this.#state = { tag: "greeting", held: [], before };
    const greet = this.#dependencies.admission.greet(parsed.value, token ?? before?.greeted.token).pipe(
      Effect.map((greeted) => this.#greeted(ref, greeted, before)),
      Effect.catchTag("Unauthenticated", ({ message }) =>
        Effect.sync(() => this.close(CLOSE.unauthenticated, message)),
      ),
    );
    this.#dependencies.fork(greet);
  }

  /** Who it is, is known: the frames that came behind the hello are handled now, in order. */
  #greeted(ref: string | undefined, greeted: Greeted, before: Present | undefined): void {
    if (this.#state.tag !== "greeting") return;
    const { held } = this.#state;
    if (before !== undefined && greeted.user.id !== before.greeted.user.id) {
      this.#state = { tag: "ready", present: before };
      this.#refuse(ref, refusal("forbidden"));
    } else this.#welcome(greeted, before);
    for (const frame of held) this.#handle(frame);
  }

  #welcome(greeted: Greeted, before: Present | undefined): void {
    const { settings, board, fork } = this.#dependencies;
    const { id, name } = greeted.user;
    const commands =
      before?.commands ??
      new CommandHandler(this.#dependencies, this.#transport, this.connection, greeted, (ref, refused) =>
        this.#refuse(ref, refused),
      );
    this.#state = { tag: "ready", present: { greeted, commands } };
    this.#send(
      encodeFrame({
        type: "welcome",
        protocol: PROTOCOL,
        user: { id, name },
        token: greeted.token,
        connection: this.connection,
        heartbeatMs: settings.heartbeatMs,
        limits: limitsOf(settings),
      }),
    );
    const renamed = commands.caller.user.name !== name;
    commands.caller = greeted;
    if (!renamed) return;
    // W8: the board takes over the other name; should the log be away, the next renewal brings it.
    fork(Effect.ignore(board.enter(commands.presences())));
  }
}
