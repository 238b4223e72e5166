/**
 * What the page needs of the browser that it runs in: one small interface for each capability, and one record
 * of them.
 *
 * The stores reach the browser through this record alone, so tests run them on a device in memory.
 * `browserDevice` is the real one. Components use the DOM for what they show; they do not use this record.
 */
import type { Chat, Clock, Unsubscribe } from "../../src/client/index.ts";

export interface Device {
  readonly storage: KeyValueStorage;
  readonly database: RecordDatabase;
  readonly focus: PageFocus;
  readonly network: NetworkState;
  readonly address: AddressBar;
  readonly notifier: Notifier;
  readonly clock: Clock;
  /** Opens the chat's connection under a user name. */
  readonly connect: (name: string) => Chat;
}

/**
 * Small texts that outlive the page and that all tabs of a browser share. Every function throws where the
 * browser forbids storage, and `set` also where storage is full.
 */
export interface KeyValueStorage {
  readonly get: (key: string) => string | undefined;
  readonly set: (key: string, value: string) => void;
  readonly remove: (key: string) => void;
  readonly keys: () => readonly string[];
  /**
   * Calls the listener for each change that another tab makes; the value is undefined for a removal. Never
   * throws.
   */
  readonly onChangeElsewhere: (listener: (key: string, value: string | undefined) => void) => Unsubscribe;
}

/** A record says when it was written (unix ms), so that the oldest can be found. */
export interface DatedRecord {
  readonly at: number;
}

/**
 * Large records that outlive the page, by key. Each call is one transaction: it has its whole effect or none.
 * A call rejects where the browser forbids the database, or has no room for the record.
 */
export interface RecordDatabase {
  /** All records. They come as unknown, because another version of the page may have written them. */
  readonly readAll: () => Promise<ReadonlyMap<string, unknown>>;
  /** Writes a record and deletes the oldest ones, so that at most `most` records remain. */
  readonly put: (key: string, record: DatedRecord, most: number) => Promise<void>;
  readonly delete: (key: string) => Promise<void>;
  readonly clear: () => Promise<void>;
}

/** Whether somebody looks at the page. */
export interface PageFocus {
  readonly isVisible: () => boolean;
  /** Whether the page is visible and has the focus, so that its messages count as read. */
  readonly isLooking: () => boolean;
  readonly onVisibilityChange: (listener: () => void) => Unsubscribe;
  /** Calls the listener when the window gets the focus (true) or loses it (false). */
  readonly onFocusChange: (listener: (hasFocus: boolean) => void) => Unsubscribe;
}

export interface NetworkState {
  /** Calls the listener when the browser has a network again. */
  readonly onOnline: (listener: () => void) => Unsubscribe;
}

/** The path in the address bar, and the browser's history. */
export interface AddressBar {
  readonly path: () => string;
  readonly push: (path: string) => void;
  /** Calls the listener when the user goes back or forward. */
  readonly onNavigate: (listener: () => void) => Unsubscribe;
}

export interface Notification {
  readonly title: string;
  readonly body: string;
  /** A later notification with the same tag replaces this one. */
  readonly tag: string;
  readonly onClick: () => void;
}

export interface Notifier {
  /** Asks the user for permission, and resolves to their answer. */
  readonly askForPermission: () => Promise<boolean>;
  /** Shows nothing where permission is missing. */
  readonly show: (notification: Notification) => void;
  readonly playSound: () => void;
}
