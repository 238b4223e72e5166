/** The settings for notifications: for which messages, and whether with a sound. */
import { strings } from "../../strings.ts";
import { useStores } from "../shared/use-stores.ts";

export const AlertSettings = () => {
  const { alerts } = useStores();
  return (
    <>
      <button type="button" onClick={() => void alerts.next()}>
        {strings.alerts[alerts.level.value]}
      </button>
      {alerts.blocked.value && <p role="status">{strings.alerts.blocked}</p>}
      {alerts.level.value !== "off" && (
        <button type="button" onClick={() => alerts.toggleSound()}>
          {strings.alerts.sound(alerts.sound.value)}
        </button>
      )}
    </>
  );
};
