/** A message's text; a long one is folded until one asks for all of it. */
import { useSignal } from "@preact/signals";
import { strings } from "../strings.ts";
import { LinkedText } from "./linked-text.tsx";

const LONG = 1200;
const MANY_LINES = 16;

const isLong = (text: string): boolean =>
  text.length > LONG || text.split("\n", MANY_LINES + 1).length > MANY_LINES;

export const FoldingText = ({ text }: { readonly text: string }) => {
  const open = useSignal(false);
  const long = isLong(text);
  return (
    <>
      <div class={long && !open.value ? "text folded" : "text"} dir="auto">
        <LinkedText text={text} />
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
