/** What is typed where nothing takes letters goes into the box: what is in sight is a chat. */
import { useEffect } from "preact/hooks";

const isForTheBox = ({ key, altKey, ctrlKey, metaKey, target }: KeyboardEvent): boolean =>
  [...key].length === 1 &&
  key !== " " &&
  !(altKey || ctrlKey || metaKey) &&
  target instanceof Element &&
  target.closest("a, button, input, select, summary, textarea, [role=dialog], .side.open") === null;

export const useTypeToFocus = (box: { readonly current: HTMLElement | null }): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isForTheBox(event)) box.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
};
