/**
 * The loss oracle: holds what every client saw, and every `ack`, against the log, and counts what was lost, repeated, reordered or made up.
 *
 * What a client saw of a room is a list of sightings: each `joined` with what it brought, and each `events`. Within a stretch every event
 * must follow the one before (`seq` + 1), and be the log's, word for word. A `resumed` goes on where the stretch before stood; a `recent` and a `reset`
 * begin a new one. A reset is counted, since a test that trims nothing expects none. Pure: it waits for nothing and asks nobody.
 */
import type { Event, FrameOf } from "./wire-schema.ts";

export type Sighting =
  | {
      readonly tag: "joined";
      readonly replay: FrameOf<"joined">["replay"];
      readonly head: { readonly id: string; readonly seq: number };
      readonly events: readonly Event[];
    }
  | { readonly tag: "events"; readonly events: readonly Event[] };

export interface Witness {
  readonly client: string;
  readonly room: string;
  readonly sightings: readonly Sighting[];
  /** It was there to the end, so it must have seen all up to the log's head. */
  readonly stayed: boolean;
}

/** An `ack` that a client got: a claim about the log (D1). */
export interface Claim {
  readonly client: string;
  readonly user: string;
  readonly room: string;
  readonly key: string;
  readonly id: string;
  readonly seq: number;
}

export interface Evidence {
  readonly logs: ReadonlyMap<string, readonly Event[]>;
  readonly witnesses: readonly Witness[];
  readonly claims: readonly Claim[];
}

export type Fault = "lost" | "repeated" | "reordered" | "foreign" | "reset" | "ack lost" | "ack repeated";

export interface Verdict {
  readonly counts: Readonly<Record<Fault, number>>;
  /** How many events were held against the log. */
  readonly seen: number;
  /** The first of the faults, in words. */
  readonly findings: readonly string[];
}

const MOST_FINDINGS = 20;

export const NO_FAULTS: Readonly<Record<Fault, number>> = {
  lost: 0,
  repeated: 0,
  reordered: 0,
  foreign: 0,
  reset: 0,
  "ack lost": 0,
  "ack repeated": 0,
};

class Ledger {
  readonly counts: Record<Fault, number> = { ...NO_FAULTS };
  readonly findings: string[] = [];

  find(fault: Fault, words: string, times = 1): void {
    this.counts[fault] += times;
    if (this.findings.length < MOST_FINDINGS) this.findings.push(`${fault}: ${words}`);
  }
}

/** Words for words, in whatever order the fields stand. What was deleted meanwhile has lost its text in the log, and only that (D6). */
const isSame = (seen: Event, logged: Event): boolean => {
  const fields = (event: Event): string => {
    const hidden = "deleted" in logged ? ["text", "deleted"] : [];
    return JSON.stringify(
      Object.entries(event)
        .filter(([name]) => !hidden.includes(name))
        .sort(),
    );
  };
  return fields(seen) === fields(logged);
};

/** Follows one client through one room. */
class Hearing {
  seen = 0;
  readonly #witness: Witness;
  readonly #log: ReadonlyMap<string, Event>;
  readonly #ledger: Ledger;
  /** The last `seq` of the stretch; undefined where it has none yet. */
  #stands: number | undefined;
  #stretch = new Set<string>();
  /** Those of the stretch that were skipped, and have not come since. */
  #missing = new Set<number>();

  constructor(witness: Witness, log: ReadonlyMap<string, Event>, ledger: Ledger) {
    this.#witness = witness;
    this.#log = log;
    this.#ledger = ledger;
  }

  take(sighting: Sighting): void {
    if (sighting.tag === "joined") this.#begin(sighting.replay, sighting.head.seq, sighting.events.length);
    for (const event of sighting.events) this.#see(event);
  }

  /** `last` is the log's last `seq`. */
  end(last: number): void {
    this.#endStretch();
    const { client, room, stayed } = this.#witness;
    const stands = this.#stands;
    if (stayed && stands !== undefined && stands < last) {
      this.#ledger.find("lost", `${client} in ${room} stands at ${stands} of ${last}`, last - stands);
    }
  }

  #begin(replay: FrameOf<"joined">["replay"], head: number, brought: number): void {
    // A client that resumes before it has seen anything does so from the beginning.
    if (replay === "resumed") {
      this.#stands ??= 0;
      return;
    }
    const { client, room } = this.#witness;
    if (replay === "reset") this.#ledger.find("reset", `${client} in ${room}`);
    this.#endStretch();
    this.#stretch = new Set();
    this.#stands = brought === 0 ? head : undefined;
  }

  #endStretch(): void {
    const { client, room } = this.#witness;
    const missing = [...this.#missing];
    if (missing.length > 0) {
      this.#ledger.find("lost", `${client} in ${room}: ${missing.slice(0, 10).join(", ")}`, missing.length);
    }
    this.#missing = new Set();
  }

  #see(event: Event): void {
    this.seen += 1;
    const at = `${this.#witness.client} in ${this.#witness.room} at ${event.seq} (${event.id})`;
    const logged = this.#log.get(event.id);
    if (logged === undefined || !isSame(event, logged)) {
      const [saw, is] = [JSON.stringify(event), JSON.stringify(logged)];
      this.#ledger.find("foreign", `${at}: saw ${saw}, in the log is ${is}`);
      return;
    }
    if (this.#stretch.has(event.id)) {
      this.#ledger.find("repeated", at);
      return;
    }
    this.#stretch.add(event.id);
    const stands = this.#stands ?? event.seq - 1;
    if (event.seq <= stands) {
      this.#missing.delete(event.seq);
      this.#ledger.find("reordered", `${at}, after ${stands}`);
      return;
    }
    for (let skipped = stands + 1; skipped < event.seq; skipped += 1) this.#missing.add(skipped);
    this.#stands = event.seq;
  }
}

const check = (claim: Claim, posts: ReadonlyMap<string, readonly Event[]>, ledger: Ledger): void => {
  const { client, user, room, key, id, seq } = claim;
  const found = posts.get(`${user} ${key}`) ?? [];
  if (!found.some((event) => event.id === id && event.seq === seq)) {
    ledger.find("ack lost", `${client} in ${room}: ${key} at ${seq} (${id})`);
  }
  if (found.length > 1) ledger.find("ack repeated", `${client} in ${room}: ${key}, ${found.length} times`);
};

export const judge = ({ logs, witnesses, claims }: Evidence): Verdict => {
  const ledger = new Ledger();
  let seen = 0;
  for (const [room, log] of logs) {
    const byId = new Map(log.map((event) => [event.id, event]));
    const byKey = Map.groupBy(
      log.filter((event) => "key" in event),
      (event) => `${event.by.id} ${event.key}`,
    );
    for (const witness of witnesses) {
      if (witness.room !== room) continue;
      const hearing = new Hearing(witness, byId, ledger);
      for (const sighting of witness.sightings) hearing.take(sighting);
      hearing.end(log.at(-1)?.seq ?? 0);
      seen += hearing.seen;
    }
    for (const claim of claims) {
      if (claim.room === room) check(claim, byKey, ledger);
    }
  }
  return { counts: ledger.counts, seen, findings: ledger.findings };
};
