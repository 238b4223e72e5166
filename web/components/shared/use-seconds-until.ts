/** The whole seconds until a moment, counted down while they are shown; 0 if there is nothing to wait for. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

const secondsUntil = (at: number): number => Math.max(0, Math.ceil((at - Date.now()) / 1000));

export const useSecondsUntil = (at: number | undefined): number => {
  const seconds = useSignal(at === undefined ? 0 : secondsUntil(at));
  useEffect(() => {
    seconds.value = at === undefined ? 0 : secondsUntil(at);
    if (at === undefined) return undefined;
    const timer = setInterval(() => (seconds.value = secondsUntil(at)), 1000);
    return () => clearInterval(timer);
  }, [at]);
  return seconds.value;
};
