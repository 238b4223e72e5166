/**
 * The suggestions for the word at the caret. The focus stays in the box, which names the chosen one to a
 * screen reader.
 */
import type { Suggestion } from "../../text/completion.ts";
import type { Author } from "../../../src/client/index.ts";
import { NameMark } from "../shared/name-mark.tsx";
import { strings } from "../../strings.ts";

export const optionId = (index: number): string => `suggestion-${index}`;

interface Props {
  readonly suggestions: readonly Suggestion[];
  readonly chosen: number;
  /** The listed members: a name that several of them bear mentions them all. */
  readonly members: ReadonlyMap<string, Author>;
  readonly onChoose: (index: number) => void;
}

const MOST_MARKS = 4;

const namedBy = (name: string, members: ReadonlyMap<string, Author>): readonly Author[] =>
  [...members.values()].filter((member) => member.name === name).slice(0, MOST_MARKS);

export const Suggestions = ({ suggestions, chosen, members, onChoose }: Props) => (
  <ul id="suggestions" class="suggestions" role="listbox" aria-label={strings.composer.suggestions}>
    {suggestions.map(({ label, kind }, index) => (
      <li
        key={label}
        id={optionId(index)}
        role="option"
        aria-selected={index === chosen}
        // A click would come after the box has lost the focus.
        onPointerDown={(event) => {
          event.preventDefault();
          onChoose(index);
        }}
      >
        <bdi>{label}</bdi>
        {kind === "mention" && namedBy(label, members).map((user) => <NameMark key={user.id} user={user} />)}
      </li>
    ))}
  </ul>
);
