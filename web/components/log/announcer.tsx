/**
 * Announces the messages of others to a screen reader, politely: live messages only, never loaded history,
 * and only the last few, so that it does not talk without end.
 */
import { useMemo } from "preact/hooks";
import type { Message } from "../../../src/domain/message.ts";
import { parser } from "../../markdown/parser.ts";
import { plainLine } from "../../text/plain-text.ts";
import type { RoomStore } from "../../store/room-store.ts";
import { strings } from "../../strings.ts";
import { useNameText } from "../shared/name-mark.tsx";
import { Characters } from "../text/characters.tsx";

/** The text of an announcement does not change: a screen reader would read a changed one again. */
const Announcement = ({ message }: { readonly message: Message }) => {
  const nameText = useNameText();
  const words = useMemo(() => {
    const said =
      message.text === undefined ? strings.message.deleted : plainLine(message.text, parser.peek());
    return strings.log.announce(nameText(message.author), said);
  }, []);
  return (
    <p>
      <Characters text={words} />
    </p>
  );
};

export const Announcer = ({ room }: { readonly room: RoomStore }) => (
  <div class="visually-hidden" role="log" aria-live="polite" aria-label={strings.log.newMessages}>
    {room.live.latest.value.map((message) => (
      <Announcement key={message.id} message={message} />
    ))}
  </div>
);
