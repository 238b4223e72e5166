/**
 * The session of one WebSocket connection, from `hello` to its end.
 *
 *   awaiting ──hello──▶ greeting ──token is good──▶ ready ◀──hello again──▶ greeting
 *      ▲                   │ bad name: as before
 *      └───────────────────┘          every state ──close, cut──▶ ended
 *
 * Always true:
 * - Bad frames get an error, and too many of them close the connection (W5).
 * - Frames that come right after a `hello` wait until it is answered (W4).
 * - Nothing that a client sends makes it throw.
 *
 * The command handler serves the frames about rooms.
 */
import { Effect } from "effect";
import type { GoAway } from "../../domain/going-away.ts";
import type { Admitted } from "../admission/admission.ts";
import type { ConnectionId } from "../../domain/presence.ts";
import { parseUserName } from "../../domain/user.ts";
import { decodeClientFrame, type BadFrame, type ClientFrame, type Hello } from "../../wire/client-frame.ts";
import { encodeFrame } from "../../wire/encode.ts";
import { Outgoing } from "../../wire/outgoing.ts";
import { CLOSE, type CloseCode } from "../../wire/protocol.ts";
import { CommandHandler } from "./command-handler.ts";
import { deadlineOf } from "./deadlines.ts";
import { FrameIntake } from "./frame-intake.ts";
import { Liveness } from "./liveness.ts";
import { RateLimits } from "./rate-limits.ts";
import type { SessionDependencies } from "./dependencies.ts";
import type { Greeted } from "../ports/identity.ts";
import type { Presence } from "../ports/presence-board.ts";
import { nameRefusal, refusal, Refused } from "../commands/refusal.ts";
import type { Lifetime } from "./lifetime.ts";
import type { OpenConnection } from "./open-connection.ts";
import type { Transport } from "./transport.ts";
import { welcomeFrame } from "./welcome.ts";

/** An identified user, with the command handler of the connection. */
interface Identified {
  readonly greeted: Greeted;
  readonly commands: CommandHandler;
}

type State =
  /** `refused`: a hello came and was refused. */
  | { readonly tag: "awaiting"; readonly refused: boolean }
  | { readonly tag: "greeting"; readonly before: Identified | undefined }
  | { readonly tag: "ready"; readonly identified: Identified }
  | { readonly tag: "ended" };

export class Session implements OpenConnection {
  readonly connection: ConnectionId;
  readonly #admitted: Admitted;
  readonly #lifetime: Lifetime;
  readonly #dependencies: SessionDependencies;
  readonly #transport: Transport;
  readonly #rateLimits: RateLimits;
  readonly #intake: FrameIntake;
  readonly #liveness: Liveness;
  #state: State = { tag: "awaiting", refused: false };
  #nextHeartbeatAt: number;

