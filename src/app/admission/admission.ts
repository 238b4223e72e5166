/**
 * Admission, the one door of an instance. Every WebSocket, event stream and HTTP request is admitted here,
 * with its address and its credentials, before anything is done for it.
 *
 * Always true:
 * - Whatever is admitted is counted, by way and by address, until it is released. `release` may be called
 *   repeatedly.
 * - Neither a draining nor a full instance admits a new connection (L2, G2). Short requests are still served.
 * - An address that flooded waits before it may connect again, longer each time (L1).
 * - Only admission calls the port Identity. The result has the user, the grants and the expiry.
 */
import { Data, Effect } from "effect";
import { mayDo, type Grants, type Right } from "../../domain/rights.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Taken } from "../../domain/token-bucket.ts";
import type { User, UserId, UserName } from "../../domain/user.ts";
import { refusal, type Refused } from "../commands/refusal.ts";
import type { Settings } from "../instance/settings.ts";
import { Unauthenticated, type Greeted, type Identity } from "../ports/identity.ts";
import { FloodPenalties } from "./flood-penalties.ts";
import { KeyedBuckets } from "./keyed-buckets.ts";

/** The way in which a caller comes. A connection lasts; a request ends with its answer. */
export type Way = "websocket" | "stream" | "request";

export type Credentials =
  /** A WebSocket, which sends `hello` later, or the request for a guest's token. */
  | { readonly tag: "none" }
  /** A reader over HTTP, with a token if it has one. */
  | { readonly tag: "reader"; readonly token: string | undefined }
  /** A writer over HTTP, who must have a token. */
  | { readonly tag: "writer"; readonly token: string | undefined };

export interface Arrival {
  readonly way: Way;
  readonly address: string;
  readonly credentials: Credentials;
  /** The assertion of a proxy in front of the service (A2), if there is one. */
  readonly assertion?: string | undefined;
}

export class NotAdmitted extends Data.TaggedError("NotAdmitted")<{
  readonly reason: "draining" | "full" | "penalised";
  readonly retryAfterMs?: number;
}> {}

/** The admitted caller, and its rights. */
export interface Caller {
  /** Undefined for a reader without a token, and for a WebSocket before its `hello`. */
  readonly user: User | undefined;
  readonly grants: Grants;
  /** Whether the name comes from `hello`. */
  readonly choosesName: boolean;
  /** When a connection of this caller ends (unix ms, A2). */
  readonly expiresAt: number | undefined;
}

export interface Admitted {
  readonly way: Way;
  readonly address: string;
  readonly caller: Caller;
  readonly release: () => void;
}

/** How long an upgrade of a penalised address is held, and how many at a time. */
const HOLD_MS = 1_000;
const MAX_HELD = 200;

const UNKNOWN_CALLER: Caller = { user: undefined, grants: [], choosesName: true, expiresAt: undefined };

const NO_ASSERTION = new Unauthenticated({ message: "Come through the proxy in front of this service." });
const NO_TOKEN = new Unauthenticated({ message: "Send the token as Authorization: Bearer <token>." });

export class Admission {
  readonly #settings: Settings["Service"];
  readonly #identity: Identity["Service"];
  readonly #now: () => number;
  readonly #isExhausted: () => boolean;
  readonly #posts: KeyedBuckets<UserId>;
  readonly #requests: KeyedBuckets<string> | undefined;
  readonly #penalties = new FloodPenalties();
  /** Upgrades that wait for the end of a penalty. */
  #held = 0;
  readonly #open: Record<Way, number> = { websocket: 0, stream: 0, request: 0 };
  readonly #connectionsOf = new Map<string, number>();
  #draining = false;

