/**
 * What happens during a run, as numbers: the live display reads them at any moment, and the report at the end.
 */
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
}
