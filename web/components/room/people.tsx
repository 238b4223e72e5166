/** The members of the room. */
import { memberCount, type Roster } from "../../../src/domain/roster.ts";
import { NameMark } from "../shared/name-mark.tsx";
import { strings } from "../../strings.ts";

interface Props {
  readonly roster: Roster;
  readonly me: string | undefined;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export const People = ({ roster, me, isOpen, onClose }: Props) => (
  <aside class={isOpen ? "side open" : "side"} aria-label={strings.landmarks.people}>
    <header>
      <h2>{strings.people.heading}</h2>
      <button type="button" class="panel-close" onClick={onClose}>
        {strings.close}
      </button>
    </header>
    {memberCount(roster) > 0 && <p class="muted">{strings.people.count(memberCount(roster))}</p>}
    <ul class="people">
      {[...roster.listed.values()].map((member) => (
        <li key={member.id}>
          <bdi>{member.name}</bdi>
          <NameMark user={member} />
          {member.id === me && <span class="muted">{strings.people.you}</span>}
        </li>
      ))}
    </ul>
    {roster.counted > 0 && <p class="muted">{strings.people.more(roster.counted)}</p>}
  </aside>
);
