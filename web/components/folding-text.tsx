/** A message's text; a long one is folded until one asks for all of it. */
import { useSignal } from "@preact/signals";
import { timeOf, type Position } from "../../src/domain/position.ts";
import { fullTimeText } from "../clock.ts";
import { strings } from "../strings.ts";
import { FormattedText } from "./formatted-text.tsx";

const LONG = 1200;
const MANY_LINES = 16;

const isLong = (text: string): boolean =>
  text.length > LONG || text.split("\n", MANY_LINES + 1).length > MANY_LINES;

interface Props {
  readonly text: string;
  /** The id of the last edit. */
  readonly edited: Position | undefined;
}

export const FoldingText = ({ text, edited }: Props) => {
  const open = useSignal(false);
  const long = isLong(text);
  return (
    <>
      <div class={long && !open.value ? "words folded" : "words"} dir="auto">
        <FormattedText text={text} />
        {edited !== undefined && (
          <small class="mark" title={fullTimeText(timeOf(edited))}>
            {" "}
            {strings.message.edited}
          </small>
        )}
      </div>
      {long && (
        <button
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
