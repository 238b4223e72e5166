/** The real browser as the page's device. */
import { connect, systemClock, type Unsubscribe } from "../../src/client/index.ts";
import { browserNotifier } from "./browser-notifier.ts";
import type { AddressBar, Device, KeyValueStorage, NetworkState, PageFocus } from "./device.ts";
import { indexedDatabase } from "./indexed-database.ts";

const listen = (target: EventTarget, type: string, listener: () => void): Unsubscribe => {
  target.addEventListener(type, listener);
  return () => target.removeEventListener(type, listener);
};

const storage: KeyValueStorage = {
  get: (key) => localStorage.getItem(key) ?? undefined,
  set: (key, value) => localStorage.setItem(key, value),
  remove: (key) => localStorage.removeItem(key),
  keys: () => Object.keys(localStorage),
  onChangeElsewhere: (listener) => {
    const onStorage = ({ key, newValue }: StorageEvent): void => {
      if (key !== null) listener(key, newValue ?? undefined);
    };
    addEventListener("storage", onStorage);
    return () => removeEventListener("storage", onStorage);
  },
};

const isVisible = (): boolean => document.visibilityState === "visible";

const focus: PageFocus = {
  isVisible,
  isLooking: () => isVisible() && document.hasFocus(),
  onVisibilityChange: (listener) => listen(document, "visibilitychange", listener),
  onFocusChange: (listener) => {
    const stops = [
      listen(window, "focus", () => listener(true)),
      listen(window, "blur", () => listener(false)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  },
};

const network: NetworkState = { onOnline: (listener) => listen(window, "online", listener) };

const address: AddressBar = {
  path: () => location.pathname,
  push: (path) => history.pushState(null, "", path),
  onNavigate: (listener) => listen(window, "popstate", listener),
};

export const browserDevice: Device = {
  storage,
  database: indexedDatabase("gapless", "rooms"),
  focus,
  network,
  address,
  notifier: browserNotifier(),
  clock: systemClock,
  connect: (name) =>
    connect({ url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`, name }),
};
