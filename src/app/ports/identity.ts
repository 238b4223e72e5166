/**
 * The port to who somebody is, by token.
 */
import { Context, Data, type Effect } from "effect";
import type { User, UserName } from "../../domain/user.ts";

/** The token was changed, has expired, or is another deployment's (A1). */
export class Unauthenticated extends Data.TaggedError("Unauthenticated")<{
  /** For a person to read; never holds the token. */
  readonly message: string;
}> {}

export interface Identified {
  readonly user: User;
  /** What brings the same user back. */
  readonly token: string;
  /** When the connection must end unless a fresh token came before (unix ms, A2); undefined where it need not. */
  readonly expiresAt: number | undefined;
}

export class Identity extends Context.Service<
  Identity,
  {
    /** Who says hello. Without a token, a guest is made; with one, it is the same user again, under this name if they may choose it. */
    readonly greet: (name: UserName, token: string | undefined) => Effect.Effect<Identified, Unauthenticated>;
    /** Whose token it is, as HTTP brings it: the user as they were last named. */
    readonly whoIs: (token: string) => Effect.Effect<User, Unauthenticated>;
    /** Whether reading over HTTP needs a token too (H5). */
    readonly readersNeedToken: boolean;
  }
>()("gapless/Identity") {}
