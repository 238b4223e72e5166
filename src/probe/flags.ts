/**
 * The words behind `gapless` on the command line: what to do, or one sentence about what is wrong with them.
 */
import { accept, reject, type Decision } from "../domain/decision.ts";
import { parseRoomName } from "../domain/room-name.ts";

export interface Plan {
  /** `http://…` or `https://…`, without a slash at its end. */
  readonly base: string;
  readonly room: string;
  readonly clients: number;
  /** Messages a second, over all clients. */
  readonly rate: number;
  readonly seconds: number;
  /** Connections that are cut, a second. */
  readonly cuts: number;
  readonly json: boolean;
}

export type Wish = { readonly do: "help" } | { readonly do: "probe"; readonly plan: Plan };

export const USAGE = `Usage: gapless probe <url> [flags]

Joins a room of a running Gapless, posts, cuts its own connections, and says whether anything was lost, repeated or reordered.

  <url>          the service, such as https://chat.example or http://localhost:8080
  --clients N    how many take part, 1 to 1000 (10)
  --rate N       messages a second over all of them, 1 to 10000 (20)
  --seconds N    for how long, 1 to 86400 (30)
  --cuts N       connections cut a second, 0 to 100 (1)
  --room NAME    the room (one of its own, which is new)
  --json         the report as JSON
  --help         this

Exit code: 0 where all is well; 1 where a message was lost, repeated, reordered or never answered, or the service could not be reached;
2 where these words make no sense.
`;

interface Bounds {
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}
const NUMBERS = {
  "--clients": { usual: 10, least: 1, most: 1_000 },
  "--rate": { usual: 20, least: 1, most: 10_000 },
  "--seconds": { usual: 30, least: 1, most: 86_400 },
  "--cuts": { usual: 1, least: 0, most: 100 },
} as const satisfies Record<string, Bounds>;

const VALUED: ReadonlySet<string> = new Set([...Object.keys(NUMBERS), "--room"]);
const BARE: ReadonlySet<string> = new Set(["--json", "--help"]);

interface Words {
  readonly plain: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
}

/** `--flag value` and `--flag=value` are the same. */
const sort = (words: readonly string[]): Decision<Words, string> => {
  const plain: string[] = [];
  const flags = new Map<string, string>();
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (!word.startsWith("-")) {
      plain.push(word);
      continue;
    }
    const [name = "", ...rest] = word.split("=");
    if (flags.has(name)) return reject(`${name} is given twice.`);
    if (BARE.has(name)) {
      if (rest.length > 0) return reject(`${name} takes no value.`);
      flags.set(name, "");
    } else if (VALUED.has(name)) {
      const value = rest.length > 0 ? rest.join("=") : left.shift();
      if (value === undefined || value === "") return reject(`${name} takes a value.`);
      flags.set(name, value);
    } else return reject(`There is no flag ${name}; --help lists those that there are.`);
  }
  return accept({ plain, flags });
};

const numberOf = (flags: Words["flags"], name: keyof typeof NUMBERS): Decision<number, string> => {
  const { usual, least, most } = NUMBERS[name];
  const raw = flags.get(name);
  if (raw === undefined) return accept(usual);
  const value = /^\d+$/.test(raw) ? Number(raw) : Number.NaN;
  return value >= least && value <= most
    ? accept(value)
    : reject(`${name} must be a whole number from ${least} to ${most}, and is ${JSON.stringify(raw)}.`);
};

const baseOf = (raw: string): Decision<string, string> => {
  const url = URL.canParse(raw) ? new URL(raw) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "") {
    return reject(`The service must be a URL such as https://chat.example, and is ${JSON.stringify(raw)}.`);
  }
  return accept(url.href.replace(/\/+$/, ""));
};

/** `ownRoom` is the room to take where none is named. */
export const readWords = (words: readonly string[], ownRoom: string): Decision<Wish, string> => {
  const sorted = sort(words);
  if (!sorted.ok) return sorted;
  const { plain, flags } = sorted.value;
  if (flags.has("--help")) return accept({ do: "help" });
  const [command, url, ...more] = plain;
  if (command !== "probe") return reject("The one command is: gapless probe <url>; --help says more.");
  if (url === undefined) return reject("gapless probe takes the URL of the service; --help says more.");
  if (more.length > 0)
    return reject(`gapless probe takes one URL, and nothing like ${JSON.stringify(more[0])}.`);
  const base = baseOf(url);
  if (!base.ok) return base;
  const room = parseRoomName(flags.get("--room") ?? ownRoom);
  if (!room.ok)
    return reject(`--room can't be ${JSON.stringify(flags.get("--room"))}: no room has such a name.`);
  const clients = numberOf(flags, "--clients");
  if (!clients.ok) return clients;
  const rate = numberOf(flags, "--rate");
  if (!rate.ok) return rate;
  const seconds = numberOf(flags, "--seconds");
  if (!seconds.ok) return seconds;
  const cuts = numberOf(flags, "--cuts");
  if (!cuts.ok) return cuts;
  const plan = {
    base: base.value,
    room: room.value,
    clients: clients.value,
    rate: rate.value,
    seconds: seconds.value,
    cuts: cuts.value,
    json: flags.has("--json"),
  };
  return accept({ do: "probe", plan });
};
