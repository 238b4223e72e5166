/** Words as they were written: web addresses are links, mentions stand out. They become text nodes and links, never markup. */
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
      {pieces.value.map(({ text: piece, who }, index) =>
        who === "nobody" ? (
          charactersOf(piece, index)
        ) : (
          <mark key={index} class={who === "me" ? "mention me" : "mention"}>
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

/** `key`: what tells this text from those beside it. */
export const linkedText = (text: string, key = 0): ComponentChildren =>
  spansOf(text).map((span, index) => spanOf(span, `${key}.${index}`));
