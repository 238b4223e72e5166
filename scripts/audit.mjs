/**
 * `npm run audit`: asks the registry whether a production dependency has a known vulnerability of severity
 * high or critical, and fails if one has. A registry that has no audit endpoint can't answer: the script says
 * so, and passes.
 */
import { spawnSync } from "node:child_process";

const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], { encoding: "utf8", shell: false });

let report;
try {
  report = JSON.parse(stdout);
} catch {
  report = {};
}

const counts = report.metadata?.vulnerabilities;
if (counts === undefined) {
  const reason = report.error?.summary || report.message || "no answer";
  process.stdout.write(
    `The dependencies could not be audited: the registry does not answer audits (${String(reason).trim()}).\n`,
  );
} else if (counts.high + counts.critical > 0) {
  for (const [name, { severity, via }] of Object.entries(report.vulnerabilities)) {
    process.stderr.write(`${name} (${severity}): ${via.map((cause) => cause.title ?? cause).join("; ")}\n`);
  }
  process.exitCode = 1;
} else {
  process.stdout.write(
    `The dependencies were audited: ${counts.total} known vulnerabilities, none of them high or critical.\n`,
  );
}
