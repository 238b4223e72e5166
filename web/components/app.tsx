/** Which of the two pages is shown: the sign-in, or a room under the name that is kept. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { parseUserName, type UserName } from "../../src/domain/user.ts";
import { read, write } from "../keep.ts";
import { goTo, routedRoom } from "../route.ts";
import { ChatStore } from "../store/chat-store.ts";
import { strings } from "../strings.ts";
import { RoomPage } from "./room-page.tsx";
import { SignIn } from "./sign-in.tsx";

const FIRST_ROOM = "lobby";

const chatOf = (name: UserName): ChatStore => new ChatStore(name);

const keptChat = (): ChatStore | undefined => {
  const parsed = parseUserName(read("name") ?? "");
  return parsed.ok && routedRoom.peek() !== undefined ? chatOf(parsed.value) : undefined;
};

const titleOf = (chat: ChatStore | undefined): string => {
  const room = routedRoom.value;
  if (chat === undefined || room === undefined) return strings.title;
  const unread = chat.unread.value;
  return `${unread > 0 ? `(${unread}) ` : ""}${room} · ${strings.title}`;
};

export const App = () => {
  const chat = useSignal<ChatStore | undefined>(keptChat());
  const name = routedRoom.value;
  const title = titleOf(chat.value);

  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (name !== undefined) chat.value?.open(name);
  }, [name, chat.value]);

  const room = name === undefined ? undefined : chat.value?.rooms.value.get(name);
  if (chat.value === undefined || name === undefined) {
    return (
      <SignIn
        name={read("name") ?? ""}
        room={name ?? FIRST_ROOM}
        onEnter={(userName, roomName) => {
          write("name", userName);
          chat.value?.close();
          chat.value = chatOf(userName);
          goTo(roomName);
        }}
      />
    );
  }
  if (room === undefined) return null;
  return (
    <RoomPage
      chat={chat.value}
      room={room}
      onSignOut={() => {
        chat.value?.signOut();
        chat.value = undefined;
        goTo(undefined);
      }}
    />
  );
};
