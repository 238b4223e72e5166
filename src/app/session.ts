/**
 * The session of one WebSocket connection: hello, then rooms, until it ends.
 *
 *   awaiting ──hello──▶ greeting ──token is good──▶ ready ◀──hello again──▶ greeting
 *      ▲                   │ bad name: as before
 *      └───────────────────┘          every state ──close, cut──▶ ended
 *
 * What always holds: every frame that can be answered is answered once, with its `ref` (W5); what it asks of one room is done in order, and rooms
 * don't wait for each other; frames that come behind a `hello` wait for it (W4); nothing that a client sends throws.
 */
import { Cause, Clock, Effect, Exit, Scope } from "effect";
import { absurd } from "../domain/decision.ts";
import type { Author } from "../domain/event.ts";
import { rotation, rotationAge, type GoAway } from "../domain/going-away.ts";
import type { ConnectionId } from "../domain/presence.ts";
import { parseRoomName, type RoomName } from "../domain/room-name.ts";
import { isOut, strike, type Patience, type Strikes } from "../domain/strikes.ts";
import { fullBucket, take, type Bucket, type Rate } from "../domain/token-bucket.ts";
import { parseUserName } from "../domain/user.ts";
import {
  decodeClientFrame,
  type BadFrame,
  type ClientFrame,
  type Hello,
  type History,
  type Join,
  type Leave,
  type MessageFrame,
  type RoomFrame,
  type Typing,
} from "../wire/client-frame.ts";
import { encodeFrame, encodePage } from "../wire/encode.ts";
import { Outgoing } from "../wire/outgoing.ts";
import { CLOSE, HELLO_WITHIN_MS, PROTOCOL, type CloseCode, type ErrorCode } from "../wire/protocol.ts";
import { parseCommand, type CommandsShape } from "./commands.ts";
import type { Counters } from "./counters.ts";
import type { FeedsShape } from "./feeds.ts";
import { Lanes, type Fork } from "./lanes.ts";
import { Membership } from "./membership.ts";
import type { EventLogShape, LogUnavailable } from "./ports/event-log.ts";
import type { Identified, IdentityShape } from "./ports/identity.ts";
import type { Presence, PresenceBoardShape } from "./ports/presence-board.ts";
import type { SignalsShape } from "./ports/signals.ts";
import { refusal, Refused } from "./refusal.ts";
import { limitsOf, type SettingsShape } from "./settings.ts";
import type { Transport } from "./transport.ts";

/** What all sessions of an instance share. */
export interface House {
  readonly settings: SettingsShape;
  readonly log: EventLogShape;
  readonly board: PresenceBoardShape;
  readonly signals: SignalsShape;
  readonly identity: IdentityShape;
  readonly feeds: FeedsShape;
  readonly commands: CommandsShape;
  readonly counters: Counters;
  readonly fork: Fork;
  /** Unix ms. */
  readonly now: () => number;
}

type State =
  | { readonly tag: "awaiting" }
  | { readonly tag: "greeting"; readonly held: ClientFrame[]; readonly before: Identified | undefined }
  | { readonly tag: "ready"; readonly identified: Identified }
  | { readonly tag: "ended" };

/** D5: an answer comes within 2 s. */
const ANSWER_WITHIN_MS = 1_900;
/** W5, L1. */
const BAD_FRAMES: Patience = { strikes: 10, withinMs: 60_000 };
const REFUSALS: Patience = { strikes: 100, withinMs: 10_000 };
const OTHER_FRAMES: Rate = { perSecond: 50, burst: 200 };

export class Session {
  readonly connection: ConnectionId;
  readonly openedAt: number;
  /** When it is to be rotated (G1). */
  readonly rotateAt: number;
  readonly #house: House;
  readonly #transport: Transport;
  readonly #lanes: Lanes<RoomName>;
  readonly #memberships = new Map<RoomName, Membership>();
  #state: State = { tag: "awaiting" };
  #greeted = false;
  #messages: Bucket;
  #others: Bucket;
  #badFrames: Strikes = [];
  #refusals: Strikes = [];
  #heardAt: number;
  #unsent = 0;
  #beatAt: number;
  #leaveBy: number | undefined;

