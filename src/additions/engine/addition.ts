// What `type` and `function` share: user-owned files that are added to a package, with the files that bind generates from them, in one plan.

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { askConsent } from "../../console/consent.js";
import { EXIT } from "../../console/exit-codes.js";
import { showDiagnostics } from "../../console/findings.js";
import { showLayers } from "../../console/layers.js";
import { listPlan, showOrphans } from "../../console/report.js";
import { type Generated, generate } from "../../generate/generate.js";
import type { Io } from "../../io.js";
import { pendingWork, runHostTools } from "../../machine/hosts.js";
import type { SourceFile } from "../../model/file.js";
import type { PackageFacts } from "../../model/package.js";
import { commandLine } from "../../naming/command.js";
import { type CommitResult, commitPlan } from "../../output/commit.js";
import { OutputError } from "../../output/errors.js";
import { planChanges } from "../../output/plan.js";
import type { Change, Decision, Manifest, Plan, PlannedFile } from "../../output/types.js";
import type { PackageSources } from "../../package/read.js";
import { showBackups } from "../../package/recovery.js";
import { isSource } from "../../package/sources.js";
import { isTorchexports } from "../../package/torchexport.js";
import type { PlainAnswers } from "../../questions/dialogue.js";
import type { AdditionRequest } from "../../questions/table.js";
import { callStackOf } from "../../targets/call-stack/call-stack.js";

/** Something that is added to a package. */
export interface Addition {
  /** `type:scored`: what the manifest groups the files under. */
  readonly id: string;
  /** Written once and user-owned from then on: new paths, or those of an earlier run for the same addition. */
  readonly files: readonly PlannedFile[];
  /** What it was made from: the manifest keeps it, `--json` prints it. */
  readonly answers: PlainAnswers;
  /** Exported functions that are shown layer by layer before anything is written: qualified, or by their last name. */
  readonly shown: readonly string[];
  /** Printed after all files are written: a line to add by hand, or code that only the user can write. */
  readonly remarks: readonly string[];
  /** The command line that says the same again. */
  readonly replay: string;
}

type Run = Pick<AdditionRequest, "yes" | "dryRun" | "force" | "json">;

/** What became of a command: its exit code, and whether files were written, so that a build makes sense. */
export interface Outcome {
  readonly code: number;
  readonly written: boolean;
}

const ended = (code: number): Outcome => ({ code, written: false });

/**
 * The manifest of a package to which something can be added.
 * @throws {OutputError} where the package is not laid out as the build expects, with what to do
 */
export function manifestFor({ root, manifest, facts }: PackageSources): Manifest {
  if (manifest === null) {
    throw new OutputError(
      `${root} has no torch-extension.json: nothing says yet which files are generated.`,
      `Run \`${commandLine("bind")}\` there once, then run this again.`,
    );
  }
  for (const [path, what] of [
    ["csrc", "the C++"],
    ["csrc/CMakeLists.txt", "what builds the C++"],
    [`csrc/include/${facts.names.nativeName}`, "the headers that generated code includes"],
  ] as const) {
    if (statSync(join(root, path), { throwIfNoEntry: false }) !== undefined) continue;
    throw new OutputError(
      `${join(root, path)} is not there: ${what} was moved or renamed, and bind and build look for it there. Nothing was written.`,
      `Move it back (git log --follow shows where it went), or link it: ln -s <where it is> ${path}. Then run this again.`,
    );
  }
  return manifest;
}

