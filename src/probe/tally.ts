/**
 * What happens during a run, as numbers: the live display reads them at any moment, and the report at the end.
 */
import { Arrivals } from "./arrivals.ts";
import { Percentiles } from "./percentiles.ts";

export class Tally {
  sent = 0;
  acknowledged = 0;
  /** Events that came to somebody. */
  seen = 0;
  /** Connections that joined. */
  connections = 0;
  /** Connections that the probe cut itself. */
  cuts = 0;
  /** How often somebody was left without a connection, whoever ended it. */
  interruptions = 0;
  /** How often somebody was asked to move, and did so without being left without one. */
  handovers = 0;
  /** From the post to the moment at which somebody who is connected has it, the poster included. */
  readonly latency = new Percentiles();
  /** From the opening of a connection to the `joined` that resumes on it. */
  readonly resumes = new Percentiles();
  /** Who has an event when. */
  readonly arrivals = new Arrivals();
  /** By how much whoever was just moving had an event later than whoever had it first; and by how much all others had. */
  readonly lag = { moving: new Percentiles(), staying: new Percentiles() };
}