  constructor(house: House, transport: Transport, connection: ConnectionId, chance: number) {
    const now = house.now();
    this.connection = connection;
    this.openedAt = now;
    this.rotateAt = now + rotationAge(house.settings.requestTimeoutMs, chance);
    this.#house = house;
    this.#transport = transport;
    this.#lanes = new Lanes(house.fork);
    this.#messages = fullBucket(house.settings.messages, now);
    this.#others = fullBucket(OTHER_FRAMES, now);
    this.#heardAt = now;
    this.#beatAt = now + house.settings.heartbeatMs;
  }

  /** It has said hello and been welcomed. */
  get ready(): boolean {
    return (
      this.#state.tag === "ready" || (this.#state.tag === "greeting" && this.#state.before !== undefined)
    );
  }

  /** It has been asked to go. */
  get leaving(): boolean {
    return this.#leaveBy !== undefined;
  }

  /** What this connection's leases are for, to be renewed. */
  presences(): readonly Presence[] {
    const user = this.#user;
    if (user === undefined) return [];
    return [...this.#memberships.values()]
      .filter((membership) => membership.joined)
      .map(({ room }) => ({ room, user, connection: this.connection }));
  }

  /** A text message came. */
  receive(text: string): void {
    if (this.#state.tag === "ended") return;
    this.#heardAt = this.#house.now();
    this.#house.counters.framesIn += 1;
    const decoded = decodeClientFrame(text);
    if (!decoded.ok) this.#badFrame(decoded.reason);
    else if (this.#state.tag === "awaiting" && !this.#greeted && decoded.value.type !== "hello") {
      this.close(CLOSE.brokeProtocol, "The first frame is hello.");
    } else if (this.#admit(decoded.value)) this.#handle(decoded.value);
  }

  /** Anything came, a pong too. */
  heard(): void {
    this.#heardAt = this.#house.now();
  }

  /** What was unsent has left. */
  drained(): void {
    for (const membership of this.#memberships.values()) membership.drained();
  }

  /** The connection is gone. With 1000 it said goodbye, and has left its rooms; else its leases stand for the grace time (P2). */
  ended(code: number): void {
    if (this.#state.tag === "ended") return;
    const presences = this.#presencesOfAll();
    this.#state = { tag: "ended" };
    const { board, fork } = this.#house;
    // A join that is under way sees that this has ended, and undoes what it did itself.
    const scopes = [...this.#memberships.values()].flatMap(({ subscription, scope }) =>
      subscription === undefined ? [] : [scope],
    );
    this.#memberships.clear();
    for (const scope of scopes) fork(Scope.close(scope, Exit.void));
    if (presences.length === 0) return;
    const end = code === CLOSE.goodbye ? board.leave : board.drop;
    // Should the log be away, the leases lapse by themselves.
    fork(Effect.ignore(end(presences)));
  }

  close(code: CloseCode, reason: string): void {
    if (this.#state.tag === "ended") return;
    this.#transport.close(code, reason);
    this.ended(code === CLOSE.goodbye ? CLOSE.moved : code);
  }

  /** Asks the client to move (G1 to G3); it is served until it goes, or the deadline comes. */
  goAway(goAway: GoAway): void {
    if (this.#state.tag === "ended" || (this.leaving && goAway.reason !== "shutdown")) return;
    this.#leaveBy = this.#house.now() + goAway.deadlineMs;
    this.#send(encodeFrame({ type: "goaway", ...goAway }));
  }

  /** The instance's one clock comes by: heartbeats, deadlines, and the silence of the dead. */
  tick(now: number): void {
    const { state, settings } = { state: this.#state, settings: this.#house.settings };
    if (state.tag === "ended") return;
    if (!this.ready && now - this.openedAt >= HELLO_WITHIN_MS) {
      return this.close(CLOSE.brokeProtocol, "No hello came within 10 seconds.");
    }
    if (now >= this.rotateAt && this.ready && !this.leaving) {
      this.goAway(rotation(settings.requestTimeoutMs, now - this.openedAt));
    }
    if (this.#leaveBy !== undefined && now >= this.#leaveBy) {
      return this.close(CLOSE.moved, "Please open a new connection.");
    }
    if (state.tag === "ready" && (state.identified.expiresAt ?? Infinity) <= now) {
      return this.close(CLOSE.unauthenticated, "The token has expired.");
    }
    if (now < this.#beatAt) return;
    this.#beatAt = now + settings.heartbeatMs;
    // A slow reader that takes in what it was sent is alive, though its pong waits behind all that.
    const unsent = this.#transport.unsent;
    if (unsent > 0 && unsent < this.#unsent) this.#heardAt = now;
    this.#unsent = unsent;
    if (now - this.#heardAt >= 2 * settings.heartbeatMs) {
      this.#transport.terminate();
      return this.ended(1006);
    }
    this.#transport.ping();
    if (this.ready && unsent <= settings.slowReaderBytes) this.#beat();
  }

  #beat(): void {
    const heads: Record<string, number> = Object.create(null);
    for (const { room, seq } of this.#memberships.values()) if (seq !== undefined) heads[room] = seq;
    this.#send(encodeFrame({ type: "heartbeat", heads }));
  }

  get #identified(): Identified | undefined {
    if (this.#state.tag === "ready") return this.#state.identified;
    return this.#state.tag === "greeting" ? this.#state.before : undefined;
  }

  get #user(): Author | undefined {
    return this.#identified?.user;
  }

  #presencesOfAll(): readonly Presence[] {
    const user = this.#user;
    if (user === undefined) return [];
    return [...this.#memberships.keys()].map((room) => ({ room, user, connection: this.connection }));
  }

  #send(text: string): void {
    this.#transport.send(new Outgoing(text));
  }

  #error(ref: string | undefined, { code, message, retryAfterMs }: Refused): void {
    if (this.#state.tag === "ended") return;
    this.#house.counters.refused(code);
    this.#send(encodeFrame({ type: "error", ref, code, message, retryAfterMs }));
  }

  #refuse(ref: string | undefined, code: ErrorCode): void {
    this.#error(ref, refusal(code));
  }

  #badFrame({ ref, type, message }: BadFrame): void {
    if (this.#state.tag === "awaiting" && !this.#greeted && type !== "hello") {
      return this.close(CLOSE.brokeProtocol, "The first frame is hello.");
    }
    if (this.#state.tag === "awaiting") this.#greeted = true;
    this.#error(ref, new Refused({ code: "bad_frame", message }));
    this.#badFrames = strike(this.#badFrames, BAD_FRAMES, this.#house.now());
    if (isOut(this.#badFrames, BAD_FRAMES)) {
      this.close(CLOSE.brokeProtocol, "Ten frames within a minute were none of the protocol's.");
    }
  }

  /** L1: takes a token, or refuses. */
  #admit(frame: ClientFrame): boolean {
    const now = this.#house.now();
    const isMessage =
      frame.type === "post" || frame.type === "edit" || frame.type === "delete" || frame.type === "react";
    const taken = isMessage
      ? take(this.#messages, this.#house.settings.messages, now)
      : take(this.#others, OTHER_FRAMES, now);
    if (isMessage) this.#messages = taken.bucket;
    else this.#others = taken.bucket;
    if (taken.ok) return true;
    this.#error(frame.ref, refusal("rate_limited", taken.retryAfterMs));
    this.#refusals = strike(this.#refusals, REFUSALS, now);
    if (isOut(this.#refusals, REFUSALS)) this.close(CLOSE.flooding, "Too much, for too long.");
    return false;
  }

  #handle(frame: ClientFrame): void {
    const state = this.#state;
    switch (state.tag) {
      case "awaiting":
        if (frame.type === "hello") return this.#hello(frame, undefined);
        return this.#error(frame.ref, new Refused({ code: "bad_frame", message: "Say hello first." }));
      case "greeting":
        state.held.push(frame);
        return;
      case "ready":
        return frame.type === "hello" ? this.#hello(frame, state.identified) : this.#room(frame);
      case "ended":
        return;
    }
  }

  #hello({ name, token, ref }: Hello, before: Identified | undefined): void {
    this.#greeted = true;
    const parsed = parseUserName(name);
    if (!parsed.ok) return this.#refuse(ref, parsed.reason);
    const held: ClientFrame[] = [];
    this.#state = { tag: "greeting", held, before };
    const greet = this.#house.identity.greet(parsed.value, token ?? before?.token).pipe(
      Effect.map((identified) => {
        if (this.#state.tag === "ended") return;
        if (before !== undefined && identified.user.id !== before.user.id) {
          this.#state = { tag: "ready", identified: before };
          this.#refuse(ref, "forbidden");
        } else this.#welcome(identified, before);
        // The clone, since what is handled may put the session into `greeting` again.
        for (const frame of held) this.#handle(frame);
      }),
      Effect.catchTag("Unauthenticated", ({ message }) =>
        Effect.sync(() => this.close(CLOSE.unauthenticated, message)),
      ),
    );
    this.#house.fork(greet);
  }

  #welcome(identified: Identified, before: Identified | undefined): void {
    const { settings, board, fork } = this.#house;
    this.#state = { tag: "ready", identified };
    const { id, name } = identified.user;
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
    // W8: the board takes over another name; should the log be away, the next renewal brings it.
    if (before !== undefined && before.user.name !== name) fork(Effect.ignore(board.enter(this.presences())));
  }

  #room(frame: RoomFrame): void {
    const room = parseRoomName(frame.room);
    if (!room.ok) return this.#refuse(frame.ref, room.reason);
    const work = this.#work(frame, room.value);
    if (work === undefined) return;
    const deadline = this.#house.now() + ANSWER_WITHIN_MS;
    const answered = Effect.gen(function* () {
      const left = deadline - (yield* Clock.currentTimeMillis);
      if (left <= 0) return yield* refusal("unavailable");
      return yield* Effect.timeoutOrElse(work, {
        duration: left,
        orElse: () => Effect.fail(refusal("unavailable")),
      });
    }).pipe(
      Effect.catchTag("LogUnavailable", () => Effect.fail(refusal("unavailable"))),
      Effect.catchTag("Refused", (refused) => Effect.sync(() => this.#error(frame.ref, refused))),
      // Whatever else there is, is a bug: the client is told something that is true, the log of the service the rest.
      Effect.catchCause((cause) =>
        Cause.hasInterruptsOnly(cause)
          ? Effect.void
          : Effect.andThen(
              Effect.logError("A frame could not be served.", cause),
              Effect.sync(() => this.#refuse(frame.ref, "unavailable")),
            ),
      ),
    );
    // A post asks nothing of what the room holds, and the log appends in the order in which it is called: the next one need not wait for its ack.
    const isPlainPost = frame.type === "post" && frame.replyTo === undefined;
    const job = isPlainPost ? Effect.sync(() => void this.#house.fork(answered)) : answered;
    this.#lanes.submit(room.value, job);
  }

  /** What a frame asks for; undefined where it was refused at once. */
  #work(frame: RoomFrame, room: RoomName): Effect.Effect<void, Refused | LogUnavailable> | undefined {
    switch (frame.type) {
      case "join":
        return this.#join(frame, room);
      case "leave":
        return this.#leave(frame, room);
      case "history":
        return this.#history(frame, room);
      case "typing":
        return this.#typing(frame, room);
      case "post":
      case "edit":
      case "delete":
      case "react":
        return this.#command(frame, room);
      default:
        return absurd(frame);
    }
  }

  #join({ ref, after, limit }: Join, room: RoomName): Effect.Effect<void, Refused | LogUnavailable> {
    return Effect.gen({ self: this }, function* () {
      const { board, feeds, settings } = this.#house;
      const user = this.#user;
      if (user === undefined) return;
      if (this.#memberships.has(room)) return yield* refusal("already_joined");
      if (this.#memberships.size >= settings.roomsPerConnection) return yield* refusal("too_many_rooms");
      const scope = Scope.makeUnsafe();
      const membership = new Membership(
        room,
        this.connection,
        ref,
        this.#transport,
        settings.slowReaderBytes,
        scope,
      );
      const presence: Presence = { room, user, connection: this.connection };
      this.#memberships.set(room, membership);
      const subscribe = Effect.suspend(() =>
        this.#state.tag === "ended" ? Effect.interrupt : feeds.subscribe(room, membership, { after, limit }),
      );
      const undo = Effect.suspend(() => {
        if (this.#memberships.get(room) === membership) this.#memberships.delete(room);
        return Effect.andThen(Scope.close(scope, Exit.void), Effect.ignore(board.drop([presence])));
      });
      yield* board.enter([presence]).pipe(
        Effect.andThen(subscribe),
        Scope.provide(scope),
        Effect.map((subscription) => {
          membership.subscription = subscription;
        }),
        // The connection may have ended meanwhile; then nothing of this may stay.
        Effect.onExit((exit) => (Exit.isFailure(exit) || this.#state.tag === "ended" ? undo : Effect.void)),
      );
    });
  }

  #joined(room: RoomName): Effect.Effect<Membership, Refused> {
    return Effect.suspend(() => {
      const membership = this.#memberships.get(room);
      return membership?.joined === true ? Effect.succeed(membership) : Effect.fail(refusal("not_joined"));
    });
  }

  #leave({ ref }: Leave, room: RoomName): Effect.Effect<void, Refused | LogUnavailable> {
    return Effect.gen({ self: this }, function* () {
      const membership = yield* this.#joined(room);
      const user = this.#user;
      if (user === undefined) return;
      yield* this.#house.board.leave([{ room, user, connection: this.connection }]);
      this.#memberships.delete(room);
      yield* Scope.close(membership.scope, Exit.void);
      this.#send(encodeFrame({ type: "left", ref, room }));
    });
  }

  #history({ ref, before, limit }: History, room: RoomName): Effect.Effect<void, Refused | LogUnavailable> {
    return Effect.gen({ self: this }, function* () {
      yield* this.#joined(room);
      const { entries, more } = yield* this.#house.log.before(room, before, limit);
      this.#send(encodePage(ref, room, entries, more));
    });
  }

  #typing(_: Typing, room: RoomName): Effect.Effect<void, Refused> {
    return Effect.gen({ self: this }, function* () {
      yield* this.#joined(room);
      const user = this.#user;
      if (user !== undefined) {
        this.#house.signals.publish(room, { kind: "typing", user, connection: this.connection });
      }
    });
  }

  #command(frame: MessageFrame, room: RoomName): Effect.Effect<void, Refused | LogUnavailable> | undefined {
    const user = this.#user;
    if (user === undefined) return undefined;
    const parsed = parseCommand(frame, user, this.#house.settings.textLength);
    if (!parsed.ok) {
      this.#refuse(frame.ref, parsed.reason);
      return undefined;
    }
    return Effect.gen({ self: this }, function* () {
      yield* this.#joined(room);
      const { at, duplicate } = yield* this.#house.commands.perform(room, parsed.value);
      this.#house.counters.acked += 1;
      this.#send(encodeFrame({ type: "ack", ref: frame.ref, room, id: at.id, seq: at.seq, duplicate }));
    });
  }
}
