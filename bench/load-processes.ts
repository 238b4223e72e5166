/**
 * Starts and controls the load processes from the process that runs the bench.
 */
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { doNotOutlive } from "../test/support/lifetime.ts";
import { isReport, type LoadCommand, type Report, type Role } from "./load.ts";

const PROGRAM = fileURLToPath(new URL("load-process.ts", import.meta.url));

export class LoadProcesses {
  readonly #processes: readonly ChildProcess[];

  private constructor(processes: readonly ChildProcess[]) {
    this.#processes = processes;
  }

  /** Starts a process for each role. It resolves when all their connections have joined. */
  static async start(roles: readonly Role[]): Promise<LoadProcesses> {
    const processes = roles.map((role) => fork(PROGRAM, [JSON.stringify(role)]));
    for (const process of processes) doNotOutlive(process);
    await Promise.all(processes.map(nextReport));
    return new LoadProcesses(processes);
  }

  send(command: LoadCommand): void {
    for (const process of this.#processes) process.send(command);
  }

  /** The sum of the reports of all processes. */
  async report(): Promise<Report> {
    const reports = await Promise.all(
      this.#processes.map((process) => {
        const report = nextReport(process);
        process.send({ tag: "report" } satisfies LoadCommand);
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

  kill(): void {
    for (const process of this.#processes) process.kill("SIGKILL");
  }
}

const nextReport = (process: ChildProcess): Promise<Report> =>
  new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error("a load process has ended"));
    process.once("exit", ended);
    process.once("message", (message: unknown) => {
      process.off("exit", ended);
      if (isReport(message)) resolve(message);
      else reject(new Error("a load process has sent something that is not a report"));
    });
  });
