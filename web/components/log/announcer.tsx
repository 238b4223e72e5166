/**
 * Tells a screen reader, politely, what others have said since: live messages alone, never what is loaded from the past, and only the
 * last few, so that it does not chatter.
 */
import { useMemo } from "preact/hooks";
import type { Message } from "../../../src/domain/message.ts";
import { parser } from "../../markdown/parser.ts";
import { plainLine } from "../../text/plain-text.ts";
import type { RoomStore } from "../../store/room-store.ts";
import { strings } from "../../strings.ts";
import { Characters } from "../text/characters.tsx";

/** What was said stays as it was said: were it put in other words later, it would be read out again. */
const Heard = ({ message }: { readonly message: Message }) => {
  const words = useMemo(
    () => (message.text === undefined ? strings.message.deleted : plainLine(message.text, parser.peek())),
    [],
  );
  return (
    <p>
      <Characters text={strings.log.announce(message.author.name, words)} />
    </p>
  );
};

export const Announcer = ({ room }: { readonly room: RoomStore }) => (
  <div class="unseen" role="log" aria-live="polite" aria-label={strings.log.newMessages}>
    {room.live.latest.value.map((message) => (
      <Heard key={message.id} message={message} />
    ))}
  </div>
);
