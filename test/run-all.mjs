// `npm test`: lint and types, then every test, then one plain line with the counts of vitest's own report.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const results = join(root, "test-results");
const report = join(results, "vitest.json");

/** Runs one of this repository's own tools in the foreground. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error) throw error;
  return status ?? 1;
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results);

const lint = run("npm", ["run", "--silent", "lint"]);
if (lint !== 0) console.error("Lint or types failed: the tests run all the same, and the run counts as failed.");

const tests = run("npx", [
  "vitest",
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);

const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
const skipped = testResults.flatMap((file) =>
  file.assertionResults.filter((test) => !["passed", "failed"].includes(test.status)),
);
if (skipped.length > 0) {
  console.log("\nSkipped:");
  for (const test of skipped) console.log(`  ${test.fullName}`);
}
const unloaded = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
for (const file of unloaded) console.error(`Could not be loaded: ${file.name}`);
console.log(
  `\n${numPassedTests} passed, ${numFailedTests + unloaded.length + (lint === 0 ? 0 : 1)} failed, ${skipped.length} skipped`,
);
process.exitCode = lint || tests;
