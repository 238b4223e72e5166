/** A command of the user that the log does not hold yet, with its state and what the user can do about it. */
import type { Command, Pending } from "../../../src/client/index.ts";
import { absurd } from "../../../src/domain/decision.ts";
import { isOrphaned } from "../../store/room-commands.ts";
import type { RoomStore } from "../../store/room-store.ts";
import { NameMark } from "../shared/name-mark.tsx";
import { strings } from "../../strings.ts";
import { FoldingText } from "../text/folding-text.tsx";
import { useSecondsUntil } from "../shared/use-seconds-until.ts";

const describe = (command: Command): string => {
  switch (command.type) {
    case "post":
      return command.text;
    case "edit":
      return `${strings.outbox.edit}: ${command.text}`;
    case "delete":
      return strings.outbox.delete;
    case "react":
      return `${strings.outbox.react}: ${command.emoji}`;
    default:
      return absurd(command);
  }
};

const waitingFor = (state: Pending["state"], online: boolean, seconds: number): string => {
  if (state.status === "delayed" && state.code === "rate_limited") return strings.outbox.tooFast(seconds);
  if (state.status === "delayed") return strings.outbox.unavailable;
  return online ? strings.outbox.pending : strings.outbox.waiting;
};

interface Props {
  readonly room: RoomStore;
  readonly pending: Pending;
  readonly first: boolean;
  readonly me: { readonly id: string | undefined; readonly name: string };
  readonly online: boolean;
}

export const UnsentRow = ({ room, pending, first, me, online }: Props) => {
  const { key, command, state } = pending;
  const failed = state.status === "failed";
  const seconds = useSecondsUntil(state.status === "delayed" ? state.retryAt : undefined);
  return (
    <li class={`row message mine unsent${first ? " first" : ""}${failed ? " failed" : ""}`}>
      {first && (
        <p class="byline">
          <bdi class="author mine">{me.name}</bdi>
          {me.id !== undefined && <NameMark user={{ id: me.id, name: me.name }} />}
        </p>
      )}
      <FoldingText text={describe(command)} />
      <p class="send-status">
        {state.status === "failed" ? (
          <>
            <span role="alert">{strings.outbox.failed(state.message)}</span>
            {/* A command about a message that no longer exists fails again. An answer can become a message of
                its own. */}
            {(command.type === "post" || !isOrphaned(pending)) && (
              <button type="button" onClick={() => room.commands.retry(pending)}>
                {strings.outbox.retry}
              </button>
            )}
            <button type="button" onClick={() => room.commands.discard(key)}>
              {strings.outbox.discard}
            </button>
          </>
        ) : (
          <span>{waitingFor(state, online, seconds)}</span>
        )}
      </p>
    </li>
  );
};
