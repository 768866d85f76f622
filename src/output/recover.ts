import { existsSync, lstatSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { OutputError, wrap } from "./errors.js";
import { type Backup, finishJournal, readJournal, undoJournal } from "./journal.js";
import { abandon, claimState, lockedError, release, sweep, takeOver } from "./lock.js";
import { JOURNAL_FOLDER, realRoot } from "./paths.js";

export interface Recovery {
  /** Which tree stands now: `none` when no run was cut short; `old` or `new` of the one that was. */
  readonly state: "none" | "old" | "new";
  /** Files that somebody put in the way since, and their new names: the old tree took its place back. */
  readonly aside: readonly Backup[];
  /** Originals that `--force` had promised to keep. */
  readonly backups: readonly Backup[];
}

const NOTHING: Recovery = { state: "none", aside: [], backups: [] };

/** The claim of a run that makes a new folder: beside it, so that one rename can put the folder in place. */
export const newFolderClaim = (name: string): string => `.${name}${JOURNAL_FOLDER}`;

/** Claims of runs that made this folder, or one of those it lies in. */
function claimsBeside(root: string): string[] {
  const found: string[] = [];
  for (let folder = root; dirname(folder) !== folder; folder = dirname(folder)) {
    const claim = join(dirname(folder), newFolderClaim(basename(folder)));
    if (lstatSync(claim, { throwIfNoEntry: false }) !== undefined) found.push(claim);
  }
  return found;
}

/** Ends what a journal began: backwards before its last move, forwards after it. The claim is this process's. */
export function settle(root: string, folder: string): Recovery {
  try {
    const read = readJournal(root, folder);
    let result: Recovery;
    if (read === null) result = { ...NOTHING, state: "old" };
    else if (read.phase === "open")
      result = { ...NOTHING, state: "old", aside: undoJournal(root, folder, read.journal) };
    else result = { ...NOTHING, state: "new", backups: finishJournal(root, folder, read.journal) };
    release(folder, root);
    return result;
  } catch (error) {
    if (existsSync(folder)) abandon(folder);
    throw error;
  }
}

/**
 * Ends a run that was killed while it wrote into `root`; to be called before the folder is looked at. A run that had
 * not made all of its moves is undone; one that had is finished, its backups named. Only the folders' own claims and
 * the litter of dead processes are removed.
 * @param options.dryRun says what there is to recover (`old`: it would be undone or finished) and touches nothing
 * @throws {LockedError} when that run is alive
 * @throws {OutputError} when its journal is damaged or the old files cannot be moved back
 */
export function recover(root: string, options: { readonly dryRun?: boolean } = {}): Recovery {
  const absolute = resolve(root);
  const real = realRoot(absolute);
  const journal = join(real.path, JOURNAL_FOLDER);
  const claims = claimsBeside(real.path);
  for (const claim of [...claims, journal]) {
    if (claimState(claim) === "live") throw lockedError(claim);
    if (lstatSync(claim, { throwIfNoEntry: false })?.isDirectory() === false) {
      throw new OutputError(`${claim} is no folder, and no run made it.`, "Remove it, then run again.");
    }
  }
  const hasJournal = claimState(journal) === "stale";
  if (options.dryRun === true) return claims.length > 0 || hasJournal ? { ...NOTHING, state: "old" } : NOTHING;
  try {
    for (const claim of claims) {
      takeOver(claim);
      release(claim, dirname(claim));
    }
    if (existsSync(dirname(real.path))) sweepQuietly(dirname(real.path));
    if (hasJournal) {
      takeOver(journal);
      return settle(real.path, journal);
    }
    if (real.exists) sweepQuietly(real.path);
    if (claims.length > 0) return { ...NOTHING, state: real.exists ? "new" : "old" };
    return NOTHING;
  } catch (error) {
    throw wrap(error, "Cannot recover from an earlier run into", absolute, "Its journal is still there.");
  }
}

/** Litter in a folder that may not be listed or written is no concern of this run. */
function sweepQuietly(folder: string): void {
  try {
    sweep(folder);
  } catch {
    // Left for a run that may.
  }
}
