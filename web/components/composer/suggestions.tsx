/**
 * The suggestions for the word at the caret. The focus stays in the box, which names the chosen one to a
 * screen reader.
 */
import type { Suggestion } from "../../text/completion.ts";
import { strings } from "../../strings.ts";

export const optionId = (index: number): string => `suggestion-${index}`;

interface Props {
  readonly suggestions: readonly Suggestion[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

export const Suggestions = ({ suggestions, chosen, onChoose }: Props) => (
  <ul id="suggestions" class="suggestions" role="listbox" aria-label={strings.composer.suggestions}>
    {suggestions.map(({ label }, index) => (
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
      </li>
    ))}
  </ul>
);
