/**
 * The result type of every decision in the domain: a value or a rejection.
 *
 * A rejection is a value and is never thrown. A caller can't forget to handle it, and a test can compare it.
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

/** Ends an exhaustive switch. Reaching it is a bug, so it throws. */
export const absurd = (nothing: never): never => {
  throw new Error(`a case that should not exist: ${JSON.stringify(nothing)}`);
};
