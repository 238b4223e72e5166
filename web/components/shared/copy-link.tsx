/** Copies an address, to share it: a room's, or a message's. Where the browser does not let the page copy, it is in the address bar. */
import { useSignal } from "@preact/signals";

type Outcome = "copy" | "copied" | "notCopied";

interface Props {
  readonly path: string;
  /** What the button says, before and after. */
  readonly words: Readonly<Record<Outcome, string>>;
  /** What it is called before, where its words alone don't say enough. */
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
      {/* Apart from the button, whose name a status within it would be no part of. */}
      <span class="unseen" role="status">
        {outcome.value !== "copy" && words[outcome.value]}
      </span>
    </>
  );
};
