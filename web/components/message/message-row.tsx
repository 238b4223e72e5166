/** One message of the log, with its quote, its reactions and, while it is active, its actions. */

import { useMemo } from "preact/hooks";
import type { Message } from "../../../src/domain/message.ts";
import { timeOf } from "../../../src/domain/position.ts";
import { active, elementId, focusMessage, hovers, picking } from "../../attention.ts";
import { fullTimeText, timeText } from "../../time-text.ts";
import { pathOfMessage } from "../../store/route.ts";
import type { RoomStore } from "../../store/room-store.ts";
import { strings } from "../../strings.ts";
import { liveIsMentioned } from "../../store/live-mentions.ts";
import { memo } from "../shared/memo.tsx";
import { useStores } from "../shared/use-stores.ts";
import { NameMark } from "../shared/name-mark.tsx";
import { FoldingText } from "../text/folding-text.tsx";
import { MessageActions } from "./message-actions.tsx";
import { Quote } from "./quote.tsx";
import { Reactions } from "./reactions.tsx";

interface Props {
  readonly room: RoomStore;
  readonly message: Message;
  readonly original: Message | undefined;
  /** Whether it starts a turn, and so names its author. */
  readonly first: boolean;
  readonly me: string | undefined;
  readonly isActive: boolean;
  readonly isJumpTarget: boolean;
  /**
   * Whether Tab stops at this message. It stops at one message of the log; the arrow keys move on from there.
   */
  readonly isTabStop: boolean;
}

export const MessageRow = memo((props: Props) => {
  const { room, message, first, me, isActive } = props;
  const { id, author } = message;
  const mine = author.id === me;
  const at = timeOf(id);
  const names = ["row message"];
  if (first) names.push("first");
  if (mine) names.push("mine");
  if (isActive) names.push("active");
  const { text = "" } = message;
  const { ownName, namesHere } = useStores().session;
  const isMentioned = useMemo(() => liveIsMentioned(text, ownName, namesHere), [text]);
  if (!mine && isMentioned.value) names.push("to-me");
  if (props.isJumpTarget) names.push("jump-target");
  const react = (emoji: string, on: boolean): void => {
    room.commands.react(id, emoji, on);
    const isLast = message.reactions.some((reaction) => reaction.emoji === emoji && reaction.by.length === 1);
    if (!on && isLast) focusMessage(id);
  };

  return (
    <li
      id={elementId(id)}
      data-id={id}
      class={names.join(" ")}
      tabIndex={props.isTabStop ? 0 : -1}
      // A finger would press an action that appears under it. On a touch screen the actions come with the
      // click.
      onPointerEnter={(event) => {
        if (hovers(event)) active.value = id;
      }}
      onClick={() => (active.value = id)}
      onFocusIn={({ target }) => {
        if (target instanceof Element && target.matches(":focus-visible")) active.value = id;
      }}
    >
      {first ? (
        <p class="byline">
          <bdi class={mine ? "author mine" : "author"}>{author.name}</bdi>
          <NameMark user={author} />
          <time dateTime={new Date(at).toISOString()} title={fullTimeText(at)}>
            {timeText(at)}
          </time>
        </p>
      ) : (
        <span class="visually-hidden">
          <bdi>{author.name}</bdi>
          <NameMark user={author} />, {timeText(at)}
        </span>
      )}
      {message.replyTo !== undefined && (
        <Quote room={room.name} to={message.replyTo} original={props.original} />
      )}
      {message.text === undefined ? (
        <p class="tombstone">{strings.message.deleted}</p>
      ) : (
        <FoldingText text={message.text} edited={message.edited} />
      )}
      <Reactions message={message} me={me} onReact={react} />
      {isActive && !message.deleted && (
        <MessageActions
          mine={mine}
          path={pathOfMessage(room.name, id)}
          at={first ? undefined : at}
          onReply={() => room.composer.reply(message)}
          onReact={(emoji) => {
            room.commands.toggleReaction(id, emoji);
            focusMessage(id);
          }}
          onPick={() => (picking.value = { for: "reaction", to: id })}
          onEdit={() => room.composer.edit(message)}
          onDelete={() => {
            room.commands.delete(id);
            focusMessage(id);
          }}
        />
      )}
    </li>
  );
});
