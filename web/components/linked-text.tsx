/** A text as it was written, its web addresses made links. It becomes text nodes and links, never markup. */
import { spansOf } from "../links.ts";

export const LinkedText = ({ text }: { readonly text: string }) => (
  <>
    {spansOf(text).map((span, index) =>
      span.href === undefined ? (
        span.text
      ) : (
        <a key={index} href={span.href} target="_blank" rel="noopener noreferrer">
          {span.text}
        </a>
      ),
    )}
  </>
);
