/**
 * SPEC, Settings: what can't be stops the start, with one line a fault that names the variable, and exit code 2. Which values can't be is
 * tested without a process, in test/app/configuration.test.ts.
 */
import { describe, expect, it } from "vitest";
import { newRoom, QUICK, settingsOf, startInstance } from "../support/chapter.ts";
import { ServerProcess, type Environment } from "../support/instance.ts";
import { Lifetime } from "../support/lifetime.ts";
import { WireClient } from "../support/wire-client.ts";

const refusedStart = async (environment: Environment) => {
  const server = new ServerProcess(environment);
  const { code } = await server.end();
  return { code, lines: server.stderr.split("\n").filter((line) => line !== "") };
};

describe("the settings", () => {
  it("a value that can't be stops the start with exit code 2 and one line that names it", async () => {
    const { code, lines } = await refusedStart({ ...QUICK, ROOM_MAX_EVENTS: "0" });
    expect({ code, lines }).toEqual({ code: 2, lines: [expect.stringContaining("ROOM_MAX_EVENTS")] });
  });

  it("so does a folder that can't be written to", async () => {
    const { TOKEN_SECRET: _, ...unsigned } = QUICK;
    const { code, lines } = await refusedStart({ ...unsigned, DATA_DIR: "package.json" });
    expect({ code, lines }).toEqual({ code: 2, lines: [expect.stringContaining("DATA_DIR")] });
  });

  it("two faults are two lines", async () => {
    const { code, lines } = await refusedStart({ ...QUICK, HEARTBEAT_MS: "often", ACK: "never" });
    expect(code).toBe(2);
    expect(lines).toHaveLength(2);
    for (const name of ["HEARTBEAT_MS", "ACK"]) {
      expect(lines.filter((line) => line.includes(name))).toHaveLength(1);
    }
  });

  it("a secret is not said in what is printed", async () => {
    const { lines } = await refusedStart({ ...QUICK, PORT: "x", REDIS_URL: "http://user:hunter2@127.0.0.1" });
    expect(lines.join("\n")).not.toContain("hunter2");
    expect(lines.join("\n")).not.toContain(QUICK["TOKEN_SECRET"] ?? "");
  });

  it("REDISHOST and REDISPORT serve as REDIS_URL does", async () => {
    const life = new Lifetime();
    try {
      const { REDIS_URL: url = "", ...settings } = await settingsOf("Redis", life);
      const { hostname, port } = new URL(url);
      const one = await startInstance(life, { ...settings, REDIS_URL: url });
      const other = await startInstance(life, { ...settings, REDISHOST: hostname, REDISPORT: port });
      const room = newRoom();
      const [ada, bob] = [
        await WireClient.connect(one.webSocketUrl),
        await WireClient.connect(other.webSocketUrl),
      ];
      await Promise.all([ada.hello("Ada"), bob.hello("Bob")]);
      await Promise.all([ada.join(room), bob.join(room)]);
      const { id } = await ada.post(room, "hi");
      expect((await bob.event(room, (event) => event.id === id)).by.name).toBe("Ada");
    } finally {
      await life.end();
    }
  });

  it("a start prints one line with the address, and SIGTERM ends it with 0", async () => {
    const life = new Lifetime();
    try {
      const server = await startInstance(life, await settingsOf("the embedded log", life));
      expect(server.process.stdout.split("\n").filter((line) => line.includes("http://"))).toHaveLength(1);
      expect(server.process.stdout).toContain(`:${server.port}`);
      expect(await server.stop()).toEqual({ code: 0, signal: null });
    } finally {
      await life.end();
    }
  });
});
