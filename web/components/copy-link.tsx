/** Copies the room's address, to share it. */
import { useSignal } from "@preact/signals";
import type { RoomName } from "../../src/domain/room-name.ts";
import { pathOf } from "../route.ts";
import { strings } from "../strings.ts";

type Outcome = "copy" | "copied" | "notCopied";

export const CopyLink = ({ room }: { readonly room: RoomName }) => {
  const outcome = useSignal<Outcome>("copy");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(new URL(pathOf(room), location.href).href);
      outcome.value = "copied";
    } catch {
      outcome.value = "notCopied";
    }
  };
  return (
    <>
      <button type="button" onClick={() => void copy()} onBlur={() => (outcome.value = "copy")}>
        {strings.rooms[outcome.value]}
      </button>
      {/* Apart from the button, whose name a status within it would be no part of. */}
      <span class="unseen" role="status">
        {outcome.value !== "copy" && strings.rooms[outcome.value]}
      </span>
    </>
  );
};
