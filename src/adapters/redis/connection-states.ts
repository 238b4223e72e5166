/**
 * The states of all connections of this instance. An outage is reported once when it begins, whichever
 * connection it is, and once when all connections are up again.
 */

export interface ConnectionReports {
  readonly begin: (connection: string, cause: unknown) => void;
  readonly end: () => void;
}

/** A connection that the service needs is down. */
export class ConnectionDown extends Error {
  override readonly name = "ConnectionDown";
}

/** For connections whose outage is no outage of the service. */
export const silentStates = (): ConnectionStates =>
  new ConnectionStates({ begin: () => undefined, end: () => undefined });

type State =
  | { readonly status: "connecting" }
  | { readonly status: "up" }
  | { readonly status: "down"; readonly cause: unknown };

export class ConnectionStates {
  readonly #reports: ConnectionReports;
  readonly #states = new Map<symbol, { readonly name: string; readonly state: State }>();
  #status: "starting" | "up" | "outage" = "starting";

  constructor(reports: ConnectionReports) {
    this.#reports = reports;
  }

  connecting(id: symbol, name: string): void {
    this.#states.set(id, { name, state: { status: "connecting" } });
  }

  up(id: symbol, name: string): void {
    this.#states.set(id, { name, state: { status: "up" } });
    this.#reportEnd();
  }

  down(id: symbol, name: string, cause: unknown): void {
    this.#states.set(id, { name, state: { status: "down", cause } });
    if (this.#status === "outage") return;
    this.#status = "outage";
    this.#reports.begin(name, cause);
  }

  /** The connection was closed on purpose. */
  closed(id: symbol): void {
    this.#states.delete(id);
    if (this.#states.size > 0) this.#reportEnd();
  }

  /** Throws if a connection is down. */
  check(): void {
    for (const { name, state } of this.#states.values()) {
      if (state.status === "down") {
        throw new ConnectionDown(`the connection for ${name} is down`, { cause: state.cause });
      }
    }
  }

  #reportEnd(): void {
    if (this.#status === "up") return;
    for (const { state } of this.#states.values()) if (state.status !== "up") return;
    this.#status = "up";
    this.#reports.end();
  }
}
