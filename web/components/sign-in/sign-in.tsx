/** The sign-in: the user's name and the first room. */
import { useSignal } from "@preact/signals";
import { parseRoomName, type RoomName } from "../../../src/domain/room-name.ts";
import { parseUserName, userNameFault, type UserName } from "../../../src/domain/user.ts";
import { strings } from "../../strings.ts";

interface Props {
  readonly name: string;
  readonly room: string;
  readonly onEnter: (name: UserName, room: RoomName) => void;
}

export const SignIn = (props: Props) => {
  const name = useSignal(props.name);
  const room = useSignal(props.room);
  const tried = useSignal(false);
  const parsedName = parseUserName(name.value);
  const parsedRoom = parseRoomName(room.value.trim());
  const nameFault = tried.value ? userNameFault(name.value) : undefined;
  const badName = nameFault !== undefined;
  const badRoom = tried.value && !parsedRoom.ok;

  const enter = (event: SubmitEvent): void => {
    event.preventDefault();
    tried.value = true;
    if (parsedName.ok && parsedRoom.ok) props.onEnter(parsedName.value, parsedRoom.value);
    else document.getElementById(parsedName.ok ? "sign-in-room" : "sign-in-name")?.focus();
  };

  return (
    <main class="sign-in">
      <form onSubmit={enter} noValidate>
        <h1>{strings.title}</h1>
        <p class="tagline">{strings.tagline}</p>
        <div class="form-field">
          <label for="sign-in-name">{strings.signIn.name}</label>
          <input
            id="sign-in-name"
            class="field"
            dir="auto"
            autocomplete="nickname"
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
            aria-invalid={badName}
            aria-describedby="sign-in-name-hint"
            autofocus
          />
          <p id="sign-in-name-hint" class={badName ? "error" : "muted"} role={badName ? "alert" : undefined}>
            {badName ? strings.signIn.badName[nameFault] : strings.signIn.nameHint}
          </p>
        </div>
        <div class="form-field">
          <label for="sign-in-room">{strings.signIn.room}</label>
          <input
            id="sign-in-room"
            class="field"
            dir="auto"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            value={room.value}
            onInput={(event) => (room.value = event.currentTarget.value)}
            aria-invalid={badRoom}
            aria-describedby="sign-in-room-hint"
          />
          <p id="sign-in-room-hint" class={badRoom ? "error" : "muted"} role={badRoom ? "alert" : undefined}>
            {badRoom ? strings.signIn.badRoom : strings.signIn.roomHint}
          </p>
        </div>
        <p class="enter">
          <button class="primary" type="submit">
            {strings.signIn.enter}
          </button>
        </p>
      </form>
    </main>
  );
};
