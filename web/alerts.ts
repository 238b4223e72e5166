/**
 * Notifications on the desktop and a quiet sound, for who has asked for them and is looking elsewhere: for what is said to them, or for all that is said.
 */
import { signal } from "@preact/signals";
import { read, write } from "./storage/saved-values.ts";

export type Alerts = "off" | "mentions" | "all";

const alertsOf = (text: string | undefined): Alerts => (text === "mentions" || text === "all" ? text : "off");

const NEXT = { off: "mentions", mentions: "all", all: "off" } as const satisfies Record<Alerts, Alerts>;

export const alerts = signal<Alerts>(alertsOf(read("alerts")));
export const sound = signal(read("sound") !== "off");
/** Whether the browser has said no to notifications; the sound is left. */
export const blocked = signal(false);

const isAllowed = async (): Promise<boolean> =>
  "Notification" in globalThis && (await Notification.requestPermission()) === "granted";

export const nextAlerts = async (): Promise<void> => {
  alerts.value = NEXT[alerts.peek()];
  write("alerts", alerts.peek() === "off" ? undefined : alerts.peek());
  blocked.value = alerts.peek() !== "off" && !(await isAllowed());
};

export const toggleSound = (): void => {
  sound.value = !sound.peek();
  write("sound", sound.peek() ? undefined : "off");
};

export interface Alert {
  readonly title: string;
  readonly body: string;
  /** A later alert with the same tag takes its place. */
  readonly tag: string;
  readonly onClick: () => void;
}

const isLooking = (): boolean => document.visibilityState === "visible" && document.hasFocus();

const notify = ({ title, body, tag, onClick }: Alert): void => {
  try {
    const notification = new Notification(title, { body, tag, silent: true });
    notification.addEventListener("click", () => {
      notification.close();
      window.focus();
      onClick();
    });
  } catch {
    // Not granted any more, or a phone that leaves them to service workers: the unread count in the title still tells.
  }
};

let audio: AudioContext | undefined;

/** Two soft notes, a fifth apart. */
const chime = (): void => {
  audio ??= new AudioContext();
  for (const [index, frequency] of [587.3, 880].entries()) {
    const at = audio.currentTime + index * 0.12;
    const note = audio.createOscillator();
    const loudness = audio.createGain();
    note.frequency.value = frequency;
    loudness.gain.setValueAtTime(0.05, at);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.25);
    note.connect(loudness).connect(audio.destination);
    note.start(at);
    note.stop(at + 0.25);
  }
};

/** Tells of something that was said, where one has asked for that and is not looking. `isForMe`: it is said to the reader. */
export const alert = (isForMe: boolean, what: Alert): void => {
  if (alerts.peek() === "off" || (alerts.peek() === "mentions" && !isForMe) || isLooking()) return;
  notify(what);
  if (sound.peek()) chime();
};
