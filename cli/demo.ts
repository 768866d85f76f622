// `npm run demo`: the recurrent cell of the PyTorch tutorial, from nothing to a falling loss, by the command that users run.
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = mkdtempSync(join(tmpdir(), "torch-extension-demo-"));
const main = fileURLToPath(new URL("./main.js", import.meta.url));

/** Runs a step in the foreground; the first that fails ends the demo with its exit code. */
function step(command: string, args: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

console.log("$ torch-extension new my-lltm --start lltm --yes");
step(process.execPath, [main, "new", "my-lltm", "--start", "lltm", "--yes"], folder);

const root = join(folder, "my-lltm");
console.log("\n$ node examples/train.mjs");
step(process.execPath, ["examples/train.mjs"], root);

console.log(`\nThe package lies in ${root}: open csrc/src/lltm.cpp, change it, and run npm test there.`);
