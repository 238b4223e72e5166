/**
 * A load process: its connections join, count deliveries by searching the received bytes, and post on
 * command.
 */
import { isLoadCommand, isRole, sharedClock, type LoadCommand, type Report, type Role } from "./load.ts";
import { RawSocket } from "./raw-socket.ts";
import { PatternCounter } from "./pattern-counter.ts";

/** The number of connections that are opened at the same time. */
const BATCH = 50;
const TICK_MS = 2;
const PADDING = "x".repeat(80);

let deliveries = 0;
let acks = 0;
let errors = 0;
let delays: number[] = [];
let posts = 0;
/** While true, each ack triggers the next post. */
let flooding = false;

class Connection {
  readonly joined: Promise<void>;
  readonly #socket: RawSocket;
  readonly #room: string;
  readonly #role: Role;
  readonly #events = new PatternCounter(`"by":{`);
  readonly #acks = new PatternCounter(`"type":"ack"`);
  readonly #errors = new PatternCounter(`"type":"error"`);
  #posts = false;

  constructor(socket: RawSocket, nth: number, role: Role) {
    this.#socket = socket;
    this.#room = `bench-${nth % role.rooms}`;
    this.#role = role;
    const joined = new PatternCounter(`"type":"joined"`);
    this.joined = new Promise((resolve) => {
      socket.onBytes = (bytes) => {
        if (joined.count(bytes) === 0) return;
        socket.onBytes = (more) => this.#receive(more, nth < role.probes);
        resolve();
      };
    });
    socket.send(
      JSON.stringify({ type: "hello", name: `${role.name} ${nth}` }),
      JSON.stringify({ type: "join", ref: "join", room: this.#room, limit: 0 }),
    );
  }

  #receive(bytes: Buffer, isProbe: boolean): void {
    deliveries += this.#events.count(bytes);
    if (isProbe) this.#recordDelays(bytes);
    // A connection that posts nothing gets no answers.
    if (!this.#posts) return;
    const answers = this.#acks.count(bytes);
    const refusals = this.#errors.count(bytes);
    acks += answers;
    errors += refusals;
    if (flooding) for (let nth = 0; nth < answers + refusals; nth += 1) this.post();
  }

  /**
   * Records the delays of the posts in a chunk. A timestamp that the end of the chunk cuts in two is ignored.
   */
  #recordDelays(bytes: Buffer): void {
    const now = sharedClock();
    for (let at = bytes.indexOf("at:"); at >= 0; at = bytes.indexOf("at:", at + 3)) {
      const end = bytes.indexOf(";", at);
      if (end > 0 && end - at < 24) delays.push(now - Number(bytes.toString("latin1", at + 3, end)));
    }
  }

  post(): void {
    this.#posts = true;
    posts += 1;
    const key = `${this.#role.name}-${posts}`;
    const text = `at:${sharedClock()};${PADDING}`;
    this.#socket.send(JSON.stringify({ type: "post", ref: key, room: this.#room, key, text }));
  }
}

const connections: Connection[] = [];
let pacing: NodeJS.Timeout | undefined;

const pace = (perSecond: number): void => {
  const start = sharedClock();
  let done = 0;
  pacing = setInterval(() => {
    const due = Math.floor(((sharedClock() - start) * perSecond) / 1e6);
    for (; done < due; done += 1) connections[done % connections.length]?.post();
  }, TICK_MS);
};

const execute = (command: LoadCommand): void => {
  if (command.tag === "report") return report();
  clearInterval(pacing);
  flooding = command.tag === "flood";
  if (command.tag === "pace") pace(command.perSecond);
  if (command.tag !== "flood") return;
  for (let nth = 0; nth < command.inFlight; nth += 1) for (const connection of connections) connection.post();
};

const report = (): void => {
  const all: Report = { deliveries, acks, errors, delays };
  process.send?.(all);
  delays = [];
};

const role: unknown = JSON.parse(process.argv[2] ?? "null");
if (!isRole(role)) throw new Error("a load process needs its role as its first argument");
process.on("disconnect", () => process.exit());
process.on("message", (command: unknown) => {
  if (isLoadCommand(command)) execute(command);
});

const open = async (nth: number, { ports }: Role): Promise<void> => {
  const port = ports[nth % ports.length];
  if (port === undefined) throw new Error("there is no server to connect to");
  const connection = new Connection(await RawSocket.open(port), nth, role);
  connections.push(connection);
  await connection.joined;
};
for (let from = 0; from < role.connections; from += BATCH) {
  const turn = Math.min(BATCH, role.connections - from);
  await Promise.all(Array.from({ length: turn }, (_, nth) => open(from + nth, role)));
}
report();
