/**
 * The command handler: serves the frames of one connection about rooms (join, leave, history, typing and
 * commands).
 *
 * Always true:
 * - Every frame is answered once, within 2 s (D5), with its result or with an error that has its `ref`. Only
 *   `typing` has no result.
 * - The frames about one room are served in order, and no room waits for another.
 * - If a join fails, or if the connection ends during it, everything that it did is undone.
 */
import { Cause, Clock, Effect, Exit, Scope } from "effect";
import { absurd } from "../../domain/decision.ts";
import type { ConnectionId } from "../../domain/presence.ts";
import { mayDo } from "../../domain/rights.ts";
import { parseRoomName, type RoomName } from "../../domain/room-name.ts";
import type { History, Join, Leave, MessageFrame, RoomFrame, Typing } from "../../wire/client-frame.ts";
import { encodeFrame, encodePage } from "../../wire/encode.ts";
import { Outgoing } from "../../wire/outgoing.ts";
import { DEFAULT_EVENTS } from "../../wire/protocol.ts";
import { requireRight } from "../admission/admission.ts";
import { parseCommand } from "../commands/commands.ts";
import type { SessionDependencies } from "./dependencies.ts";
import { KeyedSerialQueue } from "./keyed-serial-queue.ts";
import { RoomSubscription } from "./room-subscription.ts";
import type { LogUnavailable } from "../ports/event-log.ts";
import type { Verified } from "../ports/identity.ts";
import type { Presence } from "../ports/presence-board.ts";
import { refusal, type Refused } from "../commands/refusal.ts";
import type { Transport } from "./transport.ts";

/** An answer must come within 2 s (D5). */
const ANSWER_WITHIN_MS = 1_900;

type Work = Effect.Effect<void, Refused | LogUnavailable>;

/** While the answers that are under way may have so many events, no further frame is taken (D8). */
const MAX_UNDER_WAY = 1_000;

/** The maximum number of events in the answer to a frame; at least 1. */
const weightOf = (frame: RoomFrame): number => {
  switch (frame.type) {
    case "history":
      return frame.limit;
    case "join":
      return frame.after === undefined ? Math.max(1, frame.limit) : DEFAULT_EVENTS;
    default:
      return 1;
  }
};

/** How a command handler reports to its session. */
export interface Replies {
  readonly refuse: (ref: string | undefined, refused: Refused) => void;
  /** The handler was busy, and is not any more. */
  readonly answered: () => void;
}

export class CommandHandler {
  readonly #dependencies: SessionDependencies;
  readonly #transport: Transport;
  readonly #connection: ConnectionId;
  readonly #address: string;
  readonly #replies: Replies;
  readonly #queue: KeyedSerialQueue<RoomName>;
  readonly #rooms = new Map<RoomName, RoomSubscription>();
  /** The maximum number of events in all answers that are under way. */
  #underWay = 0;
  #ended = false;
  #caller: Verified;

  constructor(
    dependencies: SessionDependencies,
    transport: Transport,
    connection: ConnectionId,
    address: string,
    caller: Verified,
    replies: Replies,
  ) {
    this.#dependencies = dependencies;
    this.#transport = transport;
    this.#connection = connection;
    this.#address = address;
    this.#caller = caller;
    this.#replies = replies;
    this.#queue = new KeyedSerialQueue(dependencies.fork);
  }

  /**
   * Takes over what a later `hello` says of the user: the name that later events bear (W8), and the grants.
   * The rooms that may no longer be read are left (A3). True if the name has changed.
   */
  identify(caller: Verified): boolean {
    const renamed = caller.user.name !== this.#caller.user.name;
    this.#caller = caller;
    for (const { room } of this.#rooms.values()) {
      if (!mayDo(caller.grants, "read", room)) this.#queue.submit(room, this.#leaveForbidden(room));
    }
    return renamed;
  }