  /** `isExhausted`: whether the memory of the instance has no room for newcomers. */
  constructor(
    settings: Settings["Service"],
    identity: Identity["Service"],
    now: () => number,
    isExhausted: () => boolean,
  ) {
    this.#isExhausted = isExhausted;
    this.#settings = settings;
    this.#identity = identity;
    this.#now = now;
    this.#posts = new KeyedBuckets(settings.messages);
    this.#requests = settings.requests && new KeyedBuckets(settings.requests);
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** The number of admitted callers of a way. */
  open(way: Way): number {
    return this.#open[way];
  }

  /** From now on no new connection is admitted (G2). */
  drain(): void {
    this.#draining = true;
  }

  admit(arrival: Arrival): Effect.Effect<Admitted, NotAdmitted | Unauthenticated> {
    return Effect.gen({ self: this }, function* () {
      if (arrival.way === "websocket") yield* this.#awaitPenalty(arrival.address);
      const reason = this.#obstacle(arrival);
      if (reason !== undefined) return yield* new NotAdmitted({ reason });
      const { way, address } = arrival;
      // Counted before the token is verified, so that a flood of bad tokens is limited too.
      const release = this.#count(arrival);
      const caller = yield* Effect.onError(this.#callerOf(arrival), () => Effect.sync(release));
      return { way, address, caller, release };
    });
  }

  /**
   * Identifies the sender of a `hello`, or of a request for a guest's token. `caller`: as whom it was
   * admitted, if a proxy vouches for it.
   */
  greet(name: UserName, token: string | undefined, caller?: Caller): Effect.Effect<Greeted, Unauthenticated> {
    const user = caller?.user;
    if (caller === undefined || user === undefined) return this.#identity.greet(name, token);
    return Effect.succeed({ ...caller, user: caller.choosesName ? { id: user.id, name } : user, token: "" });
  }

  /** A connection of this address was closed for flooding (L1). */
  penalise(address: string): void {
    this.#penalties.penalise(address, this.#now());
  }

  /** Takes a token from the address's bucket for requests below `/api` (L3). */
  takeRequest(address: string): Taken | undefined {
    return this.#requests?.take(address, this.#now());
  }

  /** The memory of the buckets and the penalties. */
  get bytes(): number {
    return this.#posts.bytes + (this.#requests?.bytes ?? 0) + this.#penalties.bytes;
  }

  /** Whether a caller without a token may become a guest. */
  get guestsAllowed(): boolean {
    return this.#identity.guestsAllowed;
  }

  /** Takes a token from the user's bucket for posts over HTTP (L1, H3). */
  takePost(user: User): Taken {
    return this.#posts.take(user.id, this.#now());
  }

  /**
   * An address with a penalty must wait. Its upgrade is held for a moment, and refused if the penalty lasts
   * longer. Refusing it at once would be expensive: a client that tries again at once would cost more than
   * its flood.
   */
  #awaitPenalty(address: string): Effect.Effect<void, NotAdmitted> {
    return Effect.gen({ self: this }, function* () {
      const waitMs = this.#penalties.waitMs(address, this.#now());
      if (waitMs === 0) return;
      if (this.#held < MAX_HELD) {
        this.#held += 1;
        yield* Effect.ensuring(
          Effect.sleep(Math.min(waitMs, HOLD_MS)),
          Effect.sync(() => (this.#held -= 1)),
        );
      }
      const retryAfterMs = this.#penalties.waitMs(address, this.#now());
      if (retryAfterMs > 0) return yield* new NotAdmitted({ reason: "penalised", retryAfterMs });
    });
  }

  #obstacle({ way, address }: Arrival): NotAdmitted["reason"] | undefined {
    if (way === "request") return this.#isExhausted() ? "full" : undefined;
    if (this.#draining) return "draining";
    const { maxConnections, connectionsPerAddress } = this.#settings;
    if (this.#open.websocket + this.#open.stream >= maxConnections || this.#isExhausted()) return "full";
    const max = connectionsPerAddress;
    return max > 0 && (this.#connectionsOf.get(address) ?? 0) >= max ? "full" : undefined;
  }

  #count({ way, address }: Arrival): () => void {
    this.#add(way, address, 1);
    let held = true;
    return () => {
      if (held) this.#add(way, address, -1);
      held = false;
    };
  }

  #add(way: Way, address: string, count: 1 | -1): void {
    this.#open[way] += count;
    if (way === "request") return;
    const connections = (this.#connectionsOf.get(address) ?? 0) + count;
    if (connections > 0) this.#connectionsOf.set(address, connections);
    else this.#connectionsOf.delete(address);
  }

  #callerOf({ credentials, assertion }: Arrival): Effect.Effect<Caller, Unauthenticated> {
    const { verifyAssertion } = this.#identity;
    if (verifyAssertion !== undefined) {
      return assertion === undefined ? Effect.fail(NO_ASSERTION) : verifyAssertion(assertion);
    }
    if (credentials.tag === "none") return Effect.succeed(UNKNOWN_CALLER);
    const { tag, token } = credentials;
    if (token !== undefined) return this.#identity.verify(token);
    const { anonymous } = this.#identity;
    return tag === "reader" && anonymous !== undefined
      ? Effect.succeed({ ...UNKNOWN_CALLER, grants: anonymous })
      : Effect.fail(NO_TOKEN);
  }
}

/** Checks a right, for every way in (A3). */
export const requireRight = (
  { grants }: Pick<Caller, "grants">,
  right: Right,
  room: RoomName,
): Effect.Effect<void, Refused> =>
  mayDo(grants, right, room) ? Effect.void : Effect.fail(refusal("forbidden"));
