/**
 * Tests of SPEC, Settings: an invalid value stops the start with exit code 2 and one line for each fault,
 * which names the variable. test/app/configuration.test.ts tests which values are valid, without a process.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newRoom, QUICK, settingsOf, startInstance } from "../support/server-fixture.ts";
import { ServerProcess, type Environment, type Instance } from "../support/instance.ts";
import { newGuest } from "../support/http-client.ts";
import { Lifetime } from "../support/lifetime.ts";
import { WireClient } from "../support/wire-client.ts";

const refusedStart = async (environment: Environment) => {
  const server = new ServerProcess(environment);
  const { code } = await server.end();
  return { code, lines: server.stderr.split("\n").filter((line) => line !== "") };
};

describe("the settings", () => {
  it("an invalid value stops the start with exit code 2 and one line that names the variable", async () => {
    const { code, lines } = await refusedStart({ ...QUICK, ROOM_MAX_EVENTS: "0" });
    expect({ code, lines }).toEqual({ code: 2, lines: [expect.stringContaining("ROOM_MAX_EVENTS")] });
  });

  it("a folder that is not writable does the same", async () => {
    const { TOKEN_SECRET: _, ...unsigned } = QUICK;
    const { code, lines } = await refusedStart({ ...unsigned, DATA_DIR: "package.json" });
    expect({ code, lines }).toEqual({ code: 2, lines: [expect.stringContaining("DATA_DIR")] });
  });

  it("[A4] a secret of fewer than 32 bytes does the same, alone or in a list", async () => {
    for (const secrets of ["abc", `${QUICK["TOKEN_SECRET"]},abc`]) {
      const { code, lines } = await refusedStart({ ...QUICK, TOKEN_SECRET: secrets });
      expect({ code, lines }).toEqual({ code: 2, lines: [expect.stringContaining("TOKEN_SECRET")] });
    }
  });

  it("a stored secret that is too short does the same, and nothing is served", async () => {
    const life = new Lifetime();
    try {
      const { TOKEN_SECRET: _, ...unsigned } = await settingsOf("the embedded log", life);
      await writeFile(join(unsigned["DATA_DIR"] ?? "", "token-secret"), "half");
      const { code, lines } = await refusedStart(unsigned);
      expect({ code, lines }).toEqual({ code: 2, lines: [expect.stringMatching(/DATA_DIR.*4 bytes.*32/)] });
    } finally {
      await life.end();
    }
  });

  it("[A1] an empty file of the stored secret is replaced: the service is ready, and a guest can sign in again", async () => {
    const life = new Lifetime();
    try {
      const { TOKEN_SECRET: _, ...unsigned } = await settingsOf("the embedded log", life);
      await writeFile(join(unsigned["DATA_DIR"] ?? "", "token-secret"), "");
      const first = await startInstance(life, unsigned);
      expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
      const { user, token } = await newGuest(first.url, "Ada");
      await first.stop();
      const again = await startInstance(life, unsigned);
      const ada = life.own(await WireClient.connect(again.webSocketUrl), (one) => one.cut());
      expect((await ada.hello("Ada", token)).user.id).toBe(user.id);
    } finally {
      await life.end();
    }
  });

  it("[A4] a secret is replaced without a new user for each guest", async () => {
    const life = new Lifetime();
    const settings = await settingsOf("the embedded log", life);
    const [old, fresh] = [
      "the secret that was signed with until now",
      "the secret that is signed with from now on",
    ];
    const start = (secrets: string) => startInstance(life, { ...settings, TOKEN_SECRET: secrets });
    const welcomeOf = async (instance: Instance, token: string) => {
      const client = life.own(await WireClient.connect(instance.webSocketUrl), (one) => one.cut());
      return client.hello("Ada", token);
    };

    try {
      const before = await start(old);
      const { user, token } = await newGuest(before.url, "Ada");
      await before.stop();
      const during = await start(`${fresh},${old}`);
      const renewed = await welcomeOf(during, token);
      expect(renewed.user.id).toBe(user.id);
      await during.stop();
      const after = await start(fresh);
      expect((await welcomeOf(after, renewed.token)).user.id).toBe(user.id);
      const late = life.own(await WireClient.connect(after.webSocketUrl), (one) => one.cut());
      late.send({ type: "hello", name: "Ada", token });
      expect((await late.closed).code).toBe(4401);
    } finally {
      await life.end();
    }
  });

  it("two faults give two lines", async () => {
    const { code, lines } = await refusedStart({ ...QUICK, HEARTBEAT_MS: "often", ACK: "never" });
    expect(code).toBe(2);
    expect(lines).toHaveLength(2);
    for (const name of ["HEARTBEAT_MS", "ACK"]) {
      expect(lines.filter((line) => line.includes(name))).toHaveLength(1);
    }
  });

  it("a secret is never printed", async () => {
    const { lines } = await refusedStart({ ...QUICK, PORT: "x", REDIS_URL: "http://user:hunter2@127.0.0.1" });
    expect(lines.join("\n")).not.toContain("hunter2");
    expect(lines.join("\n")).not.toContain(QUICK["TOKEN_SECRET"] ?? "");
  });

  it("REDISHOST and REDISPORT work like REDIS_URL", async () => {
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

  it("a start prints one line with the address, and SIGTERM ends the process with 0", async () => {
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
