/**
 * `npm run siege`: all attacks in turn on one process with the memory of a small container, while two
 * bystanders chat. It prints what each attack cost the bystanders and the process, waits until everything
 * that lingers is over, and fails if anything was lost or left behind.
 *
 * --seconds N: how long each attack lasts (20). An hour's worth of attacks takes --seconds 360.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { nodeBinary } from "../support/instance.ts";
import { Attacker } from "./attacker.ts";
import { ATTACKS } from "./attacks.ts";
import { CONTAINER_BYTES, Server, type Usage } from "./server.ts";

/** Feeds linger for 30 s, and dead connections are ended after two heartbeats. */
const LINGER_MS = 45_000;
const CONTAINER_MIB = CONTAINER_BYTES / 1024 / 1024;
/** How much more than before the siege the process may hold after it: V8 keeps what it has grown by. */
const GROWTH_MIB = 80;

interface Bystanders {
  readonly p99: number;
  readonly sound: boolean;
  readonly findings: readonly string[];
}

/** Two clients of the probe in a process of their own, ten messages a second. */
const bystanders = async (url: string, seconds: number): Promise<Bystanders> => {
  const words = [
    "src/probe/main.ts",
    "probe",
    url,
    "--clients",
    "2",
    "--rate",
    "10",
    "--cuts",
    "0",
    "--json",
  ];
  const probe = spawn(nodeBinary(), [...words, "--seconds", String(seconds)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  probe.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  await once(probe, "close");
  const { latencyMs, sound, findings } = JSON.parse(output);
  return { p99: latencyMs.p99, sound, findings };
};

const { values } = parseArgs({ options: { seconds: { type: "string", default: "20" } } });
const seconds = Number(values.seconds);
const server = await Server.start();
const failures: string[] = [];
const table: Record<string, Record<string, number | string>> = {};

const row = (name: string, { p99, sound }: Bystanders, usage: Usage): void => {
  table[name] = {
    "p99 ms": Number(p99.toFixed(1)),
    "nothing lost": sound ? "yes" : "NO",
    descriptors: usage.descriptors,
    connections: usage.connections,
    rooms: usage.rooms,
    "RSS MiB": Math.round(usage.rssMiB),
  };
};

const before = await server.usage();
const calm = await bystanders(server.url, seconds);
row("calm", calm, before);

for (const [nth, { name, run }] of ATTACKS.entries()) {
  process.stderr.write(`${name}\n`);
  const stop = new AbortController();
  const attacking = run(new Attacker(server.port, `198.51.100.${nth + 1}`), stop.signal);
  const seen = await bystanders(server.url, seconds);
  const usage = await server.usage();
  stop.abort();
  await attacking;
  row(name, seen, usage);
  if (!seen.sound)
    failures.push(`${name}: ${seen.findings.join("; ") || "not every message was acknowledged"}`);
  if (seen.p99 > Math.max(3 * calm.p99, 50)) {
    failures.push(`${name}: the bystanders' p99 rose from ${calm.p99} ms to ${seen.p99} ms`);
  }
}

await wait(LINGER_MS);
const after = await server.usage();
row("afterwards", await bystanders(server.url, 5), after);
const { peakRssMiB } = await server.usage();
if (after.connections > 0) failures.push(`${after.connections} connections are left`);
if (after.descriptors > before.descriptors + 4) failures.push(`${after.descriptors} descriptors are left`);
if (after.rssMiB > before.rssMiB + GROWTH_MIB) failures.push(`the process has grown to ${after.rssMiB} MiB`);
if (peakRssMiB > CONTAINER_MIB) failures.push(`the process has held ${peakRssMiB} MiB`);
if (!server.running) failures.push("the process has ended");
failures.push(...server.errors);
await server.stop();

console.table(table);
const held = server.confined ? "held by the kernel" : "not held by the kernel: no cgroup could be made";
process.stdout.write(`At most ${Math.round(peakRssMiB)} MiB of ${CONTAINER_MIB}, ${held}.\n`);
process.stdout.write(failures.length === 0 ? "The siege was withstood.\n" : `${failures.join("\n")}\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
