/** Copies the address of a room or a message. If the browser does not allow that, the address bar has it. */
import { useSignal } from "@preact/signals";

type Outcome = "copy" | "copied" | "notCopied";

interface Props {
  readonly path: string;
  /** The button's text, before and after. */
  readonly words: Readonly<Record<Outcome, string>>;
  /** The button's name before, if its text alone does not say enough. */
  readonly label?: string;
}

export const CopyLink = ({ path, words, label }: Props) => {
  const outcome = useSignal<Outcome>("copy");
  const copy = async (): Promise<void> => {
    history.replaceState(history.state, "", path);
    try {
      await navigator.clipboard.writeText(new URL(path, location.href).href);
      outcome.value = "copied";
    } catch {
      outcome.value = "notCopied";
    }
  };
  return (
    <>
      <button
        type="button"
        aria-label={outcome.value === "copy" ? label : undefined}
        onClick={() => void copy()}
        onBlur={() => (outcome.value = "copy")}
      >
        {words[outcome.value]}
      </button>
      {/* Outside the button: a status within it would not be announced. */}
      <span class="visually-hidden" role="status">
        {outcome.value !== "copy" && words[outcome.value]}
      </span>
    </>
  );
};
