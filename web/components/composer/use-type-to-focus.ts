/** Focuses the text box when the user types a character while no control that takes text has the focus. */
import { useEffect } from "preact/hooks";

const isForBox = ({ key, altKey, ctrlKey, metaKey, target }: KeyboardEvent): boolean =>
  [...key].length === 1 &&
  key !== " " &&
  !(altKey || ctrlKey || metaKey) &&
  target instanceof Element &&
  target.closest("a, button, input, select, summary, textarea, [role=dialog], .side.open") === null;

export const useTypeToFocus = (box: { readonly current: HTMLElement | null }): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isForBox(event)) box.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
};
