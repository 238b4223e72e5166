/**
 * The loss oracle: compares what every client saw, and every `ack`, with the log. It counts the events that
 * were lost, repeated, reordered or foreign, which means not in the log.
 *
 * The record of a client in a room is a list of observations: each `joined` with its events, and each
 * `events` frame. The oracle divides it into segments:
 * - Within a segment, each event must follow the one before (`seq` + 1) and must equal the event of the log.
 * - A `resumed` continues the segment. A `recent` and a `reset` begin a new one.
 * - A reset is counted as a fault, because none is expected if nothing is trimmed.
 *
 * It is pure: it does no input or output and reads no clock.
 */
import type { Replay } from "../wire/server-frame.ts";

/** The fields of an event that the oracle reads. It compares all others without interpreting them. */
export interface ObservedEvent {
  readonly id: string;
  readonly seq: number;
  readonly by?: { readonly id: string };
  readonly key?: string;
  readonly deleted?: true;
}

export type Observation =
  | {
      readonly tag: "joined";
      readonly replay: Replay["replay"];
      readonly head: { readonly id: string; readonly seq: number };
      readonly events: readonly ObservedEvent[];
      /** The `seq` of the requested position, if the record begins with a resume. The default is 0. */
      readonly after?: number;
    }
  | { readonly tag: "events"; readonly events: readonly ObservedEvent[] };

export interface ClientRecord {
  readonly client: string;
  readonly room: string;
  readonly observations: readonly Observation[];
  /** The client was connected to the end, so it must have seen all events. */
  readonly connectedAtEnd: boolean;
}

/** An `ack` that a client got: it claims that the event is in the log (D1). */
export interface AckRecord {
  readonly client: string;
  readonly user: string;
  readonly room: string;
  readonly key: string;
  readonly id: string;
  readonly seq: number;
}

export interface Evidence {
  readonly logs: ReadonlyMap<string, readonly ObservedEvent[]>;
  /**
   * For each room, the `seq` that a client connected to the end must have reached. The default is the log's
   * last.
   */
  readonly until?: ReadonlyMap<string, number>;
  readonly records: readonly ClientRecord[];
  readonly acks: readonly AckRecord[];
}

export type Fault = "lost" | "repeated" | "reordered" | "foreign" | "reset" | "ack lost" | "ack repeated";

export interface Verdict {
  readonly counts: Readonly<Record<Fault, number>>;
  /** The number of events that were compared with the log. */
  readonly seen: number;
  /** Descriptions of the first faults. */
  readonly findings: readonly string[];
}

const MAX_FINDINGS = 20;

export const NO_FAULTS: Readonly<Record<Fault, number>> = {
  lost: 0,
  repeated: 0,
  reordered: 0,
  foreign: 0,
  reset: 0,
  "ack lost": 0,
  "ack repeated": 0,
};

class FaultCounter {
  readonly counts: Record<Fault, number> = { ...NO_FAULTS };
  readonly findings: string[] = [];

  add(fault: Fault, description: string, times = 1): void {
    this.counts[fault] += times;
    if (this.findings.length < MAX_FINDINGS) this.findings.push(`${fault}: ${description}`);
  }
}

/**
 * Compares all fields, in any order. If the message was deleted meanwhile, the log's event has no text (D6).
 */
const isSame = (seen: ObservedEvent, logged: ObservedEvent): boolean => {
  const fields = (event: ObservedEvent): string => {
    const hidden = logged.deleted === true ? ["text", "deleted"] : [];
    return JSON.stringify(
      Object.entries(event)
        .filter(([name]) => !hidden.includes(name))
        .sort(),
    );
  };
  return fields(seen) === fields(logged);
};

/** Checks the record of one client in one room. */
class RecordCheck {
  seen = 0;
  readonly #record: ClientRecord;
  readonly #log: ReadonlyMap<string, ObservedEvent>;
  /** Events that are already known to equal the log's. The records of one process share event objects. */
  readonly #known: WeakSet<ObservedEvent>;
  readonly #faults: FaultCounter;
  /** The last `seq` of the segment. Undefined if it has none yet. */
  #lastSeq: number | undefined;
  #segment = new Set<string>();
  /** The `seq`s of the segment that were skipped and have not come since. */
  #missing = new Set<number>();

  constructor(
    record: ClientRecord,
    log: ReadonlyMap<string, ObservedEvent>,
    known: WeakSet<ObservedEvent>,
    faults: FaultCounter,
  ) {
    this.#record = record;
    this.#log = log;
    this.#known = known;
    this.#faults = faults;
  }