  constructor(
    dependencies: SessionDependencies,
    transport: Transport,
    connection: ConnectionId,
    admitted: Admitted,
    lifetime: Lifetime,
  ) {
    const now = dependencies.now();
    this.connection = connection;
    this.#admitted = admitted;
    this.#lifetime = lifetime;
    this.#dependencies = dependencies;
    this.#transport = transport;
    this.#rateLimits = new RateLimits(dependencies.settings.messages, now);
    this.#liveness = new Liveness(transport, now);
    this.#intake = new FrameIntake({
      isUnread: () => transport.unsent > dependencies.settings.slowReaderBytes,
      // The frames behind a `hello` wait until it is answered (W4).
      isBusy: () => this.#state.tag === "greeting" || this.#identified?.commands.isBusy === true,
      now: dependencies.now,
      take: (text, at) => this.#take(text, at),
      pause: () => transport.pause(),
      resume: () => transport.resume(),
    });
    this.#nextHeartbeatAt = now + dependencies.settings.heartbeatMs;
  }

  /** Whether `hello` was answered with `welcome`. */
  get ready(): boolean {
    return this.#identified !== undefined;
  }

  /** The bytes that the client has not read yet. */
  get unsent(): number {
    return this.#transport.unsent;
  }

  /** The presences whose leases must be renewed. */
  presences(): readonly Presence[] {
    return this.#identified?.commands.presences() ?? [];
  }

  /** A text message came. */
  receive(text: string): void {
    if (this.#state.tag === "ended") return;
    this.heard();
    this.#dependencies.counters.framesIn += 1;
    this.#intake.receive(text, this.#dependencies.now());
  }

  /** Something was received, maybe only a pong. */
  heard(): void {
    this.#liveness.heard(this.#dependencies.now());
  }

  /** The unsent bytes have been sent. */
  drained(): void {
    // Frames come first: a long catch-up fills the connection again at once.
    this.#intake.proceed();
    this.#identified?.commands.drained();
  }

  /**
   * The connection is gone. After 1000 it leaves its rooms at once; otherwise its leases last for the grace
   * time (P2).
   */
  ended(code: number): void {
    const presences = this.#identified?.commands.end() ?? [];
    this.#state = { tag: "ended" };
    this.#intake.end();
    if (presences.length === 0) return;
    const { board, fork } = this.#dependencies;
    const end = code === CLOSE.goodbye ? board.leave : board.drop;
    // If the log is away, the leases expire by themselves.
    fork(Effect.ignore(end(presences)));
  }

  /** Closes the connection from this side. A user who is asked to move does not leave the rooms. */
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

  cut(): void {
    if (this.#state.tag === "ended") return;
    this.#transport.terminate();
    this.ended(1006);
  }

  tick(now: number, stalledMs: number): void {
    if (this.#state.tag === "ended") return;
    this.#liveness.stalled(stalledMs, now);
    // A transport need not report that it has drained if little was unsent.
    if (this.#intake.paused) this.drained();
    if (!this.#keepsDeadlines(now) || now < this.#nextHeartbeatAt) return;
    const { heartbeatMs, slowReaderBytes } = this.#dependencies.settings;
    this.#nextHeartbeatAt = now + heartbeatMs;
    this.#liveness.look(now, !this.#intake.paused);
    if (this.#liveness.isSilent(now, heartbeatMs) || this.#liveness.isStuck(now, heartbeatMs))
      return this.cut();
    this.#transport.ping();
    const heads = this.#identified?.commands.heads();
    if (heads !== undefined && this.#transport.unsent <= slowReaderBytes)
      this.#send(encodeFrame({ type: "heartbeat", heads }));
  }

  /** Checks the deadlines. False if one has passed, and the connection was closed. */
  #keepsDeadlines(now: number): boolean {
    const deadline = deadlineOf(this.#lifetime, this.#identified?.greeted, now);
    if (deadline?.tag === "goAway") this.goAway(deadline.goAway, now);
    if (deadline?.tag !== "close") return true;
    this.close(deadline.code, deadline.reason);
    return false;
  }

  get #identified(): Identified | undefined {
    if (this.#state.tag === "ready") return this.#state.identified;
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

  /** Whether the frame is not a hello, although none has come yet (W4). */
  #isOutOfPlace(type: string | undefined): boolean {
    return this.#state.tag === "awaiting" && !this.#state.refused && type !== "hello";
  }

  #noHello(): void {
    this.close(CLOSE.brokeProtocol, "The first frame must be hello.");
  }

  #badFrame({ ref, type, message }: BadFrame): void {
    if (this.#isOutOfPlace(type)) return this.#noHello();
    if (this.#state.tag === "awaiting") this.#state = { tag: "awaiting", refused: true };
    this.#refuse(ref, new Refused({ code: "bad_frame", message }));
    if (this.#rateLimits.breaksProtocol(this.#dependencies.now())) {
      this.close(CLOSE.brokeProtocol, "Ten bad frames came within a minute.");
    }
  }

  #take(text: string, at: number): void {
    if (this.#state.tag === "ended") return;
    const decoded = decodeClientFrame(text);
    if (!decoded.ok) this.#badFrame(decoded.reason);
    else if (this.#isOutOfPlace(decoded.value.type)) this.#noHello();
    else if (this.#admit(decoded.value)) this.#handle(decoded.value, at);
  }

  /** Takes a token for the frame, or refuses it (L1). */
  #admit(frame: ClientFrame): boolean {
    const now = this.#dependencies.now();
    const taken = this.#rateLimits.take(frame, now);
    if (taken.ok) return true;
    this.#refuse(frame.ref, refusal("rate_limited", taken.retryAfterMs));
    if (this.#rateLimits.floods(now)) {
      this.#dependencies.admission.penalise(this.#admitted.address);
      this.close(CLOSE.flooding, "Too many frames for too long.");
    }
    return false;
  }

  /** `at`: the moment from which the time for the answer counts. */
  #handle(frame: ClientFrame, at: number): void {
    const state = this.#state;
    switch (state.tag) {
      case "awaiting":
        if (frame.type === "hello") return this.#hello(frame, undefined);
        return this.#refuse(frame.ref, new Refused({ code: "bad_frame", message: "Send hello first." }));
      case "ready":
        if (frame.type === "hello") return this.#hello(frame, state.identified);
        return state.identified.commands.handle(frame, at);
      case "greeting":
      case "ended":
        return;
    }
  }

  #hello({ name, token, ref }: Hello, before: Identified | undefined): void {
    const parsed = parseUserName(name);
    if (!parsed.ok) {
      if (before === undefined) this.#state = { tag: "awaiting", refused: true };
      return this.#refuse(ref, nameRefusal(name));
    }
    this.#state = { tag: "greeting", before };
    const greet = this.#dependencies.admission
      .greet(parsed.value, token ?? before?.greeted.token, this.#admitted.caller)
      .pipe(
        Effect.map((greeted) => this.#greeted(ref, greeted, before)),
        Effect.catchTag("Unauthenticated", ({ message }) =>
          Effect.sync(() => this.close(CLOSE.unauthenticated, message)),
        ),
      );
    this.#dependencies.fork(greet);
  }

  /** The user is identified. The frames that came after the hello are handled now, in order. */
  #greeted(ref: string | undefined, greeted: Greeted, before: Identified | undefined): void {
    if (this.#state.tag !== "greeting") return;
    if (before !== undefined && greeted.user.id !== before.greeted.user.id) {
      this.#state = { tag: "ready", identified: before };
      this.#refuse(ref, refusal("forbidden"));
    } else if (before === undefined || this.#mayBear(greeted.user.name, before, ref)) {
      this.#welcome(greeted, before);
    } else this.#state = { tag: "ready", identified: before };
    this.#intake.proceed();
  }

  /** Whether the user may bear this name now: another one is refused within 10 s of a change (L4). */
  #mayBear(name: string, before: Identified, ref: string | undefined): boolean {
    if (name === before.greeted.user.name) return true;
    const taken = this.#rateLimits.takeRename(this.#dependencies.now());
    if (!taken.ok) this.#refuse(ref, refusal("rate_limited", taken.retryAfterMs));
    return taken.ok;
  }

  #welcome(greeted: Greeted, before: Identified | undefined): void {
    const { settings, board, fork } = this.#dependencies;
    const commands =
      before?.commands ??
      new CommandHandler(
        this.#dependencies,
        this.#transport,
        this.connection,
        this.#admitted.address,
        greeted,
        {
          refuse: (ref, refused) => this.#refuse(ref, refused),
          answered: () => this.#intake.proceed(),
        },
      );
    this.#state = { tag: "ready", identified: { greeted, commands } };
    this.#send(welcomeFrame(greeted, this.connection, settings));
    if (!commands.identify(greeted)) return;
    // The board stores the new name (W8). If the log is away, the next renewal of the leases brings it.
    fork(Effect.ignore(board.enter(commands.presences())));
  }
}
