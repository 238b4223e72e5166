/**
 * The state of the connection, in one quiet line. Its seconds tick for the eye alone; a screen reader hears each state once.
 */
import { absurd } from "../../src/domain/decision.ts";
import type { Line } from "../store/line.ts";
import { strings } from "../strings.ts";
import { useSecondsUntil } from "./seconds-until.ts";

const said = (line: Line): string => {
  switch (line.status) {
    case "connecting":
      return strings.connection.connecting;
    case "reconnecting":
      return strings.connection.reconnecting;
    case "joining":
      return strings.connection.joining;
    case "catchingUp":
      return strings.connection.catchingUp;
    case "live":
      return line.caughtUpOn > 0 ? strings.connection.caughtUp(line.caughtUpOn) : strings.connection.live;
    case "offline":
      return strings.connection.offline;
    case "refused":
      return strings.connection.refused(line.why);
    case "ended":
      return strings.connection.ended[line.reason];
    default:
      return absurd(line);
  }
};

interface Props {
  readonly line: Line;
  readonly onRetry: () => void;
}

export const ConnectionLine = ({ line, onRetry }: Props) => {
  const seconds = useSecondsUntil(line.status === "offline" ? line.retryAt : undefined);
  const words = said(line);
  const shown = seconds > 0 ? strings.connection.offlineUntil(seconds) : words;
  const telling = line.status !== "live" || line.caughtUpOn > 0;
  return (
    <div class={`line ${line.status}${telling ? " said" : ""}`}>
      <span class="dot" />
      <span class="unseen" role="status">
        {words}
      </span>
      <span aria-hidden="true">{shown}</span>
      {line.status === "offline" && (
        <button type="button" onClick={onRetry}>
          {strings.connection.retry}
        </button>
      )}
      {line.status === "ended" && (
        <button type="button" onClick={() => location.reload()}>
          {strings.connection.reload}
        </button>
      )}
    </div>
  );
};
