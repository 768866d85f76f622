// `torch-extension upgrade`: what is vendored and generated as this version has it, and for the person's files the change of
// their templates.

import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { askConsent, showAsked } from "../console/consent.js";
import { EXIT } from "../console/exit-codes.js";
import { showDiagnostics } from "../console/findings.js";
import { guarded } from "../console/guard.js";
import { showOrphans } from "../console/report.js";
import { generate } from "../generate/generate.js";
import type { Io } from "../io.js";
import { pendingWork, runHostTools } from "../machine/hosts.js";
import type { PackageFacts } from "../model/package.js";
import { commandLine } from "../naming/command.js";
import { type CommitResult, commitPlan } from "../output/commit.js";
import { OutputError } from "../output/errors.js";
import { readManifest } from "../output/manifest.js";
import { MANIFEST_FILE } from "../output/paths.js";
import { planChanges } from "../output/plan.js";
import { type Change, type Manifest, OWNERS, type Plan, type PlannedFile } from "../output/types.js";
import { packageFacts } from "../package/facts.js";
import { recoverPackage, showBackups } from "../package/recovery.js";
import { readSources } from "../package/sources.js";
import { isTorchexports } from "../package/torchexport.js";
import { readYoRcText } from "../questions/setting.js";
import { storedAnswers } from "../questions/stored-answers.js";
import { writeYoRc } from "../questions/yo-rc.js";
import { readTemplateFiles } from "../templates/template-files.js";
import { scaffold } from "../templates/templates.js";
import { patchOf, showTemplates, type TemplateChange, templateChanges } from "./template-changes.js";
import { isNewer } from "./version.js";

export interface UpgradeRequest {
  readonly folder: string;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly json: boolean;
  /** Where to write what changed in templates, or null. */
  readonly patch: string | null;
  readonly io: Io;
}

/** Brings a package to this version of the generator, and leaves every user-owned file as it is. */
export function upgradePackage(request: UpgradeRequest): Promise<number> {
  return guarded(request.io, () => upgrade(request));
}

async function upgrade(request: UpgradeRequest): Promise<number> {
  const { folder, dryRun, force, json, patch, io } = request;
  const root = resolve(io.cwd, folder);
  if (patch !== null && existsSync(resolve(io.cwd, patch))) {
    throw new OutputError(`${patch} is there already.`, "Name another file for --patch, or remove that one.");
  }
  recoverPackage(root, io, dryRun);
  const found = await lookAt(root, json, io);
  if (json) io.out(documentOf(found));
  const { plan, facts, version } = found;
  if (plan === null) return EXIT.refused;

  const decisions = dryRun ? new Map() : await askConsent(plan, io, { force, ask: !json });
  if (decisions === null) {
    io.err("Stopped: nothing was written.");
    return EXIT.failed;
  }
  const result = await commitPlan({ plan, decisions, generator: version, names: facts.names, dryRun });
  const text = patchOf(found.templates);
  const written = patch !== null && text !== "" ? patch : null;
  if (written !== null) writeFileSync(resolve(io.cwd, written), text);
  if (!json) tell(request, found, plan, result, written);
  if (dryRun) return EXIT.done;
  await runHostTools({
    root,
    facts,
    files: found.generated,
    pending: await pendingWork(root, facts.hosts, found.generated),
    changed: [...result.created, ...result.updated, ...result.removed],
    quiet: json,
    io,
  });
  return EXIT.done;
}

/** What an upgrade of a package would do. */
interface Found {
  readonly from: string;
  readonly version: string;
  readonly facts: PackageFacts;
  readonly generated: readonly PlannedFile[];
  /** Null where the C++ is refused. */
  readonly plan: Plan | null;
  readonly templates: readonly TemplateChange[];
  /** User-owned files that a new package has and this one lacks. */
  readonly additions: readonly string[];
}

