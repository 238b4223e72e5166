/**
 * The simulated network between clients and instances, with a front end that routes each connection to a
 * random open instance. Data takes time and arrives in order, as with TCP.
 *
 * A connection can be cut, which both ends notice later. It can fall silent, which neither end notices. Its
 * client can read slowly, so that unsent bytes accumulate at the server.
 */
import { Effect, Exit } from "effect";
import type { Gateway } from "../../src/app/instance/gateway.ts";
import type { Session } from "../../src/app/session/session.ts";
import type { Transport } from "../../src/app/session/transport.ts";
import type { SocketHandlers } from "../../src/client/platform/socket.ts";
import { CLOSE } from "../../src/wire/protocol.ts";
import type { SeededRandom } from "../support/seeded-random.ts";
import type { Instance } from "./instance.ts";
import type { SimulatedTime } from "../support/simulated-time.ts";

const CUT = 1006;
const MAX_DELAY_MS = 60;
/** The time for which a server waits for the close frame of the client. */
const CLOSE_WITHIN_MS = 30_000;

/** One end of a connection. Each end learns by itself that the connection has ended. */
interface End {
  isOpen: boolean;
}

export class SimulatedConnection {
  readonly number: number;
  readonly instance: Instance | undefined;
  readonly openedAt: number;
  /** When one end gave it up, or when it stopped carrying data (world time). */
  brokenAt: number | undefined;
  /** The code with which the client closed it. */
  closedWith: number | undefined;
  readonly #network: Network;
  readonly #handlers: SocketHandlers;
  readonly #client: End = { isOpen: true };
  readonly #server: End = { isOpen: false };
  readonly #transport: Transport;
  #session: Session | undefined;
  #release: () => void = () => {};
  #upFree = 0;
  #downFree = 0;
  /** The frames that wait at the server because the client does not read. */
  #unread: { readonly length: number; readonly deliver: () => void }[] = [];
  #isStalled = false;
  #unsent = 0;
  #taken = 0;
  /** Whether it no longer carries data in either direction. */
  #isSevered = false;

  constructor(network: Network, number: number, instance: Instance | undefined, handlers: SocketHandlers) {
    this.#network = network;
    this.number = number;
    this.instance = instance;
    this.openedAt = network.time.now();
    this.#handlers = handlers;
    this.#transport = this.#makeTransport();
    this.#up(() => this.#arrive());
  }

  /** Whether it carries data in both directions. */
  get isUp(): boolean {
    return this.brokenAt === undefined && this.#client.isOpen && this.#server.isOpen;
  }

  get isStalled(): boolean {
    return this.#isStalled;
  }

  send(text: string): void {
    this.#up(() => this.#inServer(({ session }) => session.receive(text)));
  }

  /** The client closes it, and gets nothing more from it. */
  close(code: number): void {
    this.#client.isOpen = false;
    this.closedWith = code;
    this.brokenAt ??= this.#network.time.now();
    // Frames that were sent before the close arrive before it.
    this.#up(() => this.#endServer(code));
  }

  /** Cuts it: both ends notice later, and data on the way is lost. */
  cut(): void {
    if (this.#isSevered) return;
    this.#break();
    this.#later(() => this.#endClient(CUT));
    this.#later(() => this.#endServer(CUT));
  }

  /** It falls silent: neither end notices. */
  swallow(): void {
    this.#break();
  }

  /** The server's process is gone: the client gets a reset from the machine. */
  reset(): void {
    this.#break();
    this.#later(() => this.#endClient(CUT));
  }

  stall(): void {
    this.#isStalled = true;
  }

  flow(): void {
    if (!this.#isStalled) return;
    this.#isStalled = false;
    const unread = this.#unread;
    this.#unread = [];
    this.#taken += this.#unsent;
    this.#unsent = 0;
    for (const { deliver } of unread) this.#down(deliver);
    this.#inServer(({ session }) => session.drained());
  }

  #arrive(): void {
    if (this.instance === undefined || !this.instance.isOpen) return this.reset();
    this.instance.process.turn(() => {
      const gateway = this.instance?.gateway;
      const arrival = { way: "websocket", address: "somewhere", credentials: { tag: "none" } } as const;
      const admission = gateway && Effect.runSyncExit(gateway.admission.admit(arrival));
      if (gateway === undefined || admission === undefined || Exit.isFailure(admission)) {
        this.#down(() => this.#endClient(CLOSE.overloaded));
        return;
      }
      this.#server.isOpen = true;
      this.#release = admission.value.release;
      this.#session = gateway.openSession(this.#transport, admission.value);
      this.#down(() => {
        if (this.#client.isOpen) this.#handlers.opened();
      });
    });
  }

