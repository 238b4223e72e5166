/** Desktop notifications, and a quiet sound of two notes. */
import type { Notifier } from "./device.ts";

/** Two soft notes, a fifth apart, in hertz. */
const NOTES = [587.3, 880];

export const browserNotifier = (): Notifier => {
  let audio: AudioContext | undefined;
  return {
    askForPermission: async () =>
      "Notification" in globalThis && (await Notification.requestPermission()) === "granted",

    show({ title, body, tag, onClick }) {
      try {
        const notification = new Notification(title, { body, tag, silent: true });
        notification.addEventListener("click", () => {
          notification.close();
          window.focus();
          onClick();
        });
      } catch {
        // The permission was withdrawn, or a phone allows notifications to service workers only. The unread
        // count in the title remains.
      }
    },

    playSound() {
      audio ??= new AudioContext();
      for (const [index, frequency] of NOTES.entries()) {
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
    },
  };
};
