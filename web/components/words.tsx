/** Words as they were written: web addresses are links, mentions stand out. They become text nodes and links, never markup. */
import { spansOf } from "../links.ts";
import { piecesOf } from "../mentions.ts";
import { ownName } from "../store/signed-in.ts";

const Mentions = ({ text }: { readonly text: string }) => (
  <>
    {piecesOf(text, ownName.value).map(({ text, who }, index) =>
      who === "nobody" ? (
        text
      ) : (
        <mark key={index} class={who === "me" ? "mention me" : "mention"}>
          {text}
        </mark>
      ),
    )}
  </>
);

export const Words = ({ text }: { readonly text: string }) => (
  <>
    {spansOf(text).map((span, index) =>
      span.href === undefined ? (
        <Mentions key={index} text={span.text} />
      ) : (
        <a key={index} href={span.href} target="_blank" rel="noopener noreferrer">
          {span.text}
        </a>
      ),
    )}
  </>
);
