import { relative } from "node:path";
import type { Machine } from "../../../vendor/lib/build/missing.js";
import { mustLookAround } from "../../../vendor/lib/build/native.js";
import { createReporter } from "../../console/reporter.js";
import type { BuildRequest } from "./build-all.js";
import { buildNativePart, completeMachine, probe } from "./native.js";

/** In the package: what continues a build for R. It does not need the generator. */
const buildInR = "Rscript lib/r/build.R";

/**
 * Builds what R loads, in build/r. Returns the exit code: 0, 5 (something is missing), 6 (the compiler refused).
 * @throws {PromptAborted} on Ctrl-C at the question whether to install
 */
export async function buildForR(request: BuildRequest): Promise<number> {
  const { root, io, install } = request;
  const report = request.report ?? createReporter(io);
  const step = { ...request, host: "r", report } as const;
  try {
    let machine: Machine | null = null;
    if (mustLookAround({ ...step, named: step.libtorch })) {
      machine = await completeMachine(step, await (request.machine ?? probe(step)), { install, io, npmComes: false });
      if (machine === null) {
        // Under the commands that bring what is missing.
        report.err(`  ${goOn(root, io.cwd)}`);
        return 5;
      }
    }
    request.early?.show();
    const result = await (request.early?.result ?? buildNativePart(step, machine));
    report.stop();
    if (result.ok) return 0;
    for (const line of result.lines) report.err(line);
    if (result.log !== null) report.err(`The whole log: ${relative(io.cwd, result.log)}`);
    return result.exitCode;
  } finally {
    report.stop();
  }
}

function goOn(root: string, cwd: string): string {
  const folder = relative(cwd, root);
  if (folder === "") return buildInR;
  return `cd ${/^[\w@+:./-]+$/.test(folder) ? folder : `"${folder}"`} && ${buildInR}`;
}
