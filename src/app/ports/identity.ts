/**
 * The port that tells who a caller is, by token, and what that caller may do. Only admission (src/app/admission) calls
 * it.
 */
import { Context, Data, type Effect } from "effect";
import type { Grants } from "../../domain/rights.ts";
import type { User, UserName } from "../../domain/user.ts";

/** The token was changed, has expired, or is another deployment's (A1). */
export class Unauthenticated extends Data.TaggedError("Unauthenticated")<{
  /** For a person to read; never holds the token. */
  readonly message: string;
}> {}

/** A caller whose token has been verified. */
export interface Verified {
  readonly user: User;
  readonly grants: Grants;
  /** When a connection must end unless a fresh token came before (unix ms, A2); undefined where it need not. */
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
     * Answers a `hello`. Without a token, a guest is made; with one, it is the same user again, under this name where
     * the user may choose it.
     */
    readonly greet: (name: UserName, token: string | undefined) => Effect.Effect<Greeted, Unauthenticated>;
    /** The user that a token names, under the name that the token bears. */
    readonly verify: (token: string) => Effect.Effect<Verified, Unauthenticated>;
    /** What a reader over HTTP without a token may do (H5); undefined where reading needs a token. */
    readonly anonymous: Grants | undefined;
  }
>()("gapless/Identity") {}
