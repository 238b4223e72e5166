/** Above the text box: the message that the user answers or edits, and the way back to a new message. */
import { absurd } from "../../../src/domain/decision.ts";
import type { ComposerStore, Mode } from "../../store/composer-store.ts";
import type { Author } from "../../../src/client/index.ts";
import { useNameText } from "../shared/name-mark.tsx";
import { strings } from "../../strings.ts";

const contextText = (mode: Mode, nameText: (user: Author) => string): string | undefined => {
  switch (mode.type) {
    case "new":
      return undefined;
    case "orphaned":
      return strings.composer.orphaned;
    case "reply":
      return strings.composer.replying(nameText(mode.to.author));
    case "edit":
      return strings.composer.editing;
    default:
      return absurd(mode);
  }
};

export const ComposerContext = ({ composer }: { readonly composer: ComposerStore }) => {
  const { type } = composer.mode.value;
  const words = contextText(composer.mode.value, useNameText());
  if (words === undefined) return null;
  return (
    <p class="context">
      <span role={type === "orphaned" ? "status" : undefined} title={words}>
        {words}
      </span>
      <button type="button" onClick={() => composer.cancel()}>
        {type === "orphaned" ? strings.close : strings.composer.cancel}
      </button>
    </p>
  );
};