async function lookAt(root: string, json: boolean, io: Io): Promise<Found> {
  const manifest = readManifest(root);
  if (manifest === null) {
    throw new OutputError(
      `${root} has no ${MANIFEST_FILE}: nothing in it was written by this generator.`,
      `Go into the package's folder, or name it. \`${commandLine("bind")}\` generates the bindings of a package that has none yet.`,
    );
  }
  const [{ files: ours, version }, facts] = await Promise.all([readTemplateFiles(), packageFacts(root, manifest)]);
  if (isNewer(manifest.generator, version)) {
    throw new OutputError(
      `The package was written by generator-torch-extension ${manifest.generator}, and this is ${version}.`,
      "Update the generator: npm install -g generator-torch-extension@latest.",
    );
  }
  const written = await scaffolded(root, manifest, ours, io);
  const sources = await readSources(root, manifest);
  const { files: generated, diagnostics, refused } = await generate(root, sources, facts);
  if (!json) showDiagnostics(diagnostics, sources, io);
  const found = { from: manifest.generator, version, facts, generated };
  if (refused) return { ...found, plan: null, templates: [], additions: [] };
  const files = [...written, ...generated];
  const whole = planChanges({ root, files, manifest, scope: OWNERS, adopt: isTorchexports });
  const { plan, additions } = withoutAdditions(whole);
  return { ...found, plan, templates: templateChanges(plan, manifest), additions };
}

function tell(
  { dryRun, io }: UpgradeRequest,
  { from, version, templates, additions }: Found,
  plan: Plan,
  result: CommitResult,
  patch: string | null,
): void {
  showBackups(result, io);
  showOrphans(plan, io);
  let count = 0;
  for (const kind of ["created", "updated", "removed"] as const) {
    const paths = result[kind].filter((path) => path !== MANIFEST_FILE);
    if (paths.length > 0) io.out(`${dryRun ? "would be " : ""}${kind}: ${paths.join(", ")}`);
    count += result[kind].length;
  }
  if (dryRun) showAsked(plan, io);
  showTemplates(templates, patch, io);
  if (additions.length > 0) {
    io.out(
      `A package that is started today also has ${additions.join(", ")}: \`${commandLine("new")}\` in yours adds that.`,
    );
  }
  io.out(count === 0 ? `Up to date with generator-torch-extension ${version}.` : summary(from, version, dryRun));
}

function summary(from: string, to: string, dryRun: boolean): string {
  const versions = from === to ? `generator-torch-extension ${to}` : `generator-torch-extension ${from} to ${to}`;
  return dryRun
    ? `Nothing was written: a dry run of ${versions}.`
    : `Upgraded: ${versions}. Next: ${commandLine("build")}`;
}

/** What this version would write for the package's answers; nothing for a package that only has its bindings from us. */
async function scaffolded(
  root: string,
  manifest: Manifest,
  files: Awaited<ReturnType<typeof readTemplateFiles>>["files"],
  io: Io,
): Promise<readonly PlannedFile[]> {
  if (Object.keys(manifest.files.vendored).length === 0) return [];
  const [answers, yoRc] = await Promise.all([storedAnswers(root, manifest, io), readYoRcText(root)]);
  return scaffold(answers, { files, yoRc: writeYoRc(answers, yoRc) });
}

/** Removes user-owned files from the plan, since an upgrade does not add them. Returns the plan and their paths. */
function withoutAdditions(plan: Plan): { readonly plan: Plan; readonly additions: readonly string[] } {
  const isAddition = ({ owner, kind }: Change): boolean =>
    owner === "userOwned" && (kind === "create" || kind === "collision" || kind === "update");
  const additions = plan.changes.filter((change) => isAddition(change) && change.kind === "create");
  return {
    plan: { ...plan, changes: plan.changes.filter((change) => !isAddition(change)) },
    additions: additions.map(({ path }) => path).filter((path) => path !== ".yo-rc.json"),
  };
}

function documentOf({ from, version, plan, templates, additions }: Found): string {
  const files = (plan?.changes ?? []).map(({ path, owner, kind }) => ({ path, owner, change: kind }));
  return JSON.stringify({ from, to: version, files, templates, additions }, null, 2);
}
