/**
 * Parses the command line arguments of `gapless`: into a command, or into one sentence that says what is
 * wrong.
 */
import { accept, reject, type Decision } from "../domain/decision.ts";
import { parseRoomName } from "../domain/room-name.ts";

export interface Plan {
  /** `http://…` or `https://…`, without a slash at the end. */
  readonly base: string;
  readonly room: string;
  readonly clients: number;
  /** Messages a second, of all clients together. */
  readonly rate: number;
  readonly seconds: number;
  /** Connections that the probe cuts a second. */
  readonly cuts: number;
  readonly json: boolean;
}

export type Command = { readonly name: "help" } | { readonly name: "probe"; readonly plan: Plan };

export const USAGE = `Usage: gapless probe <url> [flags]

Joins a room of a running Gapless service, posts, cuts its own connections, and reports whether any message
was lost, repeated or reordered.

  <url>          the service, such as https://chat.example or http://localhost:8080
  --clients N    number of clients, 1 to 1000 (10)
  --rate N       messages a second of all clients together, 1 to 10000 (20)
  --seconds N    duration, 1 to 86400 (30)
  --cuts N       connections to cut a second, 0 to 100 (1)
  --room NAME    the room (a new room)
  --json         print the report as JSON
  --help         print this text

Exit code: 0 if everything is right; 1 if a message was lost, repeated, reordered or never answered, or if the
service could not be reached; 2 if the arguments are wrong.
`;

interface NumberFlag {
  readonly default: number;
  readonly min: number;
  readonly max: number;
}
const NUMBERS = {
  "--clients": { default: 10, min: 1, max: 1_000 },
  "--rate": { default: 20, min: 1, max: 10_000 },
  "--seconds": { default: 30, min: 1, max: 86_400 },
  "--cuts": { default: 1, min: 0, max: 100 },
} as const satisfies Record<string, NumberFlag>;

const WITH_VALUE: ReadonlySet<string> = new Set([...Object.keys(NUMBERS), "--room"]);
const WITHOUT_VALUE: ReadonlySet<string> = new Set(["--json", "--help"]);

interface SplitArguments {
  readonly positional: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
}

/** `--flag value` and `--flag=value` are the same. */
const split = (args: readonly string[]): Decision<SplitArguments, string> => {
  const positional: string[] = [];
  const flags = new Map<string, string>();
  const remaining = [...args];
  for (let arg = remaining.shift(); arg !== undefined; arg = remaining.shift()) {
    if (!arg.startsWith("-")) {
      positional.push(arg);
      continue;
    }
    const [name = "", ...rest] = arg.split("=");
    if (flags.has(name)) return reject(`${name} is given twice.`);
    if (WITHOUT_VALUE.has(name)) {
      if (rest.length > 0) return reject(`${name} takes no value.`);
      flags.set(name, "");
    } else if (WITH_VALUE.has(name)) {
      const value = rest.length > 0 ? rest.join("=") : remaining.shift();
      if (value === undefined || value === "") return reject(`${name} needs a value.`);
      flags.set(name, value);
    } else return reject(`There is no flag ${name}; --help lists all flags.`);
  }
  return accept({ positional, flags });
};

const numberOf = (flags: SplitArguments["flags"], name: keyof typeof NUMBERS): Decision<number, string> => {
  const { default: byDefault, min, max } = NUMBERS[name];
  const raw = flags.get(name);
  if (raw === undefined) return accept(byDefault);
  const value = /^\d+$/.test(raw) ? Number(raw) : Number.NaN;
  return value >= min && value <= max
    ? accept(value)
    : reject(`${name} must be a whole number from ${min} to ${max}, and is ${JSON.stringify(raw)}.`);
};

const baseOf = (raw: string): Decision<string, string> => {
  const url = URL.canParse(raw) ? new URL(raw) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "") {
    return reject(`The service must be a URL such as https://chat.example, and is ${JSON.stringify(raw)}.`);
  }
  return accept(url.href.replace(/\/+$/, ""));
};

/** `defaultRoom` is the room to use if no `--room` is given. */
export const parseArguments = (args: readonly string[], defaultRoom: string): Decision<Command, string> => {
  const parts = split(args);
  if (!parts.ok) return parts;
  const { positional, flags } = parts.value;
  if (flags.has("--help")) return accept({ name: "help" });
  const [command, url, ...more] = positional;
  if (command !== "probe") return reject("The only command is: gapless probe <url>; see --help.");
  if (url === undefined) return reject("gapless probe needs the URL of the service; see --help.");
  if (more.length > 0)
    return reject(`gapless probe takes only a URL, and ${JSON.stringify(more[0])} is one argument too many.`);
  const base = baseOf(url);
  if (!base.ok) return base;
  const room = parseRoomName(flags.get("--room") ?? defaultRoom);
  if (!room.ok)
    return reject(`--room can't be ${JSON.stringify(flags.get("--room"))}: it is not a valid room name.`);
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
  return accept({ name: "probe", plan });
};
