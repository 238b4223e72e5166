/**
 * A process of the load: connections that join, count what is delivered to them by scanning the bytes, and post when they are told to.
 */
import { isOrder, isRole, sharedClock, type Order, type Report, type Role } from "./load.ts";
import { RawSocket } from "./raw-socket.ts";
import { Scanner } from "./scanner.ts";

/** How many connections are opened at a time. */
const AT_A_TIME = 50;
const TICK_MS = 2;
const PADDING = "x".repeat(80);

let deliveries = 0;
let acks = 0;
let errors = 0;
let delays: number[] = [];
let posts = 0;
/** While they flood, an ack calls for the next post. */
let flooding = false;

class Connection {
  readonly joined: Promise<void>;
  readonly #socket: RawSocket;
  readonly #room: string;
  readonly #role: Role;
  readonly #events = new Scanner(`"by":{`);
  readonly #acks = new Scanner(`"type":"ack"`);
  readonly #errors = new Scanner(`"type":"error"`);
  #posts = false;

  constructor(socket: RawSocket, nth: number, role: Role) {
    this.#socket = socket;
    this.#room = `bench-${nth % role.rooms}`;
    this.#role = role;
    const joined = new Scanner(`"type":"joined"`);
    this.joined = new Promise((resolve) => {
      socket.onBytes = (bytes) => {
        if (joined.take(bytes) === 0) return;
        socket.onBytes = (more) => this.#take(more, nth < role.probes);
        resolve();
      };
    });
    socket.send(
      JSON.stringify({ type: "hello", name: `${role.name} ${nth}` }),
      JSON.stringify({ type: "join", ref: "join", room: this.#room, limit: 0 }),
    );
  }

  #take(bytes: Buffer, isProbe: boolean): void {
    deliveries += this.#events.take(bytes);
    if (isProbe) this.#probe(bytes);
    // Whoever posts nothing has no answer to look for.
    if (!this.#posts) return;
    const answers = this.#acks.take(bytes);
    const refusals = this.#errors.take(bytes);
    acks += answers;
    errors += refusals;
    if (flooding) for (let nth = 0; nth < answers + refusals; nth += 1) this.post();
  }

  /** A time that is cut in two by a chunk's end is let go. */
  #probe(bytes: Buffer): void {
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

const obey = (order: Order): void => {
  if (order.tag === "report") return report();
  clearInterval(pacing);
  flooding = order.tag === "flood";
  if (order.tag === "pace") pace(order.perSecond);
  if (order.tag !== "flood") return;
  for (let nth = 0; nth < order.inFlight; nth += 1) for (const connection of connections) connection.post();
};

const report = (): void => {
  const all: Report = { deliveries, acks, errors, delays };
  process.send?.(all);
  delays = [];
};

const role: unknown = JSON.parse(process.argv[2] ?? "null");
if (!isRole(role)) throw new Error("a process of the load is told what it is to be");
process.on("disconnect", () => process.exit());
process.on("message", (order: unknown) => {
  if (isOrder(order)) obey(order);
});

const open = async (nth: number, { ports }: Role): Promise<void> => {
  const port = ports[nth % ports.length];
  if (port === undefined) throw new Error("there is no server to connect to");
  const connection = new Connection(await RawSocket.open(port), nth, role);
  connections.push(connection);
  await connection.joined;
};
for (let from = 0; from < role.connections; from += AT_A_TIME) {
  const turn = Math.min(AT_A_TIME, role.connections - from);
  await Promise.all(Array.from({ length: turn }, (_, nth) => open(from + nth, role)));
}
report();
