/**
 * Admission, the one door of an instance. Every WebSocket, event stream and HTTP request is admitted here,
 * with its address and its credentials, before anything is done for it.
 *
 * Always true:
 * - Whatever is admitted is counted, by way and by address, until it is released. `release` may be called
 *   repeatedly.
 * - Neither a draining nor a full instance admits a new connection (L2, G2). Short requests are still served.
 * - Only admission calls the port Identity. The result has the user, the grants and the expiry.
 */
import { Data, Effect } from "effect";
import { mayDo, type Grants, type Right } from "../../domain/rights.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Taken } from "../../domain/token-bucket.ts";
import type { User, UserName } from "../../domain/user.ts";
import { refusal, type Refused } from "../commands/refusal.ts";
import type { Settings } from "../instance/settings.ts";
import { Unauthenticated, type Greeted, type Identity } from "../ports/identity.ts";
import { UserRates } from "./user-rates.ts";

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
}

export class NotAdmitted extends Data.TaggedError("NotAdmitted")<{
  readonly reason: "draining" | "full";
}> {}

/** The admitted caller, and its rights. */
export interface Caller {
  /** Undefined for a reader without a token, and for a WebSocket before its `hello`. */
  readonly user: User | undefined;
  readonly grants: Grants;
  /** When a connection of this caller ends (unix ms, A2). */
  readonly expiresAt: number | undefined;
}

export interface Admitted {
  readonly way: Way;
  readonly address: string;
  readonly caller: Caller;
  readonly release: () => void;
}

const UNKNOWN_CALLER: Caller = { user: undefined, grants: [], expiresAt: undefined };

const NO_TOKEN = new Unauthenticated({ message: "Send the token as Authorization: Bearer <token>." });

export class Admission {
  readonly #settings: Settings["Service"];
  readonly #identity: Identity["Service"];
  readonly #now: () => number;
  readonly #posts: UserRates;
  readonly #open: Record<Way, number> = { websocket: 0, stream: 0, request: 0 };
  readonly #connectionsOf = new Map<string, number>();
  #draining = false;

  constructor(settings: Settings["Service"], identity: Identity["Service"], now: () => number) {
    this.#settings = settings;
    this.#identity = identity;
    this.#now = now;
    this.#posts = new UserRates(settings.messages);
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
      const reason = this.#obstacle(arrival);
      if (reason !== undefined) return yield* new NotAdmitted({ reason });
      const { way, address, credentials } = arrival;
      // Counted before the token is verified, so that a flood of bad tokens is limited too.
      const release = this.#count(arrival);
      const caller = yield* Effect.onError(this.#callerOf(credentials), () => Effect.sync(release));
      return { way, address, caller, release };
    });
  }

  /** Identifies the sender of a `hello`, or of a request for a guest's token. */
  greet(name: UserName, token: string | undefined): Effect.Effect<Greeted, Unauthenticated> {
    return this.#identity.greet(name, token);
  }

  /** Takes a token from the user's bucket for posts over HTTP (L1, H3). */
  takePost(user: User): Taken {
    return this.#posts.take(user.id, this.#now());
  }

  #obstacle({ way, address }: Arrival): NotAdmitted["reason"] | undefined {
    if (way === "request") return undefined;
    if (this.#draining) return "draining";
    const { maxConnections, connectionsPerAddress } = this.#settings;
    if (this.#open.websocket + this.#open.stream >= maxConnections) return "full";
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

  #callerOf(credentials: Credentials): Effect.Effect<Caller, Unauthenticated> {
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
