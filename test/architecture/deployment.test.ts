/**
 * Tests that the two descriptions of the service agree: the command (docs/deploy.md, section 5) and the file
 * (deploy/service.yaml).
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

const guide = readFileSync("docs/deploy.md", "utf8");
const [command = ""] = /^gcloud run deploy [^`]*/m.exec(guide) ?? [];

const flag = (name: string): string | undefined => new RegExp(`--${name}=(\\S+)`).exec(command)?.[1];

/** The probe that a flag describes: `httpGet.path=/x,periodSeconds=5` and so on. */
const probe = (name: string): unknown => {
  const fields = (flag(name) ?? "").split(",").map((field) => field.split("="));
  const numbers = fields.slice(1).map(([key, value]) => [key, Number(value)]);
  return { httpGet: { path: fields[0]?.[1] }, ...Object.fromEntries(numbers) };
};

test("the file and the command describe the same service", () => {
  expect(parse(readFileSync("deploy/service.yaml", "utf8"))).toMatchObject({
    kind: "Service",
    spec: {
      template: {
        metadata: {
          annotations: {
            "autoscaling.knative.dev/minScale": flag("min-instances"),
            "autoscaling.knative.dev/maxScale": flag("max-instances"),
            "run.googleapis.com/cpu-throttling": "false",
            "run.googleapis.com/sessionAffinity": "false",
          },
        },
        spec: {
          containerConcurrency: Number(flag("concurrency")),
          timeoutSeconds: Number(flag("timeout")),
          containers: [
            {
              resources: { limits: { cpu: flag("cpu"), memory: flag("memory") } },
              env: [
                { name: "REDISHOST" },
                { name: "REDISPORT" },
                { name: "REQUEST_TIMEOUT_S", value: flag("timeout") },
                { name: "TOKEN_SECRET", valueFrom: { secretKeyRef: { key: "1" } } },
              ],
              startupProbe: probe("startup-probe"),
              livenessProbe: probe("liveness-probe"),
            },
          ],
        },
      },
    },
  });
  expect(command).toContain("--no-cpu-throttling");
  expect(command).toContain("--no-session-affinity");
});
