import { relative } from "node:path";
import type { Cuda, Machine } from "../../../vendor/lib/build/missing.js";
import { mustLookAround, type NativeResult } from "../../../vendor/lib/build/native.js";
import { createReporter, type Reporter } from "../../console/reporter.js";
import type { Io } from "../../io.js";
import type { EarlyBuild } from "./early.js";
import { buildNativePart, completeMachine, probe } from "./native.js";
import { needsInstall, npmInstall, type StepResult } from "./npm.js";
import { compileTypeScript } from "./typescript.js";

export interface BuildRequest {
  /** The package's folder, absolute. */
  readonly root: string;
  /** A folder, "auto" to look for one, null to keep what the last build was told. */
  readonly libtorch: string | null;
  readonly cuda: Cuda | null;
  readonly debug: boolean;
  /** Whether what the system lacks may be installed. */
  readonly install: boolean | "ask";
  readonly env: NodeJS.ProcessEnv;
  readonly io: Io;
  /** What a probe that was started earlier sees; for a package that is being written. */
  readonly machine?: Promise<Machine>;
  /** A native build of these choices that has begun already. */
  readonly early?: EarlyBuild | null;
  /** For tests; made over `io` where absent. */
  readonly report?: Reporter;
}

/**
 * Builds a package: npm install (where it has not been done) and then tsc, the native part beside them.
 * Returns the exit code: 0, 1 (npm), 5 (something is missing), 6 (a compiler refused). What succeeded stays.
 * @throws {PromptAborted} on Ctrl-C at the question whether to install
 */
export async function buildAll(request: BuildRequest): Promise<number> {
  const report = request.report ?? createReporter(request.io);
  try {
    return await run(request, report);
  } catch (error) {
    // A folder that cannot be written, a full disk: what is there stays.
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    report.stop();
    report.err(`The build stopped: ${(error as Error).message}. To go on from here:`);
    report.err(`  ${goOn(request, needsInstall(request.root))}`);
    return 1;
  } finally {
    report.stop();
  }
}

async function run(request: BuildRequest, report: Reporter): Promise<number> {
  const { root, env, io, install } = request;
  const step = { ...request, report };
  const npmComes = needsInstall(root);
  let machine: Machine | null = null;
  const goesOn = !mustLookAround({ ...request, named: request.libtorch });
  if (!goesOn) {
    machine = await completeMachine(step, await (request.machine ?? probe(request)), { install, io, npmComes });
    if (machine === null) {
      // Under the commands that bring what is missing.
      report.err(`  ${goOn(request, npmComes)}`);
      return 5;
    }
  }
  const npm = npmComes ? npmStep(root, env, report) : Promise.resolve<StepResult>({ ok: true });
  const typescript = npm.then((result) => (result.ok ? typescriptStep(root, env, report) : null));
  const waitsForNpm = npmComes && machine?.tools.nodeHeaders === null;
  request.early?.show();
  const native =
    request.early?.result ?? (waitsForNpm ? npm : Promise.resolve()).then(() => buildNativePart(step, machine));
  const [installed, compiled, built] = await Promise.all([npm, typescript, native]);
  report.stop();
  return summary(request, report, { installed, compiled, built, first: npmComes || !goesOn });
}

interface Outcome {
  readonly installed: StepResult;
  readonly compiled: StepResult | null;
  readonly built: NativeResult;
  /** Whether this was more than a rebuild: then it helps to say what is done already. */
  readonly first: boolean;
}

function summary(request: BuildRequest, report: Reporter, { installed, compiled, built, first }: Outcome): number {
  if (installed.ok && compiled?.ok && built.ok) return 0;
  if (!installed.ok) say(report, "npm install failed:", installed.lines);
  if (compiled !== null && !compiled.ok) say(report, "TypeScript refused:", compiled.lines);
  if (!built.ok) {
    for (const line of built.lines) report.err(line);
    if (built.log !== null) report.err(`The whole log: ${relative(request.io.cwd, built.log)}`);
  }
  if (first) {
    const steps = { "npm install": installed.ok, TypeScript: compiled?.ok === true, "the native part": built.ok };
    const done = Object.entries(steps).flatMap(([name, ok]) => (ok ? [name] : []));
    report.err(`Done: ${["the package's files", ...done].join(", ")}. To go on from here:`);
    report.err(`  ${goOn(request, !installed.ok)}`);
  }
  if (!built.ok) return built.exitCode;
  return installed.ok ? 6 : 1;
}

function say(report: Reporter, headline: string, lines: readonly string[]): void {
  report.err(headline);
  for (const line of lines) report.err(`  ${line}`);
}

/** Returns the command that resumes the work, as run from the user's current folder. */
function goOn({ root, io }: BuildRequest, withNpm: boolean): string {
  const folder = relative(io.cwd, root);
  const quoted = /^[\w@+:./-]+$/.test(folder) ? folder : `"${folder}"`;
  const words = [...(folder === "" ? [] : [`cd ${quoted}`]), ...(withNpm ? ["npm install"] : []), "npm run build"];
  return words.join(" && ");
}

async function npmStep(root: string, env: NodeJS.ProcessEnv, report: Reporter): Promise<StepResult> {
  report.status("npm", "npm install");
  const result = await npmInstall(root, env);
  report.status("npm", null);
  if (result.ok) report.out("npm install done");
  return result;
}

async function typescriptStep(root: string, env: NodeJS.ProcessEnv, report: Reporter): Promise<StepResult> {
  report.status("typescript", "TypeScript");
  const result = await compileTypeScript(root, env);
  report.status("typescript", null);
  if (result.ok && result.ran) report.out("TypeScript compiled");
  return result;
}
