/**
 * Tells a screen reader, politely, what others have said since: live messages alone, never what is loaded from the past, and only the
 * last few, so that it does not chatter.
 */
import type { RoomStore } from "../store/room-store.ts";
import { strings } from "../strings.ts";

export const Announcer = ({ room }: { readonly room: RoomStore }) => (
  <div class="unseen" role="log" aria-live="polite" aria-label={strings.log.newMessages}>
    {room.heard.value.map((message) => (
      <p key={message.id}>
        {strings.log.announce(message.author.name, message.text ?? strings.message.deleted)}
      </p>
    ))}
  </div>
);
