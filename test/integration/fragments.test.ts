/**
 * Tests of fragmented messages on the wire (W2): their cost is bounded.
 */
import { describe, expect, it } from "vitest";
import { ServerFixture } from "../support/server-fixture.ts";
import { fragments, upgraded } from "../support/raw-frames.ts";
import { residentBytesOf } from "../support/metrics.ts";

const MIB = 1024 * 1024;

describe("a message in fragments", () => {
  const fixture = new ServerFixture("the embedded log");

  const open = async () => fixture.lifetime.own(await upgraded(fixture.server.port), (one) => one.cut());

  it("[W2] a hello in a fragment for each character is welcomed", async () => {
    const connection = await open();
    connection.socket.write(fragments([...'{"type":"hello","name":"Ada"}']));
    expect(await connection.until((all) => all.includes('"welcome"'))).toContain("Ada");
  });

  it("[W2] [D8] attack 12: 50 connections with 16,000 fragments each are closed, and take less than 16 MiB", async () => {
    const { pid } = fixture.server.process;
    const before = residentBytesOf(pid);
    const many = fragments(Array.from({ length: 16_000 }, () => "x")).subarray(0, -7);
    const connections = await Promise.all(Array.from({ length: 50 }, () => open()));
    for (const { socket } of connections) socket.write(many);
    await Promise.all(connections.map(({ closed }) => closed));
    expect(residentBytesOf(pid) - before).toBeLessThan(16 * MIB);
  });
});