  #makeTransport(): Transport {
    const unsent = (): number => this.#unsent;
    const taken = (): number => this.#taken;
    return {
      get unsent() {
        return unsent();
      },
      get taken() {
        return taken();
      },
      pause: () => {},
      resume: () => {},
      send: ({ text }) => {
        if (this.#server.isOpen) {
          this.#down(() => {
            if (this.#client.isOpen) this.#handlers.received(text);
          }, text.length);
        }
      },
      ping: () =>
        this.#down(() => {
          if (this.#client.isOpen) this.#up(() => this.#inServer(({ session }) => session.heard()));
        }),
      close: (code) => {
        this.brokenAt ??= this.#network.time.now();
        this.#down(() => {
          this.#endClient(code);
          this.#up(() => this.#endServer(code));
        });
        this.instance?.process.after(CLOSE_WITHIN_MS, () => this.#endServer(CUT));
      },
      terminate: () => {
        this.#break();
        this.#later(() => this.#endClient(CUT));
        this.#endServer(CUT);
      },
    };
  }

  /** Runs a function in the server's process, if the session still exists. */
  #inServer(run: (at: { readonly session: Session; readonly gateway: Gateway["Service"] }) => void): void {
    this.instance?.process.turn(() => {
      const gateway = this.instance?.gateway;
      if (this.#server.isOpen && this.#session !== undefined && gateway !== undefined) {
        run({ session: this.#session, gateway });
      }
    });
  }

  #endServer(code: number): void {
    this.#inServer(({ session, gateway }) => {
      this.#server.isOpen = false;
      gateway.closeSession(session, code);
      this.#release();
    });
  }

  #endClient(code: number): void {
    if (!this.#client.isOpen) return;
    this.#client.isOpen = false;
    this.#break();
    this.#handlers.closed(code);
  }

  #break(): void {
    this.#isSevered = true;
    this.brokenAt ??= this.#network.time.now();
  }

  #later(run: () => void): void {
    this.#network.time.after(this.#network.delay(), run);
  }

  #up(deliver: () => void): void {
    if (this.#isSevered) return;
    this.#upFree = Math.max(this.#upFree, this.#network.time.now() + this.#network.delay());
    this.#network.time.after(this.#upFree - this.#network.time.now(), () => {
      if (!this.#isSevered) deliver();
    });
  }

  #down(deliver: () => void, length = 0): void {
    if (this.#isSevered) {
      // For the server this looks like a client that does not read.
      this.#unsent += length;
      return;
    }
    if (this.#isStalled) {
      this.#unsent += length;
      this.#unread.push({ length, deliver });
      return;
    }
    this.#taken += length;
    this.#downFree = Math.max(this.#downFree, this.#network.time.now() + this.#network.delay());
    this.#network.time.after(this.#downFree - this.#network.time.now(), () => {
      if (!this.#isSevered) deliver();
    });
  }
}

export class Network {
  readonly time: SimulatedTime;
  readonly connections: SimulatedConnection[] = [];
  readonly #random: SeededRandom;
  readonly #instances: () => readonly Instance[];

  constructor(time: SimulatedTime, random: SeededRandom, instances: () => readonly Instance[]) {
    this.time = time;
    this.#random = random;
    this.#instances = instances;
  }

  get up(): readonly SimulatedConnection[] {
    return this.connections.filter(({ isUp }) => isUp);
  }

  delay(): number {
    return this.#random.below(MAX_DELAY_MS);
  }

  open(handlers: SocketHandlers): SimulatedConnection {
    const open = this.#instances().filter(({ isOpen }) => isOpen);
    const instance = open.length > 0 ? this.#random.pick(open) : undefined;
    const connection = new SimulatedConnection(this, this.connections.length + 1, instance, handlers);
    this.connections.push(connection);
    return connection;
  }
}
