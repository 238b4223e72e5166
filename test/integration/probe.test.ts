/**
 * Tests of the probe as an operator runs it: a program with an exit code, against a correct service, and
 * behind a proxy that drops, repeats or reorders frames.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settingsOf, startInstance } from "../support/server-fixture.ts";
import { nodeBinary, type Instance } from "../support/instance.ts";
import { doNotOutlive, Lifetime } from "../support/lifetime.ts";
import { FaultyProxy, type ProxyFault } from "../support/faulty-proxy.ts";

const life = new Lifetime();
let server: Instance;
beforeAll(async () => {
  server = await startInstance(life, await settingsOf("the embedded log", life));
});
afterAll(() => life.end());

const gapless = async (...args: readonly string[]) => {
  const child = spawn(nodeBinary(), ["src/probe/main.ts", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  doNotOutlive(child);
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
  await once(child, "close");
  return { ...said, code: child.exitCode };
};

describe.concurrent("gapless probe", () => {
  it("[D2] [D1] [I1] [R2] cuts its own connections, finds nothing wrong, and exits with 0", async () => {
    const flags = ["--clients", "10", "--rate", "60", "--cuts", "8", "--seconds", "4"];
    const { code, stdout } = await gapless("probe", server.url, "--json", ...flags);
    const report: unknown = JSON.parse(stdout);
    expect(report).toMatchObject({ sound: true, findings: [], clients: 10, service: server.url });
    expect(report).toMatchObject({
      sent: expect.toSatisfy((sent: number) => sent > 60),
      cuts: expect.toSatisfy((cuts: number) => cuts > 3),
      resumeMs: { count: expect.toSatisfy((count: number) => count > 0) },
    });
    expect(code).toBe(0);
  });

  it.each<[ProxyFault, RegExp]>([
    ["drop", /lost +[1-9]/],
    ["repeat", /repeated +[1-9]/],
    ["swap", /reordered +[1-9]/],
  ])("finds the faults of a faulty proxy (%s), and exits with 1", async (fault, found) => {
    const proxy = life.own(await FaultyProxy.start(server, fault), (one) => one.close());
    const flags = ["--clients", "2", "--rate", "20", "--cuts", "0", "--seconds", "2"];
    const { code, stdout } = await gapless("probe", proxy.url, ...flags);
    expect(stdout).toMatch(found);
    expect(stdout).toMatch(/sent +(\d+)\n +acknowledged +\1\n/);
    expect(code).toBe(1);
  });

  it("reports a wrong argument in one sentence, and exits with 2", async () => {
    expect(await gapless("probe", server.url, "--seconds", "soon")).toEqual({
      code: 2,
      stdout: "",
      stderr: `--seconds must be a whole number from 1 to 86400, and is "soon".\n`,
    });
  });
});
