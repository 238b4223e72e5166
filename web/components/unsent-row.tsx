/** What one has written or done that the log does not hold yet, and what one can do about it. */
import { absurd } from "../../src/domain/decision.ts";
import type { RoomStore } from "../store/room-store.ts";
import type { Doing, Unsent } from "../store/unsent.ts";
import { strings } from "../strings.ts";
import { LinkedText } from "./linked-text.tsx";

const describe = (doing: Doing): string => {
  switch (doing.type) {
    case "post":
      return doing.text;
    case "edit":
      return `${strings.outbox.edit}: ${doing.text}`;
    case "delete":
      return strings.outbox.delete;
    case "react":
      return `${strings.outbox.react}: ${doing.emoji}`;
    default:
      return absurd(doing);
  }
};

interface Props {
  readonly room: RoomStore;
  readonly unsent: Unsent;
  readonly first: boolean;
  readonly name: string;
  readonly online: boolean;
}

export const UnsentRow = ({ room, unsent, first, name, online }: Props) => {
  const { key, fate } = unsent;
  const failed = fate.status === "failed";
  return (
    <li class={`row message mine unsent${first ? " first" : ""}${failed ? " failed" : ""}`}>
      {first && (
        <p class="byline">
          <bdi class="author mine">{name}</bdi>
        </p>
      )}
      <div class="text" dir="auto">
        <LinkedText text={describe(unsent.doing)} />
      </div>
      <p class="fate">
        {failed ? (
          <>
            <span role="alert">{strings.outbox.failed(fate.why)}</span>
            <button type="button" onClick={() => room.retry(key)}>
              {strings.outbox.retry}
            </button>
            <button type="button" onClick={() => room.discard(key)}>
              {strings.outbox.discard}
            </button>
          </>
        ) : (
          <span>{online ? strings.outbox.pending : strings.outbox.waiting}</span>
        )}
      </p>
    </li>
  );
};
