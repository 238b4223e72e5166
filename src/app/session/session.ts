/**
 * The session of one WebSocket connection: hello, then rooms, until it ends.
 *
 *   awaiting ──hello──▶ greeting ──token is good──▶ ready ◀──hello again──▶ greeting
 *      ▲                   │ bad name: as before
 *      └───────────────────┘          every state ──close, cut──▶ ended
 *
 * What always holds: what is none of the protocol's gets an error, and then an end (W5); frames that come behind a `hello` wait for it (W4); nothing
 * that a client sends throws. What it asks of its rooms is its commands's.
 */
import { Effect } from "effect";
import { rotation, rotationAge, type GoAway } from "../../domain/going-away.ts";
import type { ConnectionId } from "../../domain/presence.ts";
import { parseUserName } from "../../domain/user.ts";
import { decodeClientFrame, type BadFrame, type ClientFrame, type Hello } from "../../wire/client-frame.ts";
import { encodeFrame } from "../../wire/encode.ts";
import { Outgoing } from "../../wire/outgoing.ts";
import { CLOSE, HELLO_WITHIN_MS, PROTOCOL, type CloseCode } from "../../wire/protocol.ts";
import { CommandHandler } from "./command-handler.ts";
import { RateLimits } from "./rate-limits.ts";
import type { SessionDependencies } from "./dependencies.ts";
import type { Identified } from "../ports/identity.ts";
import type { Presence } from "../ports/presence-board.ts";
import { refusal, Refused } from "../commands/refusal.ts";
import { limitsOf } from "../instance/settings.ts";
import type { Transport } from "./transport.ts";

/** Somebody who was welcomed. */
interface Present {
  readonly identified: Identified;
  readonly commands: CommandHandler;
}

type State =
  /** `refused`: a hello came, and was not good enough. */
  | { readonly tag: "awaiting"; readonly refused: boolean }
  | { readonly tag: "greeting"; readonly held: readonly ClientFrame[]; readonly before: Present | undefined }
  | { readonly tag: "ready"; readonly present: Present }
  | { readonly tag: "ended" };

export class Session {
  readonly connection: ConnectionId;
  readonly #openedAt: number;
  /** When it is to be rotated (G1). */
  readonly #rotateAt: number;
  readonly #dependencies: SessionDependencies;
  readonly #transport: Transport;
  readonly #rateLimits: RateLimits;
  #state: State = { tag: "awaiting", refused: false };
  #heardAt: number;
  #unsent = 0;
  #beatAt: number;
  #leaveBy: number | undefined;

  /** `chance`, in [0, 1), says when it is rotated. */
  constructor(
    dependencies: SessionDependencies,
    transport: Transport,
    connection: ConnectionId,
    chance: number,
  ) {
    const now = dependencies.now();
    this.connection = connection;
    this.#openedAt = now;
    this.#rotateAt = now + rotationAge(dependencies.settings.requestTimeoutMs, chance);
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

  /** It has been asked to go. */
  get leaving(): boolean {
    return this.#leaveBy !== undefined;
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

  /** Asks the client to move (G1 to G3); it is served until it goes, or the deadline comes. Whoever was asked already is asked again only by a shutdown. */
  goAway(goAway: GoAway): void {
    if (this.#state.tag === "ended" || (this.leaving && goAway.reason !== "shutdown")) return;
    this.#leaveBy = this.#dependencies.now() + goAway.deadlineMs;
    this.#send(encodeFrame({ type: "goaway", ...goAway }));
  }

  /**
   * The instance's one clock comes by: deadlines, heartbeats, and the silence of the dead. `stalledMs` is how much later it comes than it should
   * have, since this process was stopped: what was sent meanwhile has not been read yet, so nobody is dead for it.
   */
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
    const { requestTimeoutMs } = this.#dependencies.settings;
    const present = this.#present;
    if (present === undefined && now - this.#openedAt >= HELLO_WITHIN_MS) {
      this.close(CLOSE.brokeProtocol, "No hello came within 10 seconds.");
    } else if (this.#leaveBy !== undefined && now >= this.#leaveBy) {
      this.close(CLOSE.moved, "Please open a new connection.");
    } else if (present !== undefined && (present.identified.expiresAt ?? Infinity) <= now) {
      this.close(CLOSE.unauthenticated, "The token has expired.");
    } else {
      if (now >= this.#rotateAt && present !== undefined && !this.leaving) {
        this.goAway(rotation(requestTimeoutMs, now - this.#openedAt));
      }
      return true;
    }
    return false;
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
      return this.#refuse(ref, refusal(parsed.reason));
    }
    this.#state = { tag: "greeting", held: [], before };
    const greet = this.#dependencies.identity.greet(parsed.value, token ?? before?.identified.token).pipe(
      Effect.map((identified) => this.#greeted(ref, identified, before)),
      Effect.catchTag("Unauthenticated", ({ message }) =>
        Effect.sync(() => this.close(CLOSE.unauthenticated, message)),
      ),
    );
    this.#dependencies.fork(greet);
  }

  /** Who it is, is known: the frames that came behind the hello are handled now, in order. */
  #greeted(ref: string | undefined, identified: Identified, before: Present | undefined): void {
    if (this.#state.tag !== "greeting") return;
    const { held } = this.#state;
    if (before !== undefined && identified.user.id !== before.identified.user.id) {
      this.#state = { tag: "ready", present: before };
      this.#refuse(ref, refusal("forbidden"));
    } else this.#welcome(identified, before);
    for (const frame of held) this.#handle(frame);
  }

  #welcome(identified: Identified, before: Present | undefined): void {
    const { settings, board, fork } = this.#dependencies;
    const { id, name } = identified.user;
    const commands =
      before?.commands ??
      new CommandHandler(
        this.#dependencies,
        this.#transport,
        this.connection,
        identified.user,
        (ref, refused) => this.#refuse(ref, refused),
      );
    this.#state = { tag: "ready", present: { identified, commands } };
    this.#send(
      encodeFrame({
        type: "welcome",
        protocol: PROTOCOL,
        user: { id, name },
        token: identified.token,
        connection: this.connection,
        heartbeatMs: settings.heartbeatMs,
        limits: limitsOf(settings),
      }),
    );
    if (commands.user.name === name) return;
    commands.user = identified.user;
    // W8: the board takes over the other name; should the log be away, the next renewal brings it.
    fork(Effect.ignore(board.enter(commands.presences())));
  }
}
