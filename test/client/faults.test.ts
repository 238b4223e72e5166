/**
 * Clients under random faults of the network. After the faults, each client has the events of the log, and
 * the log has each command once. A seed makes a world, so a failing world can be run again; its seed becomes
 * a test with a name of its own.
 */
import { expect, test } from "vitest";
import type { Chat } from "../../src/client/chat/chat.ts";
import { connect } from "../../src/client/chat/connect.ts";
import type { Pending } from "../../src/client/outbox/command.ts";
import type { Room } from "../../src/client/room/room.ts";
import { memoryStore, type Store } from "../../src/client/platform/store.ts";
import { seededRandom, type SeededRandom } from "../support/seeded-random.ts";
import { seqsOf, settled } from "./given.ts";
import { HEARTBEAT_MS, Service } from "./service.ts";
import { UnreliableNetwork } from "./unreliable-network.ts";
import { VirtualClock } from "./virtual-clock.ts";

const ROOMS = ["lobby", "garden"];
const STEPS = 80;
const MOST_DELAY_MS = 80;
const DEADLINE_MS = 5_000;
/** Longer than the longest backoff, the longest silence and the wait for a doubted command together. */
const CALM_MS = 60_000;

interface Person {
  readonly store: Store;
  chat: Chat;
  rooms: Room[];
  /** The messages that the present chat announced, by room, as seqs. */
  heard: Map<Room, number[]>;
  /** The changes of status that the chat and the rooms reported. */
  readonly shown: string[];
  /** The texts of all posts. */
  readonly posted: string[];
}

class World {
  readonly clock = new VirtualClock();
  readonly service = new Service(this.clock);
  readonly people: Person[] = [];
  readonly network: UnreliableNetwork;
  readonly random: SeededRandom;
  #count = 0;

  constructor(seed: number) {
    this.random = seededRandom(seed);
    this.network = new UnreliableNetwork(
      this.clock,
      () => this.random.below(MOST_DELAY_MS),
      (wire) => this.service.serve(wire),
    );
    this.#beat();
    for (const name of ["Ada", "Ben"]) this.people.push(this.#person(name));
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[this.random.below(from.length)];
  }

  next(): number {
    this.#count += 1;
    return this.#count;
  }

  #beat(): void {
    this.clock.after(HEARTBEAT_MS, () => {
      for (const { wire } of this.network.cables) if (wire.isOpen) this.service.heartbeat(wire);
      this.#beat();
    });
  }

  #person(name: string): Person {
    const store = memoryStore();
    return { store, ...this.#arrive(name, store), posted: [], shown: [] };
  }

  #arrive(name: string, store: Store): Pick<Person, "chat" | "rooms" | "heard"> {
    const chat = connect({
      url: "ws://chat.example/ws",
      name,
      store,
      openSocket: this.network.open,
      clock: this.clock,
      random: this.random.fraction,
      newKey: () => `key-${this.next()}`,
    });
    const rooms = ROOMS.map((room) => chat.join(room));
    const heard = new Map<Room, number[]>();
    for (const room of rooms) {
      const seqs: number[] = [];
      room.on("message", ({ seq }) => seqs.push(seq));
      heard.set(room, seqs);
    }
    return { chat, rooms, heard };
  }

  /** Loads the page again: only the store survives. */
  reload(person: Person): void {
    person.chat.close();
    Object.assign(person, this.#arrive("again", person.store));
  }

  post(person: Person): void {
    const text = `message ${this.next()}`;
    person.posted.push(text);
    void this.pick(person.rooms)?.post(text);
  }

  /** Edits or deletes one of their own messages, or reacts to it. */
  revise(person: Person): void {
    const room = this.pick(person.rooms);
    const own = (room?.items ?? []).filter(
      (item) => item.type === "message.posted" && item.by.id === person.chat.user?.id,
    );
    const target = this.pick(own);
    if (room === undefined || target?.type !== "message.posted") return;
    const deed = this.random.below(3);
    if (deed === 0) void room.edit(target.id, `revised ${this.next()}`);
    else if (deed === 1) void room.delete(target.id);
    else void room.react(target.id, "👍", this.random.below(2) === 0);
  }

  fault(): void {
    const cable = this.pick(this.network.up);
    switch (this.random.below(7)) {
      case 0:
        return cable?.cut();
      case 1:
        return cable?.swallow();
      case 2:
        return cable?.spoil("events");
      case 3:
        return void this.service.refusals.push({ code: "unavailable" });
      case 4:
        return void this.service.refusals.push({ code: "rate_limited", retryAfterMs: 300 });
      case 5:
        return this.rotate();
      default:
        return cable?.wire.cut(this.pick([1012, 1013, 1011]));
    }
  }

  /** Sends a `goaway`, and cuts the connection at its deadline. */
  rotate(): void {
    const cable = this.pick(this.network.up);
    if (cable === undefined) return;
    this.service.goAway(cable.wire, { reason: "rotation", afterMs: 0, deadlineMs: DEADLINE_MS });
    this.clock.after(DEADLINE_MS, () => cable.wire.cut(1012));
  }
}

