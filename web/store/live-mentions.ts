/**
 * The mentions in a text as a signal, by the names that are known by now. The signal changes only if the
 * result for this text changes, so a new name renders only the texts that mention it again.
 */
import { computed, type ReadonlySignal } from "@preact/signals";
import { areSamePieces, isMentioned, piecesOf, type Names, type Piece } from "../text/mentions.ts";

export const livePieces = (
  text: string,
  own: ReadonlySignal<string>,
  names: ReadonlySignal<Names>,
): ReadonlySignal<readonly Piece[]> => {
  let last: readonly Piece[] = [];
  return computed(() => {
    const pieces = piecesOf(text, own.value, names.value);
    if (!areSamePieces(pieces, last)) last = pieces;
    return last;
  });
};

export const liveIsMentioned = (
  text: string,
  own: ReadonlySignal<string>,
  names: ReadonlySignal<Names>,
): ReadonlySignal<boolean> => computed(() => text.includes("@") && isMentioned(text, own.value, names.value));
