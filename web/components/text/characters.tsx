/**
 * Shows any text. Oversized clusters may be broken over lines and are not stacked, and characters that need
 * many font lookups are shown over several frames.
 */
import { Fragment, type ComponentChild } from "preact";
import { useRef } from "preact/hooks";
import { frames } from "../../frame-budget.ts";
import { partsOf, runsOf } from "../../text/clusters.ts";
import { showablePrefix } from "../../text/uncommon-characters.ts";

const PART = 128;

const Runs = ({ text }: { readonly text: string }) => (
  <>
    {runsOf(text).map((run, index) =>
      typeof run === "string" ? (
        run
      ) : (
        <span key={index} class="oversized">
          {run.map((piece, nth) => (
            <Fragment key={nth}>
              {nth > 0 && <wbr />}
              {piece}
            </Fragment>
          ))}
        </span>
      ),
    )}
  </>
);

export const Characters = ({ text }: { readonly text: string }) => {
  const grows = useRef(false);
  const shown = showablePrefix(text);
  if (shown.length < text.length) {
    void frames.value;
    grows.current = true;
  }
  // Text nodes that do not change, so that only the added part is laid out again.
  return grows.current ? (
    <>
      {partsOf(shown, PART).map((part, nth) => (
        <Runs key={nth} text={part} />
      ))}
    </>
  ) : (
    <Runs text={shown} />
  );
};

/** A text with any of these characters needs care. */
const UNUSUAL = /[^\n\t -\u024F\u2010-\u2026]/u;

/**
 * The text alone if it needs no care. Most texts need none, and a component for each would cost more than the
 * text.
 */
export const charactersOf = (text: string, key?: number | string): ComponentChild =>
  UNUSUAL.test(text) ? <Characters key={key} text={text} /> : text;
