/** Shows one of the two pages: the sign-in, or a room. */
import { useEffect } from "preact/hooks";
import type { PageStores } from "../store/page-stores.ts";
import { strings } from "../strings.ts";
import { RoomPage } from "./room/room-page.tsx";
import { useStores } from "./shared/use-stores.ts";
import { SignIn } from "./sign-in/sign-in.tsx";

const FIRST_ROOM = "lobby";

const titleOf = ({ session, route }: PageStores): string => {
  const chat = session.chat.value;
  const room = route.room.value;
  if (chat === undefined || room === undefined) return strings.title;
  const unread = chat.unread.value;
  return `${unread > 0 ? `(${unread}) ` : ""}${room} · ${strings.title}`;
};

export const App = () => {
  const stores = useStores();
  const { session, route } = stores;
  const title = titleOf(stores);
  useEffect(() => {
    document.title = title;
  }, [title]);

  const name = route.room.value;
  const chat = session.chat.value;
  const room = name === undefined ? undefined : chat?.rooms.value.get(name);
  return chat === undefined || room === undefined ? (
    <SignIn
      name={session.savedName}
      room={name ?? FIRST_ROOM}
      onEnter={(userName, roomName) => session.signIn(userName, roomName)}
    />
  ) : (
    <RoomPage chat={chat} room={room} />
  );
};
