import { existsSync } from "node:fs";
import { join } from "node:path";
import { askConsent } from "../console/consent.js";
import { EXIT } from "../console/exit-codes.js";
import { showDiagnostics } from "../console/findings.js";
import { guarded } from "../console/guard.js";
import { listPlan, showOrphans } from "../console/report.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { toJson } from "../diagnostics/render.js";
import { generateOnce } from "../generate/cache.js";
import type { Io } from "../io.js";
import type { PendingWork } from "../machine/host-tools.js";
import { adviseHosts, pendingWork, runHostTools } from "../machine/hosts.js";
import { commandLine } from "../naming/command.js";
import { commitPlan } from "../output/commit.js";
import { renderDiff } from "../output/diff.js";
import { MANIFEST_FILE } from "../output/paths.js";
import { isFresh, planChanges } from "../output/plan.js";
import type { Manifest, Plan } from "../output/types.js";
import { readPackageSources } from "../package/read.js";
import { showBackups } from "../package/recovery.js";
import { isTorchexports } from "../package/torchexport.js";
import { generatorVersion } from "../templates/template-files.js";
import { isNewer } from "./version.js";

export interface BindRequest {
  readonly folder: string;
  /** Write nothing; exit code 3 and the difference when the tree is stale. */
  readonly check: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly json: boolean;
  /** Say nothing where nothing changed. */
  readonly quiet?: boolean;
  /** Called once, where something is going to be written. */
  readonly beforeWrite?: () => Promise<void>;
  readonly io: Io;
}

/** Prints every binding layer from the annotated C++ of a package, and writes what changed. */
export function bindPackage(request: BindRequest): Promise<number> {
  return guarded(request.io, () => bind(request));
}

async function bind(request: BindRequest): Promise<number> {
  const { folder, check, dryRun, force, json, quiet = false, beforeWrite, io } = request;
  const [read, generator] = await Promise.all([readPackageSources(folder, io, check || dryRun), generatorVersion()]);
  const { root, manifest, facts, sources } = read;
  const { files, diagnostics, refused } = await generateOnce(root, sources, facts);
  if (!json) showDiagnostics(diagnostics, sources, io);
  const document = (changes: Plan["changes"]): void => {
    if (json) io.out(JSON.stringify(documentOf(diagnostics, changes), null, 2));
  };
  if (refused) {
    document([]);
    return EXIT.refused;
  }
  if (manifest !== null && hasLib(manifest)) warnOfVersion(manifest.generator, generator, io);

  const plan = planChanges({ root, files, manifest, scope: ["generated"], adopt: isTorchexports });
  const pending = await pendingWork(root, facts.hosts, files);
  document(plan.changes);
  if (check) return showDrift(plan, pending, json, io);
  if (dryRun) {
    if (!json) listPlan(plan, io);
    if (!json) for (const { title } of pending) io.out(`then, by ${title}`);
    return EXIT.done;
  }
  const decisions = await askConsent(plan, io, { force, ask: !json });
  if (decisions === null) {
    io.err("Stopped: nothing was written.");
    return EXIT.failed;
  }
  if (!isFresh(plan)) await beforeWrite?.();
  // The version in the manifest is lib/'s: `upgrade` goes from there.
  const version = manifest !== null && hasLib(manifest) ? manifest.generator : generator;
  const result = await commitPlan({ plan, decisions, generator: version, names: facts.names });
  const written = [...result.created, ...result.updated].filter((path) => path !== MANIFEST_FILE);
  const { removed } = result;
  const tools = { root, facts, files, pending, changed: [...written, ...removed], io };
  if (json) {
    await runHostTools({ ...tools, quiet: true });
    return EXIT.done;
  }
  showBackups(result, io);
  showOrphans(plan, io);
  if (written.length > 0) io.out(`Bound: ${written.join(", ")}`);
  if (removed.length > 0) io.out(`Removed, as no longer generated: ${removed.join(", ")}`);
  if (written.length + removed.length + pending.length === 0 && !quiet) io.out("Bound: nothing changed.");
  await runHostTools({ ...tools, quiet });
  const first = result.created.includes(MANIFEST_FILE);
  await adviseHosts(root, facts, { pending, first }, io);
  if (facts.mode === "ours" && first) adviseLib(root, io);
  return EXIT.done;
}

/** `--json`: the findings, and what becomes (or would become) of each generated file. */
function documentOf(diagnostics: readonly Diagnostic[], changes: Plan["changes"]) {
  return {
    diagnostics: diagnostics.map(toJson),
    files: changes.map(({ path, kind }) => ({ path, change: kind })),
  };
}

/** Of a package that was not started by this generator. */
function adviseLib(root: string, io: Io): void {
  if (existsSync(join(root, "lib/cpp/include/torch_extension"))) return;
  io.err("What is generated includes headers of lib/, which this package lacks, and is built by what lies there.");
  io.err(
    `Run \`${commandLine("new")}\` in the package: it adds lib/, csrc/CMakeLists.txt and the rest, and asks about files that are there.`,
  );
}

const hasLib = (manifest: Manifest): boolean => Object.keys(manifest.files.vendored).length > 0;

/** What is generated calls what is vendored: the two should be of one version. */
function warnOfVersion(written: string, generator: string, io: Io): void {
  if (written === generator) return;
  io.err(`lib/ was written by generator-torch-extension ${written}, and this is ${generator}.`);
  if (isNewer(written, generator)) io.err("Update the generator: npm install -g generator-torch-extension@latest.");
  else io.err(`Run \`${commandLine("upgrade")}\` in the package: it brings lib/ up to date.`);
}

/** `--check`: the difference between the tree and what would be generated. */
function showDrift(plan: Plan, pending: readonly PendingWork[], json: boolean, io: Io): number {
  if (isFresh(plan) && pending.length === 0) {
    if (!json) io.out("Fresh: what is generated matches the C++.");
    return EXIT.done;
  }
  const target = json ? io.err : io.out;
  for (const change of plan.changes) {
    if (!["create", "update", "edited", "collision", "remove"].includes(change.kind)) continue;
    const before = "before" in change ? change.before : null;
    const after = "after" in change ? change.after : null;
    target(renderDiff({ path: change.path, before, after, color: io.color }).trimEnd());
  }
  showOrphans(plan, { ...io, out: target });
  for (const { drift } of pending) target(drift);
  io.err(`Stale: what is generated does not match the C++. Run: ${commandLine("bind")}`);
  return EXIT.drift;
}
