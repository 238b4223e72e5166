/**
 * One room as the page shows it. The client holds the room's state; this store offers it to components as
 * signals, and adds what belongs to the reader alone: the read marker and the composer.
 */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type {
  Author,
  Clock,
  Message,
  Pending,
  Position,
  Room,
  RoomChange,
  RoomName,
  RoomStatus,
  Roster,
} from "../../src/client/index.ts";
import { absurd } from "../../src/domain/decision.ts";
import type { PageFocus } from "../device/device.ts";
import type { Timeline } from "../log/timeline.ts";
import { countUnread } from "../log/unread.ts";
import type { RoomCache } from "../storage/room-cache.ts";
import { recordOf } from "../storage/room-record.ts";
import type { SavedValues } from "../storage/saved-values.ts";
import { ComposerStore } from "./composer-store.ts";
import { LiveMessages } from "./live-messages.ts";
import { NameStore } from "./name-store.ts";
import { OlderMessages } from "./older-messages.ts";
import { ReadMarker } from "./read-marker.ts";
import { RoomCommands } from "./room-commands.ts";
import { SharedNameStore } from "./shared-name-store.ts";

/** How long the page says how many messages a reconnect has brought. */
export const CAUGHT_UP_MS = 6000;

export interface RoomDependencies {
  readonly saved: SavedValues;
  readonly roomCache: RoomCache;
  readonly focus: PageFocus;
  readonly clock: Clock;
  readonly me: ReadonlySignal<Author | undefined>;
  readonly online: ReadonlySignal<boolean>;
  /** Another user has posted a message just now. */
  readonly onMessage: (room: RoomStore, message: Message) => void;
}

export class RoomStore {
  readonly composer: ComposerStore;
  readonly names: NameStore;
  readonly sharedNames: SharedNameStore;
  readonly commands: RoomCommands;
  readonly older: OlderMessages;
  readonly readMarker: ReadMarker;
  readonly live: LiveMessages;
  readonly roster: Signal<Roster>;
  readonly status: Signal<RoomStatus>;
  readonly typists: Signal<readonly Author[]> = signal([]);
  /** How many messages a reconnect has just brought; 0 after `CAUGHT_UP_MS`. */
  readonly caughtUpOn: Signal<number> = signal(0);
  /** The last event that the client holds. */
  readonly position: Signal<Position | undefined> = signal(undefined);
  /** Whether anything of the room is known: it was joined once, or was in the room cache. */
  readonly isKnown: ReadonlySignal<boolean>;
  /** What the log's rows are made of. A new object whenever any of it has changed. */
  readonly timeline: ReadonlySignal<Timeline>;
  readonly unread: ReadonlySignal<number>;
  readonly #room: Room;
  readonly #dependencies: RoomDependencies;
  readonly #pending: Signal<readonly Pending[]>;
  /** Grows when items or messages have changed: once a task, however many changed. */
  readonly #version: Signal<number> = signal(0);
  #isRefreshDue = false;
  #endCaughtUp: () => void = () => {};

  constructor(room: Room, dependencies: RoomDependencies) {
    const { saved, focus, me, online, onMessage } = dependencies;
    this.#room = room;
    this.#dependencies = dependencies;
    this.composer = new ComposerStore(room.name, saved);
    this.names = new NameStore(room);
    this.sharedNames = new SharedNameStore(room);
    this.readMarker = new ReadMarker(room.name, saved, focus);
    // A user who answers has seen the new messages.
    this.commands = new RoomCommands(room, me, () => this.readMarker.lookAway());
    this.older = new OlderMessages(room, () => this.#refresh());
    this.live = new LiveMessages(room, me, (message) => onMessage(this, message));
    this.roster = signal(room.roster);
    this.status = signal(room.status);
    this.#pending = signal(room.pending);
    this.isKnown = computed(() => {
      void this.#version.value;
      return this.position.value !== undefined || room.items.length > 0;
    });
    this.timeline = computed(() => {
      void this.#version.value;
      return {
        items: room.items,
        message: (id) => this.find(id),
        unsent: this.#unsent(online.value),
        newAfter: this.readMarker.newAfter.value,
        me: me.value?.id,
      };
    });
    this.unread = computed(() => {
      void this.#version.value;
      return countUnread(room.items, this.readMarker.readUpTo.value, me.value?.id);
    });
    room.subscribe((change) => this.#take(change));
    this.#refresh();
  }

  get name(): RoomName {
    return this.#room.name;
  }

  find(id: Position): Message | undefined {
    return this.#room.message(id);
  }

  /** The user's last message that can still be edited. */
  lastOwnMessage(): Message | undefined {
    const me = this.#dependencies.me.peek()?.id;
    const own = this.#room.items.findLast(
      (item) => item.type === "message.posted" && item.by.id === me && this.find(item.id)?.deleted === false,
    );
    return own?.type === "message.posted" ? this.find(own.id) : undefined;
  }

  /** Everything that the client holds is read, if the user looks at the page. */
  markRead(): void {
    this.readMarker.advance(this.position.peek());
  }

  leave(): void {
    this.#room.leave();
  }

  #take(change: RoomChange): void {
    switch (change.type) {
      case "appended":
      case "inserted":
      case "reset":
      case "message":
        this.#scheduleRefresh();
        this.#cache();
        break;
      case "roster":
        this.roster.value = change.roster;
        break;
      case "typists":
        this.typists.value = change.typists;
        break;
      case "pending":
        this.#pending.value = change.pending;
        break;
      case "status":
        this.status.value = change.status;
        this.#scheduleRefresh();
        break;
      case "caughtUp":
        this.#showCaughtUp(change.messages);
        break;
      default:
        absurd(change);
    }
  }

  /** A burst of events is shown once, after it. */
  #scheduleRefresh(): void {
    if (this.#isRefreshDue) return;
    this.#isRefreshDue = true;
    queueMicrotask(() => this.#refresh());
  }

  #refresh(): void {
    this.#isRefreshDue = false;
    this.older.refresh();
    this.position.value = this.#room.position;
    this.composer.follow((id) => this.find(id));
    this.#version.value += 1;
  }

  #cache(): void {
    const { roomCache, clock } = this.#dependencies;
    if (this.status.peek().status !== "left") {
      roomCache.changed(this.name, () => recordOf(this.#room, clock.now()));
    }
  }

  #showCaughtUp(messages: number): void {
    this.#endCaughtUp();
    this.caughtUpOn.value = messages;
    this.#endCaughtUp = this.#dependencies.clock.after(CAUGHT_UP_MS, () => (this.caughtUpOn.value = 0));
  }

  /** Messages always have a row. Other commands have one only when they failed or wait for the network. */
  #unsent(online: boolean): readonly Pending[] {
    return this.#pending.value.filter(
      ({ command, state }) => command.type === "post" || state.status === "failed" || !online,
    );
  }
}
