/**
 * The connections of one purpose: one for each group of partitions.
 */
import type { Script } from "./script.ts";
import { Connection, type ConnectionContext } from "./connection.ts";
import type { Locator } from "./locator.ts";

export interface Purpose {
  /** The name for log lines. */
  readonly name: string;
  readonly scripts: readonly Script[];
  readonly followsAsk?: boolean;
}

export class Connections {
  readonly all: readonly Connection[];

  constructor(context: ConnectionContext, locator: Locator, purpose: Purpose) {
    this.all = Array.from(
      { length: locator.groups },
      (_, group) => new Connection(context, { ...purpose, place: locator.place(group) }),
    );
  }

  /** The number of the group that a partition belongs to. */
  groupOf(partition: number): number {
    return partition % this.all.length;
  }

  of(partition: number): Connection {
    const connection = this.all[this.groupOf(partition)];
    if (connection === undefined) throw new Error("a partition has no connection");
    return connection;
  }

  /** Resolves when all are ready, or after `maxMs`. */
  async settled(maxMs: number): Promise<void> {
    await Promise.all(this.all.map((connection) => connection.settled(maxMs)));
  }

  close(): void {
    for (const connection of this.all) connection.close();
  }
}