  /** The presences whose leases must be renewed. */
  presences(): readonly Presence[] {
    return [...this.#rooms.values()].filter(({ joined }) => joined).map(({ room }) => this.#in(room));
  }

  /** For each joined room the seq of the last event that was sent (W6). */
  heads(): Readonly<Record<string, number>> {
    const heads: Record<string, number> = Object.create(null);
    for (const { room, seq } of this.#rooms.values()) if (seq !== undefined) heads[room] = seq;
    return heads;
  }

  /** The unsent bytes have been sent. */
  drained(): void {
    for (const joined of this.#rooms.values()) joined.drained();
  }

  /**
   * The connection is gone: nothing more is sent. Returns all its presences, including rooms that it was
   * joining.
   */
  end(): readonly Presence[] {
    this.#ended = true;
    const presences = [...this.#rooms.keys()].map((room) => this.#in(room));
    for (const { subscription, scope } of this.#rooms.values()) {
      // A join that is under way sees that the connection has ended, and undoes its own work.
      if (subscription !== undefined) this.#dependencies.fork(Scope.close(scope, Exit.void));
    }
    this.#rooms.clear();
    return presences;
  }

  /** Whether so many answers are under way that no further frame may be taken. */
  get isBusy(): boolean {
    return this.#underWay >= MAX_UNDER_WAY;
  }

  /**
   * Serves a frame, after all earlier frames about the same room. `at`: the moment from which the time for
   * the answer counts.
   */
  handle(frame: RoomFrame, at: number): void {
    const room = parseRoomName(frame.room);
    if (!room.ok) return this.#refuse(frame.ref, refusal(room.reason));
    const work = this.#work(frame, room.value);
    if (work === undefined) return;
    const deadline = at + ANSWER_WITHIN_MS;
    const weight = weightOf(frame);
    this.#underWay += weight;
    const answered = Effect.gen(function* () {
      const left = deadline - (yield* Clock.currentTimeMillis);
      if (left <= 0) return yield* refusal("unavailable");
      return yield* Effect.timeoutOrElse(work, {
        duration: left,
        orElse: () => Effect.fail(refusal("unavailable")),
      });
    }).pipe(
      Effect.catchTag("LogUnavailable", () => Effect.fail(refusal("unavailable"))),
      Effect.catchTag("Refused", (refused) => Effect.sync(() => this.#refuse(frame.ref, refused))),
      // Any other failure is a bug. The client gets `unavailable`, and the service's log gets the cause.
      Effect.catchCause((cause) =>
        Cause.hasInterruptsOnly(cause)
          ? Effect.void
          : Effect.andThen(
              Effect.logError("A frame could not be served.", cause),
              Effect.sync(() => this.#refuse(frame.ref, refusal("unavailable"))),
            ),
      ),
      Effect.ensuring(Effect.sync(() => this.#answered(weight))),
    );
    // A post without `replyTo` depends on no other message, and the log appends in the order of the calls. So
    // the next frame need not wait for its ack.
    const isPlainPost = frame.type === "post" && frame.replyTo === undefined;
    const job = isPlainPost ? Effect.sync(() => void this.#dependencies.fork(answered)) : answered;
    this.#queue.submit(room.value, job);
  }

  /** The work of a frame. Undefined if the frame was refused at once. */
  #work(frame: RoomFrame, room: RoomName): Work | undefined {
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

  #join({ ref, after, limit }: Join, room: RoomName): Work {
    return Effect.gen({ self: this }, function* () {
      const { board, feeds, fork, newRooms, settings } = this.#dependencies;
      if (this.#rooms.has(room)) return yield* refusal("already_joined");
      yield* requireRight(this.#caller, "read", room);
      if (this.#rooms.size >= settings.roomsPerConnection) return yield* refusal("too_many_rooms");
      yield* newRooms.permit(room, this.#address);
      // Joins of other rooms may have come first meanwhile.
      if (this.#rooms.size >= settings.roomsPerConnection) return yield* refusal("too_many_rooms");
      const scope = Scope.makeUnsafe();
      const joined = new RoomSubscription(
        room,
        this.#connection,
        ref,
        this.#transport,
        settings.slowReaderBytes,
        scope,
      );
      const presence = this.#in(room);
      this.#rooms.set(room, joined);
      const subscribe = Effect.suspend(() =>
        this.#ended ? Effect.interrupt : feeds.subscribe(room, joined, { after, limit }),
      );
      const undo = Effect.suspend(() => {
        if (this.#rooms.get(room) === joined) this.#rooms.delete(room);
        // It does not wait for this: while the log is away, the answer would come too late (D5).
        fork(Effect.ignore(board.drop([presence])));
        return Scope.close(scope, Exit.void);
      });
      yield* board.enter([presence]).pipe(
        Effect.andThen(subscribe),
        Scope.provide(scope),
        Effect.map((subscription) => {
          joined.subscription = subscription;
        }),
        // If the connection has ended meanwhile, nothing of this may remain.
        Effect.onExit((exit) => (Exit.isFailure(exit) || this.#ended ? undo : Effect.void)),
      );
    });
  }

  #answered(weight: number): void {
    const wasBusy = this.isBusy;
    this.#underWay -= weight;
    if (wasBusy && !this.isBusy) this.#replies.answered();
  }

  #refuse(ref: string | undefined, refused: Refused): void {
    this.#replies.refuse(ref, refused);
  }

  #joined(room: RoomName): Effect.Effect<RoomSubscription, Refused> {
    return Effect.suspend(() => {
      const joined = this.#rooms.get(room);
      return joined?.joined === true ? Effect.succeed(joined) : Effect.fail(refusal("not_joined"));
    });
  }

  #leave({ ref }: Leave, room: RoomName): Work {
    return Effect.gen({ self: this }, function* () {
      const joined = yield* this.#joined(room);
      yield* this.#dependencies.board.leave([this.#in(room)]);
      this.#rooms.delete(room);
      yield* Scope.close(joined.scope, Exit.void);
      this.#send(encodeFrame({ type: "left", ref, room }));
    });
  }

  /** Ends a membership that the user has no right to any more. It ends here even while the log is away. */
  #leaveForbidden(room: RoomName): Effect.Effect<void> {
    return Effect.suspend(() => {
      const joined = this.#rooms.get(room);
      if (joined === undefined || mayDo(this.#caller.grants, "read", room)) return Effect.void;
      this.#rooms.delete(room);
      this.#send(encodeFrame({ type: "left", room, reason: "forbidden" }));
      const left = Effect.ignore(this.#dependencies.board.leave([this.#in(room)]));
      return Effect.andThen(Scope.close(joined.scope, Exit.void), left);
    });
  }

  #history({ ref, before, limit }: History, room: RoomName): Work {
    return Effect.gen({ self: this }, function* () {
      yield* this.#joined(room);
      yield* requireRight(this.#caller, "read", room);
      const { entries, more } = yield* this.#dependencies.history.before(room, before, limit);
      this.#send(encodePage(ref, room, entries, more));
    });
  }

  #typing(_: Typing, room: RoomName): Effect.Effect<void, Refused> {
    return Effect.gen({ self: this }, function* () {
      yield* this.#joined(room);
      yield* requireRight(this.#caller, "write", room);
      const { signals, typing, now } = this.#dependencies;
      if (!typing.passes(room, this.#caller.user.id, now())) return;
      signals.publish(room, {
        kind: "typing",
        user: this.#caller.user,
        connection: this.#connection,
      });
    });
  }

  #command(frame: MessageFrame, room: RoomName): Work | undefined {
    const parsed = parseCommand(frame, this.#caller.user, this.#dependencies.settings.textLength);
    if (!parsed.ok) {
      this.#refuse(frame.ref, refusal(parsed.reason));
      return undefined;
    }
    return Effect.gen({ self: this }, function* () {
      yield* this.#joined(room);
      yield* requireRight(this.#caller, "write", room);
      const { at, duplicate } = yield* this.#dependencies.commands.perform(room, parsed.value);
      this.#dependencies.counters.acked += 1;
      this.#send(encodeFrame({ type: "ack", ref: frame.ref, room, id: at.id, seq: at.seq, duplicate }));
    });
  }

  #in(room: RoomName): Presence {
    return { room, user: this.#caller.user, connection: this.#connection };
  }

  #send(text: string): void {
    this.#transport.send(new Outgoing(text));
  }
}
