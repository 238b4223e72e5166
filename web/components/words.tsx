/** Words as they were written: web addresses are links, mentions stand out. They become text nodes and links, never markup. */
import type { ComponentChild } from "preact";
import { useMemo } from "preact/hooks";
import { spansOf, type Span } from "../links.ts";
import { livePieces } from "../store/live-mentions.ts";
import { namesHere, ownName } from "../store/signed-in.ts";
import { Characters } from "./characters.tsx";

const Mentions = ({ text }: { readonly text: string }) => {
  const pieces = useMemo(() => livePieces(text, ownName, namesHere), [text]);
  return (
    <>
      {pieces.value.map(({ text: piece, who }, index) =>
        who === "nobody" ? (
          <Characters key={index} text={piece} />
        ) : (
          <mark key={index} class={who === "me" ? "mention me" : "mention"}>
            <Characters text={piece} />
          </mark>
        ),
      )}
    </>
  );
};

const wordsOf = ({ text, href }: Span, index: number): ComponentChild => {
  if (href === undefined) {
    return text.includes("@") ? <Mentions key={index} text={text} /> : <Characters key={index} text={text} />;
  }
  return (
    <a key={index} href={href} target="_blank" rel="noopener noreferrer">
      <Characters text={text} />
    </a>
  );
};

export const Words = ({ text }: { readonly text: string }) => <>{spansOf(text).map(wordsOf)}</>;
