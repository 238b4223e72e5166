/** Of what one is told while one looks elsewhere, and whether with a sound. */
import { alerts, blocked, nextAlerts, sound, toggleSound } from "../../alerts.ts";
import { strings } from "../../strings.ts";

export const AlertSettings = () => (
  <>
    <button type="button" onClick={() => void nextAlerts()}>
      {strings.alerts[alerts.value]}
    </button>
    {blocked.value && <p role="status">{strings.alerts.blocked}</p>}
    {alerts.value !== "off" && (
      <button type="button" onClick={toggleSound}>
        {strings.alerts.sound(sound.value)}
      </button>
    )}
  </>
);
