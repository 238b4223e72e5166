/**
 * The processes of the load, as the one that runs the bench sees them.
 */
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { doNotOutlive } from "../test/support/lifetime.ts";
import { isReport, type Order, type Report, type Role } from "./load.ts";

const PROGRAM = fileURLToPath(new URL("load-process.ts", import.meta.url));

export class Crew {
  readonly #processes: readonly ChildProcess[];

  private constructor(processes: readonly ChildProcess[]) {
    this.#processes = processes;
  }

  /** Starts a process for each role; when it is back, all their connections have joined. */
  static async assemble(roles: readonly Role[]): Promise<Crew> {
    const processes = roles.map((role) => fork(PROGRAM, [JSON.stringify(role)]));
    for (const process of processes) doNotOutlive(process);
    await Promise.all(processes.map(nextReport));
    return new Crew(processes);
  }

  order(order: Order): void {
    for (const process of this.#processes) process.send(order);
  }

  /** What all of them have seen together. */
  async report(): Promise<Report> {
    const reports = await Promise.all(
      this.#processes.map((process) => {
        const report = nextReport(process);
        process.send({ tag: "report" } satisfies Order);
        return report;
      }),
    );
    const sum = (of: (report: Report) => number): number =>
      reports.reduce((all, report) => all + of(report), 0);
    return {
      deliveries: sum(({ deliveries }) => deliveries),
      acks: sum(({ acks }) => acks),
      errors: sum(({ errors }) => errors),
      delays: reports.flatMap(({ delays }) => delays),
    };
  }

  dismiss(): void {
    for (const process of this.#processes) process.kill("SIGKILL");
  }
}

const nextReport = (process: ChildProcess): Promise<Report> =>
  new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error("a process of the load has ended"));
    process.once("exit", ended);
    process.once("message", (message: unknown) => {
      process.off("exit", ended);
      if (isReport(message)) resolve(message);
      else reject(new Error("a process of the load has sent something else"));
    });
  });
