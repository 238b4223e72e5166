/**
 * A browser in memory: its storage and database, and tabs that share them. Each tab is a device for the
 * page's stores, and reaches one chat service in memory, on virtual time. A test can fill the storage, forbid
 * it, break the database and cut the network.
 */
import { connect, webStore, type RoomName } from "../../src/client/index.ts";
import { parseUserName } from "../../src/domain/user.ts";
import type { DatedRecord, Device, Notification, RecordDatabase } from "../../web/device/device.ts";
import type { ChatStore } from "../../web/store/chat-store.ts";
import { createPageStores, type PageStores } from "../../web/store/page-stores.ts";
import type { RoomStore } from "../../web/store/room-store.ts";
import { HEARTBEAT_MS, Service } from "../client/service.ts";
import { VirtualClock } from "../client/virtual-clock.ts";
import { Wires, type Wire } from "../client/wires.ts";
import { accepted } from "../domain/given.ts";
import { Listeners } from "./listeners.ts";
import { MemoryStorage } from "./memory-storage.ts";

const URL = "ws://chat.example/ws";

/** One page of the browser, from its loading to its closing. */
export class Tab {
  readonly browser: MemoryBrowser;
  readonly device: Device;
  readonly stores: PageStores;
  readonly wires = new Wires();
  readonly storageChanges = new Listeners<[key: string, value: string | undefined]>();
  /** The notifications that were shown. */
  readonly shown: Notification[] = [];
  sounds = 0;
  /** What the user answers when the page asks to notify them. */
  allowsNotifications = true;
  readonly #visibility = new Listeners<[]>();
  readonly #focus = new Listeners<[hasFocus: boolean]>();
  readonly #online = new Listeners<[]>();
  readonly #navigation = new Listeners<[]>();
  readonly #history: string[];
  #isVisible = true;
  #hasFocus = true;

  constructor(browser: MemoryBrowser, path: string) {
    this.browser = browser;
    this.#history = [path];
    this.wires.onOpen = (wire) => browser.route(wire);
    const storage = new MemoryStorage(browser, (key, value) => browser.tellOthers(this, key, value));
    const { clock } = browser;
    this.device = {
      storage: {
        get: (key) => storage.getItem(key) ?? undefined,
        set: (key, value) => storage.setItem(key, value),
        remove: (key) => storage.removeItem(key),
        keys: () => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? ""),
        onChangeElsewhere: this.storageChanges.add,
      },
      database: browser.database,
      focus: {
        isVisible: () => this.#isVisible,
        isLooking: () => this.#isVisible && this.#hasFocus,
        onVisibilityChange: this.#visibility.add,
        onFocusChange: this.#focus.add,
      },
      network: { onOnline: this.#online.add },
      address: {
        path: () => this.path,
        push: (to) => this.#history.push(to),
        onNavigate: this.#navigation.add,
      },
      notifier: {
        askForPermission: () => Promise.resolve(this.allowsNotifications),
        show: (notification) => this.shown.push(notification),
        playSound: () => (this.sounds += 1),
      },
      clock,
      connect: (name) =>
        connect({
          url: URL,
          name,
          store: webStore(() => storage, `gapless/${URL}/`),
          openSocket: this.wires.open,
          clock,
          random: () => 0.5,
          newKey: () => browser.newKey(),
        }),
    };
    this.stores = createPageStores(this.device);
    this.stores.session.restore();
  }

  get path(): string {
    return this.#history.at(-1) ?? "/";
  }

  /** The chat of the user who is signed in. */
  get chat(): ChatStore {
    const chat = this.stores.session.chat.peek();
    if (chat === undefined) throw new Error("nobody is signed in");
    return chat;
  }

  get isSignedIn(): boolean {
    return this.stores.session.chat.peek() !== undefined;
  }

  /** An open room. */
  room(name: string): RoomStore {
    const room = [...this.chat.rooms.peek().values()].find((each) => each.name === name);
    if (room === undefined) throw new Error(`the room ${name} is not open`);
    return room;
  }

  get openRooms(): readonly RoomName[] {
    return [...this.chat.rooms.peek().keys()];
  }

  async signIn(name: string, room: RoomName): Promise<void> {
    this.stores.session.signIn(accepted(parseUserName(name)), room);
    await this.browser.settle();
  }

