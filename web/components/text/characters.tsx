/**
 * A text as it is, whatever it is made of: where more is heaped on a letter than anybody means, a browser may break it, and does not stack it up; and what
 * takes long to find fonts for comes bit by bit.
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
        <span key={index} class="heap">
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
  // Text nodes that stay as they are, so that only what is added is laid out anew.
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

/** Beyond what is written in Latin letters there is something to look out for. */
const UNUSUAL = /[^\n\t -\u024F\u2010-\u2026]/u;

/** The text alone where it needs no care: most do not, and a component for each would be most of what they cost. */
export const charactersOf = (text: string, key?: number | string): ComponentChild =>
  UNUSUAL.test(text) ? <Characters key={key} text={text} /> : text;
