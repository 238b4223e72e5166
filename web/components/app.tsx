/** Which of the two pages is shown: the sign-in, or a room. */
import { useEffect } from "preact/hooks";
import { routedRoom } from "../route.ts";
import { chat, keptName, signIn, signOut } from "../store/session.ts";
import { strings } from "../strings.ts";
import { RoomPage } from "./room/room-page.tsx";
import { SignIn } from "./sign-in/sign-in.tsx";

const FIRST_ROOM = "lobby";

const title = (): string => {
  const room = routedRoom.value;
  if (chat.value === undefined || room === undefined) return strings.title;
  const unread = chat.value.unread.value;
  return `${unread > 0 ? `(${unread}) ` : ""}${room} · ${strings.title}`;
};

export const App = () => {
  const name = routedRoom.value;
  const words = title();
  useEffect(() => {
    document.title = words;
  }, [words]);

  const room = name === undefined ? undefined : chat.value?.rooms.value.get(name);
  return chat.value === undefined || room === undefined ? (
    <SignIn name={keptName()} room={name ?? FIRST_ROOM} onEnter={signIn} />
  ) : (
    <RoomPage chat={chat.value} room={room} onSignOut={signOut} />
  );
};