  async goTo(room: RoomName | undefined): Promise<void> {
    this.stores.route.goTo(room);
    await this.browser.settle();
  }

  async back(): Promise<void> {
    this.#history.pop();
    this.#navigation.tell();
    await this.browser.settle();
  }

  /** The window loses the focus, and stays in sight. */
  lookAway(): void {
    this.#hasFocus = false;
    this.#focus.tell(false);
  }

  lookAgain(): void {
    this.#hasFocus = true;
    this.#focus.tell(true);
  }

  hide(): void {
    this.#isVisible = false;
    this.#visibility.tell();
  }

  show(): void {
    this.#isVisible = true;
    this.#visibility.tell();
  }

  tellOnline(): void {
    this.#online.tell();
  }

  /** The tab closes as a browser closes one: the page is hidden, and its connections break. */
  close(): void {
    this.hide();
    this.browser.tabs.delete(this);
    for (const wire of this.wires.all) wire.leave(1001);
  }

  async reload(): Promise<Tab> {
    this.close();
    return this.browser.open(this.path);
  }
}

export class MemoryBrowser {
  readonly clock: VirtualClock;
  readonly service: Service;
  /** What all tabs see in `localStorage`. */
  readonly values = new Map<string, string>();
  readonly records = new Map<string, DatedRecord>();
  readonly tabs = new Set<Tab>();
  /** For how many characters the storage has room. */
  capacity = Number.POSITIVE_INFINITY;
  isStorageForbidden = false;
  databaseState: "works" | "refuses" | "hangs" = "works";
  isOnline = true;
  /** How many times a record was written. */
  writes = 0;
  #keys = 0;

  constructor(clock = new VirtualClock(), service = new Service(clock)) {
    this.clock = clock;
    this.service = service;
  }

  readonly database: RecordDatabase = {
    readAll: () => this.#transact(() => new Map(structuredClone([...this.records]))),
    put: (key, record, most) =>
      this.#transact(() => {
        this.writes += 1;
        this.records.set(key, structuredClone(record));
        const oldestFirst = [...this.records].toSorted(([, some], [, other]) => some.at - other.at);
        for (const [each] of oldestFirst.slice(0, Math.max(0, this.records.size - most))) {
          this.records.delete(each);
        }
      }),
    delete: (key) => this.#transact(() => void this.records.delete(key)),
    clear: () => this.#transact(() => this.records.clear()),
  };

  async open(path = "/"): Promise<Tab> {
    const tab = new Tab(this, path);
    this.tabs.add(tab);
    await this.settle();
    return tab;
  }

  tellOthers(from: Tab, key: string, value: string | undefined): void {
    for (const tab of this.tabs) if (tab !== from) tab.storageChanges.tell(key, value);
  }

  newKey(): string {
    this.#keys += 1;
    return `key-${this.#keys}`;
  }

  /** A new connection reaches the service, or nothing. */
  route(wire: Wire): void {
    this.clock.after(0, () => {
      if (this.isOnline) this.service.serve(wire);
      else wire.cut();
    });
  }

  /** Cuts all connections, and lets no new one come about. */
  async goOffline(): Promise<void> {
    this.isOnline = false;
    for (const tab of this.tabs) for (const wire of tab.wires.all) wire.cut();
    await this.settle();
  }

  /** The network is back, and every tab learns of it. */
  async goOnline(): Promise<void> {
    this.isOnline = true;
    for (const tab of this.tabs) tab.tellOnline();
    await this.settle();
  }

  /** Lets time pass, with the service's heartbeats, and everything happen that follows from it. */
  async advance(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= HEARTBEAT_MS) {
      this.clock.advance(Math.min(left, HEARTBEAT_MS));
      for (const tab of this.tabs) {
        for (const wire of tab.wires.all) if (wire.isOpen && this.isOnline) this.service.heartbeat(wire);
      }
      await this.settle();
    }
  }

  /** Everything that needs no time has happened after this. */
  async settle(): Promise<void> {
    for (let round = 0; round < 10; round += 1) {
      this.clock.advance(0);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #transact<T>(act: () => T): Promise<T> {
    switch (this.databaseState) {
      case "works":
        return Promise.resolve().then(act);
      case "refuses":
        return Promise.reject(new Error("refused"));
      case "hangs":
        return new Promise(() => {});
    }
  }
}
