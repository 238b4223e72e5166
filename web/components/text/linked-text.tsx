/**
 * A text in which web addresses are links and mentions are marked. It becomes text nodes and elements, never
 * markup.
 */
import type { ComponentChild, ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { spansOf, type Span } from "../../text/links.ts";
import { livePieces } from "../../store/live-mentions.ts";
import { useStores } from "../shared/use-stores.ts";
import { charactersOf } from "./characters.tsx";

const Mentions = ({ text }: { readonly text: string }) => {
  const { ownName, namesHere } = useStores().session;
  const pieces = useMemo(() => livePieces(text, ownName, namesHere), [text]);
  return (
    <>
      {pieces.value.map(({ text: piece, mentions }, index) =>
        mentions === "none" ? (
          charactersOf(piece, index)
        ) : (
          <mark key={index} class={mentions === "me" ? "mention me" : "mention"}>
            {charactersOf(piece)}
          </mark>
        ),
      )}
    </>
  );
};

const spanOf = ({ text, href }: Span, key: number | string): ComponentChild => {
  if (href === undefined) {
    return text.includes("@") ? <Mentions key={key} text={text} /> : charactersOf(text, key);
  }
  return (
    <a key={key} href={href} target="_blank" rel="noopener noreferrer">
      {charactersOf(text)}
    </a>
  );
};

/** `key` tells this text from its siblings. */
export const linkedText = (text: string, key = 0): ComponentChildren =>
  spansOf(text).map((span, index) => spanOf(span, `${key}.${index}`));
