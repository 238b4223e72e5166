/**
 * The shape of every decision in the domain.
 *
 * A rejection is a value, never thrown: a caller can't forget it, and a test reads it like any other answer.
 */
export type Decision<T, R> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: R };

export const accept = <T>(value: T): { readonly ok: true; readonly value: T } => ({
  ok: true,
  value,
});

export const reject = <R>(reason: R): { readonly ok: false; readonly reason: R } => ({
  ok: false,
  reason,
});

/** The end of every exhaustive switch. What reaches it is a bug, so it may throw. */
export const absurd = (nothing: never): never => {
  throw new Error(`a case that should not exist: ${JSON.stringify(nothing)}`);
};
