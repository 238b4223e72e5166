/**
 * The mentions in a text, by the names that are known by now. Who reads these is told only where the text comes out differently: a name that
 * becomes known leaves the rest of the log as it is drawn.
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
