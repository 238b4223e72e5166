/** The message that another one answers, in one line. A press jumps to it. */
import { useMemo } from "preact/hooks";
import type { Message } from "../../../src/domain/message.ts";
import type { Position } from "../../../src/domain/position.ts";
import type { RoomName } from "../../../src/domain/room-name.ts";
import { jumpTo } from "../../attention.ts";
import { mayBeFormatted, parser } from "../../markdown/parser.ts";
import { plainLine } from "../../text/plain-text.ts";
import { strings } from "../../strings.ts";
import { NameMark, useNameText } from "../shared/name-mark.tsx";
import { Characters } from "../text/characters.tsx";

interface Props {
  readonly room: RoomName;
  readonly to: Position;
  /** Undefined while it is not loaded. */
  readonly original: Message | undefined;
}

const Line = ({ text }: { readonly text: string }) => {
  const parse = mayBeFormatted(text) ? parser.value : undefined;
  return <Characters text={useMemo(() => plainLine(text, parse), [text, parse])} />;
};

/** Shown as everywhere. A screen reader reads a sentence instead. */
const QuotedAuthor = ({ author }: { readonly author: Message["author"] }) => (
  <>
    {/* This text must not decide the direction of the quoted one. */}
    <span class="visually-hidden" dir="ltr">
      {strings.message.inReplyTo(useNameText()(author))}:{" "}
    </span>
    <span aria-hidden="true">
      <bdi>{author.name}</bdi>
      <NameMark user={author} />
    </span>
  </>
);

export const Quote = ({ room, to, original }: Props) => (
  <button type="button" class="quote" dir="auto" onClick={() => jumpTo(room, to)}>
    {original === undefined ? (
      strings.message.inReplyToEarlier
    ) : (
      <>
        <QuotedAuthor author={original.author} />
        {" · "}
        {original.text === undefined ? strings.message.deleted : <Line text={original.text} />}
      </>
    )}
  </button>
);