const run = (seed: number, disturb: (world: World) => void): World => {
  const world = new World(seed);
  for (let step = 0; step < STEPS; step += 1) {
    const person = world.pick(world.people);
    if (person !== undefined && world.random.below(3) === 0) world.revise(person);
    else if (person !== undefined) world.post(person);
    if (world.random.below(4) === 0) disturb(world);
    world.clock.advance(world.random.below(600));
  }
  world.clock.advance(CALM_MS);
  return world;
};

/** The violations of the rules. */
const faultsOf = ({ people, service }: World): readonly unknown[] => {
  const faults: unknown[] = [];
  const logs = ROOMS.map((room) => service.log(room));
  const texts = logs.flat().map((event) => (event.type === "message.posted" ? event.text : undefined));
  for (const { chat, rooms, heard, posted } of people) {
    for (const room of rooms) {
      const log = service.log(room.name);
      const seqs = seqsOf(room);
      const expected = log.slice(log.length - seqs.length).map(({ seq }) => seq);
      if (room.status.status !== "live" || chat.status.status !== "live")
        faults.push(room.status, chat.status);
      if (seqs.length === 0 && log.length > 0) faults.push("the room is empty");
      if (seqs.join() !== expected.join()) faults.push({ seqs, expected });
      const told = heard.get(room) ?? [];
      if (told.some((seq, at) => at > 0 && seq <= (told[at - 1] ?? 0))) faults.push({ told });
      // A command may fail only because its message was deleted: these worlds refuse nothing else for good.
      const isFine = ({ state }: Pending): boolean => state.status === "failed" && state.code === "not_found";
      faults.push(...room.pending.filter((pending) => !isFine(pending)));
    }
    for (const text of posted) {
      const times = texts.filter((other) => other === text).length;
      if (times !== 1) faults.push({ text, times });
    }
  }
  for (const log of logs) {
    const keys = log.flatMap((event) => ("key" in event ? [event.key] : []));
    if (new Set(keys).size < keys.length) faults.push("a key was stored twice");
  }
  return faults;
};

const watch = ({ chat, rooms, shown }: Person): void => {
  chat.subscribe((change) => {
    if (change.type === "status") shown.push(change.status.status);
  });
  for (const room of rooms) {
    room.subscribe((change) => {
      if (change.type === "status" || change.type === "caughtUp") shown.push(change.type);
    });
  }
};

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed + 1);

test("[D2] [R2] [I1] [W6] [G4] no event is lost, repeated or reordered under faults of the network", async () => {
  for (const seed of SEEDS) {
    const world = run(seed, (world) => world.fault());
    await settled();
    expect(faultsOf(world), `seed ${seed}`).toEqual([]);
  }
});

test("[D2] [I1] no event is lost or repeated over reloads and faults", async () => {
  for (const seed of SEEDS) {
    const world = run(seed, (world) => {
      const person = world.pick(world.people);
      if (world.random.below(3) === 0 && person !== undefined) world.reload(person);
      else world.fault();
    });
    await settled();
    expect(faultsOf(world), `seed ${seed}`).toEqual([]);
  }
});

test("[G1] [G4] repeated hand-overs change no status, delay no event, and say goodbye only on old connections", async () => {
  for (const seed of SEEDS) {
    const world = new World(seed);
    world.clock.advance(1_000);
    for (const person of world.people) watch(person);
    let late = 0;
    for (let step = 0; step < STEPS; step += 1) {
      const person = world.pick(world.people);
      if (person !== undefined) world.post(person);
      if (world.random.below(6) === 0) world.rotate();
      world.clock.advance(2 * MOST_DELAY_MS);
      const missing = world.people.flatMap(({ rooms }) =>
        rooms.filter((room) => (seqsOf(room).at(-1) ?? 0) < world.service.head(room.name).seq),
      );
      late += missing.length;
      world.clock.advance(world.random.below(600));
    }
    world.clock.advance(CALM_MS);
    await settled();
    expect(faultsOf(world), `seed ${seed}`).toEqual([]);
    expect(
      world.people.flatMap(({ shown }) => shown),
      `seed ${seed}`,
    ).toEqual([]);
    expect(late, `seed ${seed}`).toBe(0);
    const endings = world.network.cables.flatMap(({ wire }) => wire.closedWith ?? []);
    expect(new Set(endings), `seed ${seed}`).toEqual(new Set([1000]));
  }
});
