/** The list of keyboard shortcuts. */
import { strings } from "../../strings.ts";

export const Shortcuts = () => (
  <details class="shortcuts">
    <summary>{strings.shortcuts.heading}</summary>
    <dl>
      {strings.shortcuts.list.map(([keys, what]) => (
        <div key={keys}>
          <dt>{keys}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  </details>
);