/** Shows what an addition is and writes, asks, and writes all of it or nothing. */
export async function addToPackage(read: PackageSources, addition: Addition, run: Run, io: Io): Promise<Outcome> {
  const manifest = manifestFor(read);
  const { root } = read;
  const own = new Set(addition.files.map(({ path }) => path));
  // What an earlier run for the same thing wrote and these answers do not have goes, unless it was edited.
  const before = (manifest.additions?.[addition.id]?.files ?? []).filter((path) => !own.has(path));
  const edited = new Set(touchedOf(root, manifest, before));
  const going = new Set(before.filter((path) => !edited.has(path)));
  const facts = withPages(read.facts, addition.files, going);
  const planFor = async (kept: ReadonlySet<string>): Promise<{ generated: Generated; plan: Plan } | null> => {
    const there = read.sources.filter(({ path }) => !going.has(path));
    const sources = sourcesWith(there, addition.files, kept);
    const generated = await generate(root, sources, facts);
    showDiagnostics(generated.diagnostics, sources, io);
    if (generated.refused) return null;
    const files = [...addition.files, ...generated.files];
    const scope = ["generated", "userOwned"] as const;
    const plan = planChanges({ root, files, manifest, scope, dropped: going, adopt: isTorchexports });
    return { generated, plan: askable(plan, own) };
  };
  let planned = await planFor(new Set());
  if (planned === null) return ended(EXIT.refused);
  const { plan } = planned;
  if (!run.json) {
    const { module, described } = planned.generated;
    showLayers(callStackOf(module, described, facts.pages).functions, addition.shown, io);
    io.out("Files:");
    listPlan({ ...plan, changes: plan.changes.filter(isOfInterest) }, io);
  }
  if (run.dryRun) {
    if (run.json) io.out(documentOf(addition, plan, null));
    else io.out(`Nothing was written: a dry run. To write it: ${addition.replay}`);
    return ended(EXIT.done);
  }
  const decisions = await decide(plan, own, run, io);
  if (decisions === null) {
    io.err("Stopped: nothing was written.");
    return ended(EXIT.failed);
  }
  // Code is generated from the C++ that the user keeps.
  const kept = [...decisions].filter(([path, decision]) => decision === "keep" && own.has(path) && isSource(path));
  if (kept.length > 0) planned = await planFor(new Set(kept.map(([path]) => path)));
  if (planned === null) return ended(EXIT.refused);
  const additions = {
    ...manifest.additions,
    [addition.id]: { files: [...own, ...edited].sort(), answers: addition.answers },
  };
  const { generator } = manifest;
  const result = await commitPlan({ plan: planned.plan, decisions, generator, names: facts.names, additions });
  if (run.json) io.out(documentOf(addition, plan, result));
  else tell(result, planned.plan, io);
  await completeHosts(read, planned.generated, result, run.json, io);
  for (const path of edited) {
    io.err(`${path} is of an earlier run, and you edited it; it stays. Delete it when you need it no more.`);
    if (!registersKernels(root, path)) continue;
    io.err(
      `${path} registers a kernel still, so that bind registers none for other backends: where the operator is to run on them, delete the file, or its TORCH_LIBRARY_IMPL, and run ${commandLine("bind")}.`,
    );
  }
  if (!run.json) for (const remark of addition.remarks) io.out(remark);
  if (!run.json) io.out(`The same again: ${addition.replay}`);
  return { code: EXIT.done, written: true };
}

/**
 * Takes an addition away again: its files where they are as they were written, and what bind made of them. Touched ones stay,
 * unless `force` says that they go and leave a backup.
 */
export async function removeFromPackage(read: PackageSources, id: string, run: Run, io: Io): Promise<Outcome> {
  const manifest = manifestFor(read);
  const record = manifest.additions?.[id];
  if (record === undefined) throw new Error(`no addition ${id}`);
  const { root } = read;
  const own = new Set(record.files);
  const touched = touchedOf(root, manifest, record.files);
  const staying = new Set(run.force ? [] : together(touched, record.files));
  const going = new Set(record.files.filter((path) => !staying.has(path)));

  const facts = withPages(read.facts, [], going);
  const sources = read.sources.filter(({ path }) => !going.has(path));
  const generated = await generate(root, sources, facts);
  showDiagnostics(generated.diagnostics, sources, io);
  if (generated.refused) {
    io.err(`Something else uses ${id.replace(":", " ")}: take that away first.`);
    return ended(EXIT.refused);
  }
  const planned = planChanges({
    root,
    files: generated.files,
    manifest,
    scope: ["generated", "userOwned"],
    dropped: going,
    adopt: isTorchexports,
  });
  const plan = { ...planned, changes: planned.changes.map((change) => (own.has(change.path) ? goes(change) : change)) };
  if (!run.json) listPlan({ ...plan, changes: plan.changes.filter(isOfInterest) }, io);
  for (const path of touched.filter((one) => staying.has(one))) {
    io.err(
      `${path} was edited since it was written; it stays. Delete it yourself and run this again, or give --force: it keeps a backup.`,
    );
  }
  for (const path of staying) {
    if (!touched.includes(path)) io.err(`${path} stays too: what was edited needs it.`);
  }
  const left = staying.size > 0 ? EXIT.failed : EXIT.done;
  if (run.dryRun) {
    if (run.json) io.out(JSON.stringify({ id, files: listOf(plan), stays: [...staying] }, null, 2));
    return ended(left);
  }
  const decisions = await askConsent(plan, io, { force: run.force, ask: !run.yes && !run.json });
  if (decisions === null) {
    io.err("Stopped: nothing was written.");
    return ended(EXIT.failed);
  }
  const { [id]: _, ...others } = manifest.additions ?? {};
  const additions = staying.size === 0 ? others : { ...others, [id]: { ...record, files: [...staying].sort() } };
  const { generator } = manifest;
  const result = await commitPlan({ plan, decisions, generator, names: facts.names, additions });
  if (run.json) {
    const { created, updated, removed, backups } = result;
    io.out(JSON.stringify({ id, created, updated, removed, backups, stays: [...staying] }, null, 2));
  } else tell(result, plan, io);
  await completeHosts(read, generated, result, run.json, io);
  return { code: left, written: true };
}

/** Whether a file of an earlier run registers kernels with the dispatcher. */
function registersKernels(root: string, path: string): boolean {
  return isSource(path) && readFileSync(join(root, path), "utf8").includes("TORCH_LIBRARY_IMPL");
}

