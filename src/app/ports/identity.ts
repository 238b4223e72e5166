/**
 * The port that identifies a caller by token, and says what the caller may do. Only admission
 * (src/app/admission) calls it.
 */
import { Context, Data, type Effect } from "effect";
import type { Grants } from "../../domain/rights.ts";
import type { User, UserName } from "../../domain/user.ts";

/** The token was changed, has expired, or is from another deployment (A1). */
export class Unauthenticated extends Data.TaggedError("Unauthenticated")<{
  /** A sentence for a person. It never contains the token. */
  readonly message: string;
}> {}

/** A caller whose token has been verified. */
export interface Verified {
  readonly user: User;
  readonly grants: Grants;
  /** Whether the name comes from `hello`: guests choose theirs, and so do users whose token bears none. */
  readonly choosesName: boolean;
  /** When a connection must end unless a fresh token comes before (unix ms, A2). Undefined: never. */
  readonly expiresAt: number | undefined;
}

export interface Greeted extends Verified {
  /** The token that identifies the same user again. */
  readonly token: string;
}

export class Identity extends Context.Service<
  Identity,
  {
    /**
     * Identifies the sender of a `hello`. Without a token it makes a guest. With a token the user is the same
     * as before, with the given name if the user may choose it.
     */
    readonly greet: (name: UserName, token: string | undefined) => Effect.Effect<Greeted, Unauthenticated>;
    /** The user of a token, with the name in the token. */
    readonly verify: (token: string) => Effect.Effect<Verified, Unauthenticated>;
    /** The grants of a reader over HTTP without a token (H5). Undefined if reading needs a token. */
    readonly anonymous: Grants | undefined;
    /**
     * Verifies the assertion of a proxy in front of the service (A2). Undefined where there is none; where
     * there is one, every caller must come through it, and no token is looked at.
     */
    readonly verifyAssertion: ((assertion: string) => Effect.Effect<Verified, Unauthenticated>) | undefined;
    /** Whether a caller without a token becomes a guest (A1, A2). */
    readonly guestsAllowed: boolean;
  }
>()("gapless/Identity") {}
