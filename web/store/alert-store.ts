/**
 * Desktop notifications with a quiet sound, for a user who has asked for them and looks elsewhere: for
 * messages that mention or answer the user, or for all messages.
 */
import { signal, type Signal } from "@preact/signals";
import type { Device, Notification } from "../device/device.ts";
import type { SavedValues } from "../storage/saved-values.ts";

export type AlertLevel = "off" | "mentions" | "all";

const levelOf = (text: string | undefined): AlertLevel =>
  text === "mentions" || text === "all" ? text : "off";

const NEXT = { off: "mentions", mentions: "all", all: "off" } as const satisfies Record<
  AlertLevel,
  AlertLevel
>;

export class AlertStore {
  readonly level: Signal<AlertLevel>;
  readonly sound: Signal<boolean>;
  /** Whether the browser refuses notifications. The sound still works. */
  readonly blocked: Signal<boolean> = signal(false);
  readonly #device: Pick<Device, "focus" | "notifier">;
  readonly #saved: SavedValues;

  constructor(device: Pick<Device, "focus" | "notifier">, saved: SavedValues) {
    this.#device = device;
    this.#saved = saved;
    this.level = signal(levelOf(saved.read("alerts")));
    this.sound = signal(saved.read("sound") !== "off");
  }

  async next(): Promise<void> {
    const next = NEXT[this.level.peek()];
    this.level.value = next;
    this.#saved.write("alerts", next === "off" ? undefined : next);
    this.blocked.value = next !== "off" && !(await this.#device.notifier.askForPermission());
  }

  toggleSound(): void {
    this.sound.value = !this.sound.peek();
    this.#saved.write("sound", this.sound.peek() ? undefined : "off");
  }

  /** Notifies of a message, if the user wants that and looks elsewhere. */
  raise(isForUser: boolean, notification: Notification): void {
    const { focus, notifier } = this.#device;
    const level = this.level.peek();
    if (level === "off" || (level === "mentions" && !isForUser) || focus.isLooking()) return;
    notifier.show(notification);
    if (this.sound.peek()) notifier.playSound();
  }
}
