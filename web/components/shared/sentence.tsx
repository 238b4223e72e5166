/**
 * A sentence of strings.ts that names users, with each name as it is everywhere: in its own direction, and
 * with its mark. The sentence is made with a slot for each name, and the names are put into the slots in
 * turn.
 */
import type { Author } from "../../../src/client/index.ts";
import { NameMark } from "./name-mark.tsx";

/** The character that Unicode has for what is not text. No name has it (V2). */
const SLOT = "\uFFFC";

interface Props {
  readonly users: readonly Author[];
  /** Makes the sentence of as many names. */
  readonly of: (names: readonly string[]) => string;
}

export const Sentence = ({ users, of }: Props) => {
  const [beginning, ...rest] = of(users.map(() => SLOT)).split(SLOT);
  return (
    <>
      {beginning}
      {rest.map((words, index) => {
        const user = users[index];
        return user === undefined ? (
          words
        ) : (
          <>
            <bdi>{user.name}</bdi>
            <NameMark user={user} />
            {words}
          </>
        );
      })}
    </>
  );
};