  observe(observation: Observation): void {
    if (observation.tag === "joined") this.#begin(observation);
    for (const event of observation.events) this.#see(event);
  }

  /** `last`: the `seq` that the client must have reached if it was connected to the end. */
  end(last: number): void {
    this.#endSegment();
    const { client, room, connectedAtEnd } = this.#record;
    const lastSeq = this.#lastSeq;
    if (connectedAtEnd && lastSeq !== undefined && lastSeq < last) {
      this.#faults.add("lost", `${client} in ${room} stands at ${lastSeq} of ${last}`, last - lastSeq);
    }
  }

  #begin({ replay, head, events, after = 0 }: Extract<Observation, { tag: "joined" }>): void {
    if (replay === "resumed") {
      this.#lastSeq ??= after;
      return;
    }
    const { client, room } = this.#record;
    if (replay === "reset") this.#faults.add("reset", `${client} in ${room}`);
    this.#endSegment();
    this.#segment = new Set();
    this.#lastSeq = events.length === 0 ? head.seq : undefined;
  }

  #endSegment(): void {
    const { client, room } = this.#record;
    const missing = [...this.#missing];
    if (missing.length > 0) {
      this.#faults.add("lost", `${client} in ${room}: ${missing.slice(0, 10).join(", ")}`, missing.length);
    }
    this.#missing = new Set();
  }

  #isLogged(event: ObservedEvent): boolean {
    if (this.#known.has(event)) return true;
    const logged = this.#log.get(event.id);
    if (logged === undefined || !isSame(event, logged)) return false;
    this.#known.add(event);
    return true;
  }

  #see(event: ObservedEvent): void {
    this.seen += 1;
    const place = (): string =>
      `${this.#record.client} in ${this.#record.room} at ${event.seq} (${event.id})`;
    if (!this.#isLogged(event)) {
      const [saw, is] = [JSON.stringify(event), JSON.stringify(this.#log.get(event.id))];
      this.#faults.add("foreign", `${place()}: saw ${saw}, in the log is ${is ?? "nothing"}`);
      return;
    }
    if (this.#segment.has(event.id)) {
      this.#faults.add("repeated", place());
      return;
    }
    this.#segment.add(event.id);
    const before = this.#lastSeq ?? event.seq - 1;
    if (event.seq <= before) {
      this.#missing.delete(event.seq);
      this.#faults.add("reordered", `${place()}, after ${before}`);
      return;
    }
    for (let skipped = before + 1; skipped < event.seq; skipped += 1) this.#missing.add(skipped);
    this.#lastSeq = event.seq;
  }
}

const check = (
  ack: AckRecord,
  posts: ReadonlyMap<string, readonly ObservedEvent[]>,
  faults: FaultCounter,
): void => {
  const { client, user, room, key, id, seq } = ack;
  const found = posts.get(`${user} ${key}`) ?? [];
  if (!found.some((event) => event.id === id && event.seq === seq)) {
    faults.add("ack lost", `${client} in ${room}: ${key} at ${seq} (${id})`);
  }
  if (found.length > 1) faults.add("ack repeated", `${client} in ${room}: ${key}, ${found.length} times`);
};

/** The events of a log, by user and key. */
const keyed = (log: readonly ObservedEvent[]): ReadonlyMap<string, readonly ObservedEvent[]> => {
  const posts = new Map<string, ObservedEvent[]>();
  for (const event of log) {
    if (event.by === undefined || event.key === undefined) continue;
    const by = `${event.by.id} ${event.key}`;
    const same = posts.get(by);
    if (same === undefined) posts.set(by, [event]);
    else same.push(event);
  }
  return posts;
};

export const judge = ({ logs, until, records, acks }: Evidence): Verdict => {
  const faults = new FaultCounter();
  let seen = 0;
  for (const [room, log] of logs) {
    const byId = new Map(log.map((event) => [event.id, event]));
    const byKey = keyed(log);
    const known = new WeakSet<ObservedEvent>();
    const last = until?.get(room) ?? log.at(-1)?.seq ?? 0;
    for (const record of records) {
      if (record.room !== room) continue;
      const check = new RecordCheck(record, byId, known, faults);
      for (const observation of record.observations) check.observe(observation);
      check.end(last);
      seen += check.seen;
    }
    for (const ack of acks) {
      if (ack.room === room) check(ack, byKey, faults);
    }
  }
  return { counts: faults.counts, seen, findings: faults.findings };
};
