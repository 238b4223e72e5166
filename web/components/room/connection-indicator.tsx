/**
 * The connection status, in one line. Only the visible text counts seconds; a screen reader hears each status
 * once.
 */
import { absurd } from "../../../src/domain/decision.ts";
import type { ConnectionStatus } from "../../store/connection-status.ts";
import { strings } from "../../strings.ts";
import { useSecondsUntil } from "../shared/use-seconds-until.ts";

const textOf = (status: ConnectionStatus): string => {
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
  const words = textOf(status);
  const shown = seconds > 0 ? strings.connection.offlineUntil(seconds) : words;
  const telling = status.status !== "live" || status.caughtUpOn > 0;
  return (
    <div class={`connection-status ${status.status}${telling ? " announced" : ""}`}>
      <span class="dot" />
      <span class="visually-hidden" role="status">
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
