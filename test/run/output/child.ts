// A run of its own, for the tests that kill one: commits states of a package as the arguments say.
//   child <root> loop      two states in turn, until something ends it; "ready" after the first commit
//   child <root> <0|1>     one state; the error as one line of JSON, exit 130 when a signal came
import { setTimeout } from "node:timers/promises";
import { commitPlan, forceDecisions } from "../../../src/output/commit.js";
import { InterruptedError, OutputError } from "../../../src/output/errors.js";
import { readManifest } from "../../../src/output/manifest.js";
import { planChanges } from "../../../src/output/plan.js";
import { recover } from "../../../src/output/recover.js";
import { OWNERS } from "../../../src/output/types.js";
import { IDENTITY, stateFiles } from "./states.js";

const [root, what, size] = process.argv.slice(2) as [string, string, string | undefined];

async function commit(state: number): Promise<void> {
  const plan = planChanges({
    root,
    files: stateFiles(state, Number(size ?? 100)),
    manifest: readManifest(root),
    scope: OWNERS,
  });
  await commitPlan({ plan, decisions: forceDecisions(plan), ...IDENTITY });
}

try {
  recover(root);
  if (what === "loop") {
    for (let state = 0; ; state = 1 - state) {
      await commit(state);
      process.stdout.write("ready\n");
      await setTimeout(1);
    }
  }
  process.stdout.write("start\n");
  await commit(Number(what));
} catch (error) {
  if (!(error instanceof OutputError)) throw error;
  const { name, message, fix } = error;
  process.stdout.write(`${JSON.stringify({ name, message, fix })}\n`);
  process.exitCode = error instanceof InterruptedError ? error.exitCode : 1;
}
