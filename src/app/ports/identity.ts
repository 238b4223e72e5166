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
  }
>()("gapless/Identity") {}