/** Those of the files that are not as they were written. */
function touchedOf(root: string, manifest: Manifest, files: readonly string[]): readonly string[] {
  const { changes } = planChanges({ root, files: [], manifest, scope: ["userOwned"], dropped: new Set(files) });
  return changes.flatMap((change) => (change.kind === "orphan-edited" ? [change.path] : []));
}

/** An edited C++ file keeps the C++ files beside it: one does not compile without the other. */
function together(touched: readonly string[], files: readonly string[]): readonly string[] {
  return touched.some(isSource) ? [...new Set([...touched, ...files.filter(isSource)])] : touched;
}

/** A file that was touched and goes all the same leaves a backup. */
function goes(change: Change): Change {
  if (change.kind !== "orphan-edited" || change.before === null) return change;
  return { kind: "remove", path: change.path, owner: change.owner, before: change.before, backup: true };
}

const isOfInterest = ({ kind }: Change): boolean => kind !== "unchanged" && kind !== "kept" && kind !== "deleted";

/** Prompts before overwriting a user-owned or generated file whose contents would change. */
function askable(plan: Plan, own: ReadonlySet<string>): Plan {
  const changes = plan.changes.map((change): Change => {
    if (change.kind !== "kept" || !own.has(change.path) || change.before === null) return change;
    const { path, owner, after, executable, before } = change;
    if (Buffer.compare(before, after) === 0) return { kind: "unchanged", path, owner, after, executable };
    return { kind: "edited", path, owner, after, executable, before };
  });
  return { ...plan, changes };
}

/** Asks the user to accept the whole plan, then each file that it would overwrite. Returns null if the user stops. */
async function decide(
  plan: Plan,
  own: ReadonlySet<string>,
  run: Run,
  io: Io,
): Promise<ReadonlyMap<string, Decision> | null> {
  const ask = !run.yes && !run.json;
  const asked = await askConsent(plan, io, { force: run.force, ask, diffs: !run.json });
  if (asked === null) return null;
  if (ask && io.interactive && plan.changes.some(isOfInterest)) {
    const { write } = await io.prompt([{ type: "confirm", name: "write", message: "Write this?", default: true }]);
    if (write !== true) return null;
  }
  // Asks again before restoring a file that the user deleted.
  const again = plan.changes.filter((change) => change.kind === "deleted" && own.has(change.path));
  return new Map([...asked, ...again.map(({ path }) => [path, "write"] as const)]);
}

/** The C++ as it will lie there, where files that are kept stay as they are. */
function sourcesWith(
  sources: readonly SourceFile[],
  files: readonly PlannedFile[],
  kept: ReadonlySet<string>,
): readonly SourceFile[] {
  const fresh = files.filter(({ path }) => isSource(path) && !kept.has(path));
  const paths = new Set(fresh.map(({ path }) => path));
  const texts = fresh.map(({ path, content }) => ({ path, text: textOf(content) }));
  return [...sources.filter(({ path }) => !paths.has(path)), ...texts].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const textOf = (content: string | Uint8Array): string =>
  typeof content === "string" ? content : new TextDecoder().decode(content);

/** What is known of the package once these files are there and those are gone. */
function withPages(facts: PackageFacts, added: readonly PlannedFile[], gone: ReadonlySet<string>): PackageFacts {
  const fresh = added.flatMap(({ path }) => /^docs\/((?:types|operators)\/[^/]+\.md)$/.exec(path)?.[1] ?? []);
  const pages = [...new Set([...facts.pages.filter((page) => !gone.has(`docs/${page}`)), ...fresh])].sort();
  return { ...facts, pages };
}

function tell(result: CommitResult, plan: Plan, io: Io): void {
  showBackups(result, io);
  showOrphans(plan, io);
  for (const kind of ["created", "updated", "removed"] as const) {
    if (result[kind].length > 0) io.out(`${kind}: ${result[kind].join(", ")}`);
  }
  if (result.created.length + result.updated.length + result.removed.length === 0) io.out("Nothing changed.");
}

/** Runs the tools of the hosts over what was written. */
async function completeHosts(
  { root, facts }: PackageSources,
  { files }: Generated,
  { created, updated, removed }: CommitResult,
  quiet: boolean,
  io: Io,
): Promise<void> {
  const pending = await pendingWork(root, facts.hosts, files);
  await runHostTools({ root, facts, files, pending, changed: [...created, ...updated, ...removed], quiet, io });
}

const listOf = (plan: Plan) =>
  plan.changes.filter(isOfInterest).map(({ kind, path, owner }) => ({ kind, path, owner }));

function documentOf({ id, answers, replay, remarks }: Addition, plan: Plan, result: CommitResult | null): string {
  const done =
    result === null
      ? { files: listOf(plan) }
      : {
          created: result.created,
          updated: result.updated,
          removed: result.removed,
          backups: result.backups,
        };
  return JSON.stringify({ id, answers, replay, remarks, ...done }, null, 2);
}
