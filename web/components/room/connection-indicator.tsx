/**
 * The state of the connection, in one quiet line. Its seconds tick for the eye alone; a screen reader hears each state once.
 */
import { absurd } from "../../../src/domain/decision.ts";
import type { ConnectionStatus } from "../../store/connection-status.ts";
import { strings } from "../../strings.ts";
import { useSecondsUntil } from "../shared/use-seconds-until.ts";

const said = (status: ConnectionStatus): string => {
  switch (status.status) {
    case "connecting":
      return strings.connection.connecting;
    case "reconnecting":
      return strings.connection.reconnecting;
    case "joining":
      return strings.connection.joining;
    case "catchingUp":
      return strings.connection.catchingUp;
    case "live":
      return status.caughtUpOn > 0 ? strings.connection.caughtUp(status.caughtUpOn) : strings.connection.live;
    case "offline":
      return strings.connection.offline;
    case "refused":
      return strings.connection.refused(status.why);
    case "ended":
      return strings.connection.ended[status.reason];
    default:
      return absurd(status);
  }
};

interface Props {
  readonly status: ConnectionStatus;
  readonly onRetry: () => void;
}

export const ConnectionIndicator = ({ status, onRetry }: Props) => {
  const seconds = useSecondsUntil(status.status === "offline" ? status.retryAt : undefined);
  const words = said(status);
  const shown = seconds > 0 ? strings.connection.offlineUntil(seconds) : words;
  const telling = status.status !== "live" || status.caughtUpOn > 0;
  return (
    <div class={`connection-status ${status.status}${telling ? " said" : ""}`}>
      <span class="dot" />
      <span class="unseen" role="status">
        {words}
      </span>
      <span aria-hidden="true">{shown}</span>
      {status.status === "offline" && (
        <button type="button" onClick={onRetry}>
          {strings.connection.retry}
        </button>
      )}
      {status.status === "ended" && (
        <button type="button" onClick={() => location.reload()}>
          {strings.connection.reload}
        </button>
      )}
    </div>
  );
};
