// Carries out a decided plan, all or nothing. A run that is killed before its last move is undone by the next one, one
// killed after it is finished (recover.ts): the result never depends on how many moves were done.

import { existsSync, lstatSync, mkdirSync, renameSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import type { PackageNames } from "../model/package.js";
import { InterruptedError, OutputError, wrap } from "./errors.js";
import {
  applyJournal,
  type Backup,
  closeJournal,
  finishJournal,
  openJournal,
  prepareJournal,
  stagedFile,
} from "./journal.js";
import { claim, release } from "./lock.js";
import { nextManifest } from "./manifest.js";
import { decideOperations, likeOf, manifestOperation, type Operation, placeOperations } from "./operations.js";
import { JOURNAL_FOLDER, realRoot } from "./paths.js";
import { newFolderClaim, type Recovery, settle } from "./recover.js";
import { deliverSignals, type SignalWatch, watchSignals } from "./signals.js";
import { stageAll, syncFolder } from "./stage.js";
import type { Decision, Manifest, Plan } from "./types.js";

export interface CommitRequest {
  readonly plan: Plan;
  /** By path, for changes of kind `edited`, `collision` and `deleted`. */
  readonly decisions?: ReadonlyMap<string, Decision>;
  /** Version of the generator, for the manifest. */
  readonly generator: string;
  readonly names: PackageNames;
  /** What the manifest says was added from now on; left out: what it says already. */
  readonly additions?: Manifest["additions"];
  /** Touch nothing, and say what would be done. */
  readonly dryRun?: boolean;
}

export interface CommitResult {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  /** Files that were overwritten by consent, and where the old ones are. Empty in a dry run. */
  readonly backups: readonly Backup[];
  readonly manifest: Manifest;
}

/** Decisions for everything that asks for consent, as `--force` makes them. User-owned files stay unchanged. */
export function forceDecisions(plan: Plan): ReadonlyMap<string, Decision> {
  const asked = plan.changes.filter(({ kind }) => kind === "edited" || kind === "collision");
  return new Map(asked.map(({ path }) => [path, "write"]));
}

/** The folder that exists, and the first name below it that does not. */
function anchorOf(root: string): { readonly anchor: string; readonly head: string; readonly rest: string } {
  let missing = root;
  while (!existsSync(dirname(missing))) missing = dirname(missing);
  const anchor = realRoot(dirname(missing)).path;
  return { anchor, head: basename(missing), rest: root.slice(missing.length) };
}

/** @throws {OutputError} when something is where the new folder goes */
function checkFree(target: string): void {
  const stat = lstatSync(target, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isSymbolicLink())
    throw new OutputError(`${target} is a link to nothing.`, "Remove it, or choose another name.");
  throw new OutputError(`${target} was made by somebody else meanwhile.`, "Run again.");
}

/** A new folder: written in full beside its place, then put there by one rename. */
async function commitNew(root: string, operations: readonly Operation[]): Promise<readonly Backup[]> {
  const { anchor, head, rest } = anchorOf(root);
  const target = join(anchor, head);
  // Signals are held back before there is anything to clean up, and given back when nothing is left.
  let folder: string | null = null;
  const giveBack = () => {
    if (folder !== null && existsSync(folder)) release(folder, anchor);
  };
  const watch = watchSignals(giveBack);
  try {
    folder = claim(anchor, newFolderClaim(head));
    checkFree(target);
    const tree = join(folder, "tree", rest);
    const files = operations.flatMap(({ path, after, executable }) =>
      after === null ? [] : [{ file: join(tree, ...path.split("/")), bytes: after, executable, like: null }],
    );
    const folders = new Set(files.map(({ file }) => dirname(file)));
    for (const path of folders) mkdirSync(path, { recursive: true });
    await stageAll(files, () => watch.signal() !== null);
    throwIfStopped(watch.signal(), "old");
    for (const path of folders) syncFolder(path);
    checkFree(target);
    renameSync(join(folder, "tree"), target);
    syncFolder(anchor);
    giveBack();
    await deliverSignals();
    throwIfStopped(watch.signal(), "new");
    return [];
  } finally {
    giveBack();
    watch.end();
  }
}

function throwIfStopped(signal: NodeJS.Signals | null, tree: "old" | "new"): void {
  if (signal !== null) throw new InterruptedError(signal, tree);
}

/** Folders that have to be made for the files, outermost first, relative to the root. */
function missingFolders(root: string, files: readonly string[]): string[] {
  const missing = new Set<string>();
  for (const file of files) {
    for (let folder = dirname(file); folder !== root && !existsSync(folder); folder = dirname(folder)) {
      missing.add(
        folder
          .slice(root.length)
          .split(sep)
          .filter((segment) => segment !== "")
          .join("/"),
      );
    }
  }
  return [...missing].sort();
}

/** An existing folder: staged inside it, then moved file by file under a journal. */
async function commitInto(root: string, operations: readonly Operation[]): Promise<readonly Backup[]> {
  let folder: string | null = null;
  const watch = watchSignals(() => {
    if (folder !== null && existsSync(folder)) settle(root, folder);
  });
  try {
    folder = claim(root, JOURNAL_FOLDER);
    const backups = await writeUnderJournal(root, folder, operations, watch);
    await deliverSignals();
    throwIfStopped(watch.signal(), "new");
    return backups;
  } finally {
    watch.end();
  }
}

async function writeUnderJournal(
  root: string,
  folder: string,
  operations: readonly Operation[],
  watch: SignalWatch,
): Promise<readonly Backup[]> {
  try {
    prepareJournal(folder);
    const staged = placeOperations(root, operations).flatMap((place, index) => {
      const { after, executable } = place.operation;
      if (after === null) return [];
      return [{ file: stagedFile(folder, index), bytes: after, executable, like: likeOf(place) }];
    });
    await stageAll(staged, () => watch.signal() !== null);
    throwIfStopped(watch.signal(), "old");
    // From here to the end of the moves nothing yields: no signal and no other code of this process comes between.
    const places = placeOperations(root, operations);
    const written = places.filter(({ entry }) => entry.staged !== null).map(({ real }) => real);
    const journal = {
      schema: 1,
      entries: places.map(({ entry }) => entry),
      folders: missingFolders(root, written),
    } as const;
    openJournal(folder, journal);
    applyJournal(root, folder, journal);
    closeJournal(root, folder, journal);
    const backups = finishJournal(root, folder, journal);
    release(folder, root);
    return backups;
  } catch (error) {
    return endAfter(error, root, folder);
  }
}

/**
 * After an error: puts the old tree back and throws the error again; ends the commit where all moves had been made.
 * @throws {OutputError} as said, or when the old tree cannot be put back
 */
function endAfter(cause: unknown, root: string, folder: string): readonly Backup[] {
  let recovery: Recovery;
  try {
    recovery = settle(root, folder);
  } catch (error) {
    const [first, second] = [cause, error].map((each) => (each instanceof Error ? each.message : String(each)));
    throw new OutputError(
      `${first} And what was begun could not be ended: ${second}`,
      `Mend that, then run again: the old files lie in ${folder} and are moved back first.`,
      { cause },
    );
  }
  if (recovery.state === "new") return recovery.backups;
  throw cause;
}

/**
 * Carries out the plan with these decisions: afterwards every file is as planned, or, when this throws, as it was.
 * Files that are as planned already are not touched. `recover(root)` and then `planChanges` come before it.
 * @throws {OutputError} no consent for a collision or an edited file; another run; a file that changed since the plan;
 *   a system error (disk full, no permission)
 * @throws {InterruptedError} SIGINT, SIGTERM or SIGHUP came: the old tree or the new one stands; exit with 130
 */
export async function commitPlan(request: CommitRequest): Promise<CommitResult> {
  const { plan, generator, names, dryRun = false } = request;
  const given = request.decisions ?? new Map<string, Decision>();
  const decisions = dryRun ? new Map([...forceDecisions(plan), ...given]) : given;
  const root = realRoot(plan.root);
  const files = decideOperations(plan, decisions);
  const manifest = nextManifest(plan, decisions, generator, names, request.additions);
  const last = manifestOperation(root.path, plan.previous, manifest);
  const operations = last === null ? files : [...files, last];
  let backups: readonly Backup[] = [];
  if (operations.length > 0 && !dryRun) {
    try {
      backups = root.exists ? await commitInto(root.path, operations) : await commitNew(root.path, operations);
    } catch (error) {
      throw wrap(error, "Cannot write into", plan.root, "Nothing was changed.");
    }
  }
  const pathsOf = (is: (operation: Operation) => boolean) => operations.filter(is).map(({ path }) => path);
  return {
    created: pathsOf(({ before }) => before === null),
    updated: pathsOf(({ before, after }) => before !== null && after !== null),
    removed: pathsOf(({ after }) => after === null),
    backups,
    manifest,
  };
}
