/**
 * The mark beside a name that several users of the room bear, or that looks like another user's. A name
 * that nobody else has gets none.
 */
import { strings } from "../../strings.ts";
import { userMark } from "../../text/user-mark.ts";
import { useStores } from "./use-stores.ts";

interface User {
  readonly id: string;
  readonly name: string;
}

export const NameMark = ({ user }: { readonly user: User }) => {
  const { sharedNamesHere } = useStores().session;
  if (!sharedNamesHere.value.has(user.name)) return null;
  const { letters, colour } = userMark(user.id);
  return (
    <>
      {" "}
      <span class={`name-mark colour-${colour}`} dir="ltr">
        <span class="visually-hidden">{strings.mark} </span>
        {letters}
      </span>
    </>
  );
};

/** A user's name for a text without markup, with the letters of the mark if it has one. */
export const useNameText = (): ((user: User) => string) => {
  const shared = useStores().session.sharedNamesHere.value;
  return ({ id, name }) => (shared.has(name) ? strings.markedName(name, userMark(id).letters) : name);
};
