/**
 * The statistics of a run. The live display reads them at any moment, and the report reads them at the end.
 */
import { FirstArrivals } from "./first-arrivals.ts";
import { Percentiles } from "./percentiles.ts";

export class RunStatistics {
  sent = 0;
  acknowledged = 0;
  /** Events that clients received, counted for each client. */
  seen = 0;
  /** Connections that joined. */
  connections = 0;
  /** Connections that the probe cut itself. */
  cuts = 0;
  /** How often a client was left without a connection, for any reason. */
  interruptions = 0;
  /** How often a client moved after a `goaway` without being left without a connection. */
  handovers = 0;
  /** From a post to its arrival at each connected client, the sender included. */
  readonly latency = new Percentiles();
  /** From the opening of a connection to its `joined` with a resume. */
  readonly resumes = new Percentiles();
  readonly firstArrivals = new FirstArrivals();
  /** How much later than the first client the others received an event: those just moving, and all others. */
  readonly lag = { moving: new Percentiles(), staying: new Percentiles() };
}
