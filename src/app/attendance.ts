/**
 * The rooms of one connection, and what it asks of them: to join and leave, to post and react, to look back.
 *
 * What always holds: every frame is answered once, within 2 s (D5), by what was asked or by an error with its `ref`; what is asked of one room is done in
 * order, and no room waits for another; nothing of a join stays when it fails, or when the connection ends in the middle of it.
 */
import { Cause, Clock, Effect, Exit, Scope } from "effect";
import { absurd } from "../domain/decision.ts";
import type { Author } from "../domain/event.ts";
import type { ConnectionId } from "../domain/presence.ts";
import { parseRoomName, type RoomName } from "../domain/room-name.ts";
import type { History, Join, Leave, MessageFrame, RoomFrame, Typing } from "../wire/client-frame.ts";
import { encodeFrame, encodePage } from "../wire/encode.ts";
import { Outgoing } from "../wire/outgoing.ts";
import { parseCommand } from "./commands.ts";
import type { House } from "./house.ts";
import { Lanes } from "./lanes.ts";
import { Membership } from "./membership.ts";
import type { LogUnavailable } from "./ports/event-log.ts";
import type { Presence } from "./ports/presence-board.ts";
import { refusal, type Refused } from "./refusal.ts";
import type { Transport } from "./transport.ts";

/** D5: an answer comes within 2 s. */
const ANSWER_WITHIN_MS = 1_900;

type Work = Effect.Effect<void, Refused | LogUnavailable>;

export class Attendance {
  readonly #house: House;
  readonly #transport: Transport;
  readonly #connection: ConnectionId;
  readonly #refuse: (ref: string | undefined, refused: Refused) => void;
  readonly #lanes: Lanes<RoomName>;
  readonly #memberships = new Map<RoomName, Membership>();
  #ended = false;
  /** Who attends, under the name that later events bear (W8). */
  user: Author;

  constructor(
    house: House,
    transport: Transport,
    connection: ConnectionId,
    user: Author,
    refuse: (ref: string | undefined, refused: Refused) => void,
  ) {
    this.#house = house;
    this.#transport = transport;
    this.#connection = connection;
    this.user = user;
    this.#refuse = refuse;
    this.#lanes = new Lanes(house.fork);
  }

  /** What this connection's leases are for, to be renewed. */
  presences(): readonly Presence[] {
    return [...this.#memberships.values()].filter(({ joined }) => joined).map(({ room }) => this.#in(room));
  }

  /** The seq at which each joined room stands on this connection (W6). */
  heads(): Readonly<Record<string, number>> {
    const heads: Record<string, number> = Object.create(null);
    for (const { room, seq } of this.#memberships.values()) if (seq !== undefined) heads[room] = seq;
    return heads;
  }

  /** What was unsent has left. */
  drained(): void {
    for (const membership of this.#memberships.values()) membership.drained();
  }

  /** The connection is gone: nothing goes out any more. Gives what it was in, joining included. */
  end(): readonly Presence[] {
    this.#ended = true;
    const presences = [...this.#memberships.keys()].map((room) => this.#in(room));
    for (const { subscription, scope } of this.#memberships.values()) {
      // A join that is under way sees that this has ended, and undoes what it did itself.
      if (subscription !== undefined) this.#house.fork(Scope.close(scope, Exit.void));
    }
    this.#memberships.clear();
    return presences;
  }

  /** Does what a frame asks, behind what was asked of the room before. */
  handle(frame: RoomFrame): void {
    const room = parseRoomName(frame.room);
    if (!room.ok) return this.#refuse(frame.ref, refusal(room.reason));
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
      Effect.catchTag("Refused", (refused) => Effect.sync(() => this.#refuse(frame.ref, refused))),
      // Whatever else there is, is a bug: the client is told something that is true, the log of the service the rest.
      Effect.catchCause((cause) =>
        Cause.hasInterruptsOnly(cause)
          ? Effect.void
          : Effect.andThen(
              Effect.logError("A frame could not be served.", cause),
              Effect.sync(() => this.#refuse(frame.ref, refusal("unavailable"))),
            ),
      ),
    );
    // A post asks nothing of what the room holds, and the log appends in the order in which it is called: the next one need not wait for its ack.
    const isPlainPost = frame.type === "post" && frame.replyTo === undefined;
    const job = isPlainPost ? Effect.sync(() => void this.#house.fork(answered)) : answered;
    this.#lanes.submit(room.value, job);
  }

  /** What a frame asks for; undefined where it was refused at once. */
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
      const { board, feeds, settings } = this.#house;
      if (this.#memberships.has(room)) return yield* refusal("already_joined");
      if (this.#memberships.size >= settings.roomsPerConnection) return yield* refusal("too_many_rooms");
      const scope = Scope.makeUnsafe();
      const membership = new Membership(
        room,
        this.#connection,
        ref,
        this.#transport,
        settings.slowReaderBytes,
        scope,
      );
      const presence = this.#in(room);
      this.#memberships.set(room, membership);
      const subscribe = Effect.suspend(() =>
        this.#ended ? Effect.interrupt : feeds.subscribe(room, membership, { after, limit }),
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
        Effect.onExit((exit) => (Exit.isFailure(exit) || this.#ended ? undo : Effect.void)),
      );
    });
  }

  #joined(room: RoomName): Effect.Effect<Membership, Refused> {
    return Effect.suspend(() => {
      const membership = this.#memberships.get(room);
      return membership?.joined === true ? Effect.succeed(membership) : Effect.fail(refusal("not_joined"));
    });
  }

  #leave({ ref }: Leave, room: RoomName): Work {
    return Effect.gen({ self: this }, function* () {
      const membership = yield* this.#joined(room);
      yield* this.#house.board.leave([this.#in(room)]);
      this.#memberships.delete(room);
      yield* Scope.close(membership.scope, Exit.void);
      this.#send(encodeFrame({ type: "left", ref, room }));
    });
  }

  #history({ ref, before, limit }: History, room: RoomName): Work {
    return Effect.gen({ self: this }, function* () {
      yield* this.#joined(room);
      const { entries, more } = yield* this.#house.log.before(room, before, limit);
      this.#send(encodePage(ref, room, entries, more));
    });
  }

  #typing(_: Typing, room: RoomName): Effect.Effect<void, Refused> {
    return Effect.gen({ self: this }, function* () {
      yield* this.#joined(room);
      this.#house.signals.publish(room, { kind: "typing", user: this.user, connection: this.#connection });
    });
  }

  #command(frame: MessageFrame, room: RoomName): Work | undefined {
    const parsed = parseCommand(frame, this.user, this.#house.settings.textLength);
    if (!parsed.ok) {
      this.#refuse(frame.ref, refusal(parsed.reason));
      return undefined;
    }
    return Effect.gen({ self: this }, function* () {
      yield* this.#joined(room);
      const { at, duplicate } = yield* this.#house.commands.perform(room, parsed.value);
      this.#house.counters.acked += 1;
      this.#send(encodeFrame({ type: "ack", ref: frame.ref, room, id: at.id, seq: at.seq, duplicate }));
    });
  }

  #in(room: RoomName): Presence {
    return { room, user: this.user, connection: this.#connection };
  }

  #send(text: string): void {
    this.#transport.send(new Outgoing(text));
  }
}
