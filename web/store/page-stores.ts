/** All stores of the page, made from one device. */
import type { Device } from "../device/device.ts";
import { RoomCache } from "../storage/room-cache.ts";
import { SavedValues } from "../storage/saved-values.ts";
import { AlertStore } from "./alert-store.ts";
import type { ChatDependencies } from "./chat-store.ts";
import { Route } from "./route.ts";
import { NAME, Session } from "./session.ts";
import { ThemeStore } from "./theme-store.ts";

export interface PageStores extends ChatDependencies {
  readonly theme: ThemeStore;
  readonly session: Session;
}

export const createPageStores = (device: Device): PageStores => {
  const { storage, database, clock, address } = device;
  const saved = new SavedValues(storage);
  const dependencies: ChatDependencies = {
    device,
    saved,
    roomCache: new RoomCache({ database, clock, isSignedIn: () => saved.read(NAME) !== undefined }),
    route: new Route(address),
    alerts: new AlertStore(device, saved),
  };
  return { ...dependencies, theme: new ThemeStore(saved), session: new Session(dependencies) };
};
