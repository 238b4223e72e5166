/** One row of the log, by its kind. */
import { absurd } from "../../../src/domain/decision.ts";
import { dayText } from "../../time-text.ts";
import type { RoomStore } from "../../store/room-store.ts";
import { strings } from "../../strings.ts";
import type { Row } from "../../log/timeline.ts";
import { Sentence } from "../shared/sentence.tsx";
import { MessageRow } from "../message/message-row.tsx";
import { UnsentRow } from "./unsent-row.tsx";

interface Props {
  readonly row: Row;
  readonly room: RoomStore;
  readonly me: { readonly id: string | undefined; readonly name: string };
  readonly online: boolean;
  readonly active: string | undefined;
  /** The key of the row at which Tab stops. */
  readonly tabStop: string | undefined;
  readonly jumpTarget: string | undefined;
}

export const LogRow = ({ row, room, me, online, active, tabStop, jumpTarget }: Props) => {
  switch (row.kind) {
    case "day":
      return (
        <li class="row day">
          <span>{dayText(row.at, Date.now())}</span>
        </li>
      );
    case "notice":
      return <Notice joined={row.joined} left={row.left} />;
    case "gap":
      return (
        <li class="row gap">
          <p>{strings.log.gap[row.reason]}</p>
        </li>
      );
    case "newMessages":
      return (
        <li class="row new-messages">
          <span>{strings.log.newMessages}</span>
        </li>
      );
    case "message":
      return (
        <MessageRow
          room={room}
          message={row.message}
          original={row.message.replyTo === undefined ? undefined : room.find(row.message.replyTo)}
          first={row.first}
          me={me.id}
          isActive={row.key === active}
          isJumpTarget={row.key === jumpTarget}
          isTabStop={row.key === tabStop}
        />
      );
    case "unsent":
      return <UnsentRow room={room} pending={row.pending} first={row.first} me={me} online={online} />;
    default:
      return absurd(row);
  }
};

const Notice = ({ joined, left }: Pick<Row & { readonly kind: "notice" }, "joined" | "left">) => (
  <li class="row notice">
    {joined.length > 0 && <Sentence users={joined} of={strings.log.joined} />}
    {joined.length > 0 && left.length > 0 && " · "}
    {left.length > 0 && <Sentence users={left} of={strings.log.left} />}
  </li>
);
