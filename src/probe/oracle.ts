/**
 * The loss oracle: holds what every client saw, and every `ack`, against the log, and counts what was lost, repeated, reordered or made up.
 *
 * What a client saw of a room is a list of sightings: each `joined` with what it brought, and each `events`. Within a stretch every event
 * must follow the one before (`seq` + 1), and be the log's, word for word. A `resumed` goes on where the stretch before stood; a `recent` and a `reset`
 * begin a new one. A reset is counted, since nobody expects one where nothing is trimmed. Pure: it waits for nothing and asks nobody.
 */
import type { Replay } from "../wire/server-frame.ts";

/** An event as far as the oracle looks into it; whatever else it has is compared as it is. */
export interface Observed {
  readonly id: string;
  readonly seq: number;
  readonly by?: { readonly id: string };
  readonly key?: string;
  readonly deleted?: true;
}

export type Sighting =
  | {
      readonly tag: "joined";
      readonly replay: Replay["replay"];
      readonly head: { readonly id: string; readonly seq: number };
      readonly events: readonly Observed[];
      /** The `seq` of the position that was asked for, where a witness begins with a resume; 0 where left out. */
      readonly after?: number;
    }
  | { readonly tag: "events"; readonly events: readonly Observed[] };

export interface Witness {
  readonly client: string;
  readonly room: string;
  readonly sightings: readonly Sighting[];
  /** It was there to the end, so it must have seen all up to it. */
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
  readonly logs: ReadonlyMap<string, readonly Observed[]>;
  /** The `seq` of each room that whoever stayed must have come to; the log's last where left out. */
  readonly until?: ReadonlyMap<string, number>;
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
const isSame = (seen: Observed, logged: Observed): boolean => {
  const fields = (event: Observed): string => {
    const hidden = logged.deleted === true ? ["text", "deleted"] : [];
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
  readonly #log: ReadonlyMap<string, Observed>;
  /** What was found to be the log's: witnesses of one process share what they were all told. */
  readonly #known: WeakSet<Observed>;
  readonly #ledger: Ledger;
  /** The last `seq` of the stretch; undefined where it has none yet. */
  #stands: number | undefined;
  #stretch = new Set<string>();
  /** Those of the stretch that were skipped, and have not come since. */
  #missing = new Set<number>();

  constructor(
    witness: Witness,
    log: ReadonlyMap<string, Observed>,
    known: WeakSet<Observed>,
    ledger: Ledger,
  ) {
    this.#witness = witness;
    this.#log = log;
    this.#known = known;
    this.#ledger = ledger;
  }

  take(sighting: Sighting): void {
    if (sighting.tag === "joined") this.#begin(sighting);
    for (const event of sighting.events) this.#see(event);
  }

  /** `last` is the `seq` that it must have come to, if it stayed. */
  end(last: number): void {
    this.#endStretch();
    const { client, room, stayed } = this.#witness;
    const stands = this.#stands;
    if (stayed && stands !== undefined && stands < last) {
      this.#ledger.find("lost", `${client} in ${room} stands at ${stands} of ${last}`, last - stands);
    }
  }

  #begin({ replay, head, events, after = 0 }: Extract<Sighting, { tag: "joined" }>): void {
    if (replay === "resumed") {
      this.#stands ??= after;
      return;
    }
    const { client, room } = this.#witness;
    if (replay === "reset") this.#ledger.find("reset", `${client} in ${room}`);
    this.#endStretch();
    this.#stretch = new Set();
    this.#stands = events.length === 0 ? head.seq : undefined;
  }

  #endStretch(): void {
    const { client, room } = this.#witness;
    const missing = [...this.#missing];
    if (missing.length > 0) {
      this.#ledger.find("lost", `${client} in ${room}: ${missing.slice(0, 10).join(", ")}`, missing.length);
    }
    this.#missing = new Set();
  }

  #isLogged(event: Observed): boolean {
    if (this.#known.has(event)) return true;
    const logged = this.#log.get(event.id);
    if (logged === undefined || !isSame(event, logged)) return false;
    this.#known.add(event);
    return true;
  }

  #see(event: Observed): void {
    this.seen += 1;
    const at = (): string => `${this.#witness.client} in ${this.#witness.room} at ${event.seq} (${event.id})`;
    if (!this.#isLogged(event)) {
      const [saw, is] = [JSON.stringify(event), JSON.stringify(this.#log.get(event.id))];
      this.#ledger.find("foreign", `${at()}: saw ${saw}, in the log is ${is ?? "nothing"}`);
      return;
    }
    if (this.#stretch.has(event.id)) {
      this.#ledger.find("repeated", at());
      return;
    }
    this.#stretch.add(event.id);
    const stands = this.#stands ?? event.seq - 1;
    if (event.seq <= stands) {
      this.#missing.delete(event.seq);
      this.#ledger.find("reordered", `${at()}, after ${stands}`);
      return;
    }
    for (let skipped = stands + 1; skipped < event.seq; skipped += 1) this.#missing.add(skipped);
    this.#stands = event.seq;
  }
}

const check = (claim: Claim, posts: ReadonlyMap<string, readonly Observed[]>, ledger: Ledger): void => {
  const { client, user, room, key, id, seq } = claim;
  const found = posts.get(`${user} ${key}`) ?? [];
  if (!found.some((event) => event.id === id && event.seq === seq)) {
    ledger.find("ack lost", `${client} in ${room}: ${key} at ${seq} (${id})`);
  }
  if (found.length > 1) ledger.find("ack repeated", `${client} in ${room}: ${key}, ${found.length} times`);
};

/** The events of a log by who sent which key. */
const keyed = (log: readonly Observed[]): ReadonlyMap<string, readonly Observed[]> => {
  const posts = new Map<string, Observed[]>();
  for (const event of log) {
    if (event.by === undefined || event.key === undefined) continue;
    const by = `${event.by.id} ${event.key}`;
    const same = posts.get(by);
    if (same === undefined) posts.set(by, [event]);
    else same.push(event);
  }
  return posts;
};

export const judge = ({ logs, until, witnesses, claims }: Evidence): Verdict => {
  const ledger = new Ledger();
  let seen = 0;
  for (const [room, log] of logs) {
    const byId = new Map(log.map((event) => [event.id, event]));
    const byKey = keyed(log);
    const known = new WeakSet<Observed>();
    const last = until?.get(room) ?? log.at(-1)?.seq ?? 0;
    for (const witness of witnesses) {
      if (witness.room !== room) continue;
      const hearing = new Hearing(witness, byId, known, ledger);
      for (const sighting of witness.sightings) hearing.take(sighting);
      hearing.end(last);
      seen += hearing.seen;
    }
    for (const claim of claims) {
      if (claim.room === room) check(claim, byKey, ledger);
    }
  }
  return { counts: ledger.counts, seen, findings: ledger.findings };
};
