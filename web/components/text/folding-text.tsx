/**
 * A message's text. A long text shows only its head, until the user asks for all of it or copies over its
 * end. The hidden part costs no parsing and no layout.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { timeOf, type Position } from "../../../src/domain/position.ts";
import { showAllThisFrame } from "../../frame-budget.ts";
import { fullTimeText } from "../../time-text.ts";
import { headLines } from "../../text/folding.ts";
import { strings } from "../../strings.ts";
import { FormattedText } from "./formatted-text.tsx";

interface Props {
  readonly text: string;
  /** The id of the last edit. */
  readonly edited?: Position | undefined;
}

export const FoldingText = ({ text, edited }: Props) => {
  const open = useSignal(false);
  const more = useRef<HTMLButtonElement>(null);
  const head = headLines(text);
  const long = head.length < text.length;
  const folded = long && !open.value;

  // Before the browser reads the selection.
  useEffect(() => {
    if (!folded) return undefined;
    const unfold = (): void => {
      if (more.current === null || getSelection()?.containsNode(more.current, true) !== true) return;
      showAllThisFrame();
      open.value = true;
    };
    document.addEventListener("copy", unfold);
    return () => document.removeEventListener("copy", unfold);
  }, [folded]);

  return (
    <>
      <div class={folded ? "words folded" : "words"} dir="auto">
        <FormattedText text={folded ? `${head}…` : text} />
        {edited !== undefined && (
          <small class="mark" title={fullTimeText(timeOf(edited))}>
            {" "}
            {strings.message.edited}
          </small>
        )}
      </div>
      {long && (
        <button
          ref={more}
          type="button"
          class="plain"
          aria-expanded={open.value}
          onClick={() => (open.value = !open.value)}
        >
          {open.value ? strings.message.less : strings.message.more}
        </button>
      )}
    </>
  );
};
