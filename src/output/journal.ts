// What a commit into an existing folder is about to do, written down before the first move. In the journal's folder:
//   staged/<i>    the new content of entry i, until it is in place
//   backup/<i>    the old file of entry i, once it was moved out of the way
//   journal.json  there from the first move on; done.json instead once all moves are made
// Which moves were made is read off the disk, so a kill between any two system calls loses nothing.
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  writeSync,
} from "node:fs";
import { dirname, join, sep } from "node:path";
import { hashContent } from "./content.js";
import { OutputError, wrap } from "./errors.js";
import { badPath, locate } from "./paths.js";
import { syncFolder } from "./stage.js";

export interface JournalEntry {
  /** Relative to the root's real path, links resolved, forward slashes. */
  readonly path: string;
  /** SHA-256 of the new content; null for a removal. */
  readonly staged: string | null;
  /** Whether there is an old file. */
  readonly replaces: boolean;
  /** Whether the old file stays, as `<path>.orig`, when all is done. */
  readonly keepsOriginal: boolean;
}

export interface Journal {
  readonly schema: 1;
  readonly entries: readonly JournalEntry[];
  /** Folders that the commit makes, outermost first. */
  readonly folders: readonly string[];
}

export interface Backup {
  readonly path: string;
  readonly backup: string;
}

const OPEN = "journal.json";
const DONE = "done.json";

const exists = (file: string) => lstatSync(file, { throwIfNoEntry: false }) !== undefined;
const slot = (folder: string, kind: "staged" | "backup", index: number) => join(folder, kind, String(index));
const at = (root: string, path: string) => join(root, ...path.split("/"));

/** The paths of staged and saved files. */
export const stagedFile = (folder: string, index: number): string => slot(folder, "staged", index);

/** Makes the folders of a journal. */
export function prepareJournal(folder: string): void {
  mkdirSync(join(folder, "staged"));
  mkdirSync(join(folder, "backup"));
}

/** From here on the next run undoes what this one began. */
export function openJournal(folder: string, journal: Journal): void {
  const draft = join(folder, "draft.json");
  const descriptor = openSync(draft, "wx");
  try {
    const bytes = Buffer.from(`${JSON.stringify(journal, null, 1)}\n`);
    for (let offset = 0; offset < bytes.length; ) offset += writeSync(descriptor, bytes, offset);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  for (const kind of ["staged", "backup"]) syncFolder(join(folder, kind));
  renameSync(draft, join(folder, OPEN));
  syncFolder(folder);
}

/** From here on the new tree stands, and the next run finishes what is left. */
export function closeJournal(root: string, folder: string, journal: Journal): void {
  const touched = new Set(journal.entries.map((entry) => dirname(at(root, entry.path))));
  for (const path of touched) syncFolder(path);
  renameSync(join(folder, OPEN), join(folder, DONE));
  syncFolder(folder);
}

/**
 * The journal of an earlier run, and how far it came; null before its first move.
 * @throws {OutputError} when it was damaged, or names a place outside the root
 */
export function readJournal(root: string, folder: string): { phase: "open" | "done"; journal: Journal } | null {
  const name = [OPEN, DONE].find((candidate) => exists(join(folder, candidate)));
  if (name === undefined) return null;
  const file = join(folder, name);
  const fix = `Look into ${folder}: old files lie in backup/, numbered as in ${name}. Move them back, delete the folder, and run again.`;
  try {
    const journal = JSON.parse(readFileSync(file, "utf8")) as Journal;
    const paths = [...journal.entries.map((entry) => entry.path), ...journal.folders];
    if (journal.schema !== 1) throw new OutputError(`${file} was written by another version of the generator.`, fix);
    for (const path of paths) {
      const location = badPath(path) === null ? locate(root, path) : null;
      if (location === null || (location.kind === "obstacle" && location.leaves)) {
        throw new OutputError(`${file} names a place outside the package: ${path}.`, fix);
      }
    }
    return { phase: name === OPEN ? "open" : "done", journal };
  } catch (error) {
    if (error instanceof OutputError) throw error;
    throw new OutputError(`${file} is damaged.`, fix, { cause: error });
  }
}

/** Makes all moves. A rename never meets a file: what was in the way was looked at before, and moved away first. */
export function applyJournal(root: string, folder: string, journal: Journal): void {
  let place = "";
  try {
    for (place of journal.folders) mkdirSync(at(root, place));
    for (const [index, entry] of journal.entries.entries()) {
      place = entry.path;
      const target = at(root, entry.path);
      if (entry.replaces) renameSync(target, slot(folder, "backup", index));
      if (entry.staged !== null) renameSync(slot(folder, "staged", index), target);
    }
  } catch (error) {
    throw wrap(error, "Cannot write", at(root, place), "No file was changed.");
  }
}

/** The first of `<path>.orig`, `<path>.orig.1`, … that is free. */
function freeName(file: string): string {
  for (let count = 0; ; count++) {
    const name = count === 0 ? `${file}.orig` : `${file}.orig.${count}`;
    if (!exists(name)) return name;
  }
}

function holds(file: string, hash: string | null): boolean {
  try {
    return hash !== null && lstatSync(file).isFile() && hashContent(readFileSync(file)) === hash;
  } catch {
    return false;
  }
}

/** Keeps what somebody else put where an old file goes. */
function setAside(root: string, file: string): Backup {
  const name = freeName(file);
  renameSync(file, name);
  const relative = (path: string) =>
    path
      .slice(root.length + 1)
      .split(sep)
      .join("/");
  return { path: relative(file), backup: relative(name) };
}

/**
 * Undoes every move that was made, last first; may be run again after a kill in its own middle.
 * @returns files that the user made there since, and where they were put
 */
export function undoJournal(root: string, folder: string, journal: Journal): readonly Backup[] {
  const aside: Backup[] = [];
  for (const [index, entry] of [...journal.entries.entries()].reverse()) {
    const target = at(root, entry.path);
    const staged = slot(folder, "staged", index);
    const backup = slot(folder, "backup", index);
    if (entry.replaces) {
      if (!exists(backup)) continue;
      if (exists(target)) {
        if (holds(target, entry.staged) && !exists(staged)) renameSync(target, staged);
        else aside.push(setAside(root, target));
      }
      renameSync(backup, target);
    } else if (!exists(staged) && holds(target, entry.staged)) {
      // A new file that the user has edited since is user-owned and stays.
      renameSync(target, staged);
    }
  }
  for (const path of [...journal.folders].reverse()) removeIfEmpty(at(root, path));
  return aside;
}

/** Whether the folder is gone now, whoever removed it. */
function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
  } catch {
    // It holds something, or may not be removed, or is gone.
  }
  return !exists(folder);
}

/** After all moves: originals to their `.orig` names, and folders that removals left empty away. May be run again. */
export function finishJournal(root: string, folder: string, journal: Journal): readonly Backup[] {
  const kept: Backup[] = [];
  for (const [index, entry] of journal.entries.entries()) {
    const target = at(root, entry.path);
    const backup = slot(folder, "backup", index);
    if (entry.keepsOriginal && exists(backup)) {
      const name = freeName(target);
      renameSync(backup, name);
      kept.push({ path: entry.path, backup: entry.path + name.slice(target.length) });
    }
    if (entry.staged !== null) continue;
    for (let parent = dirname(target); parent.startsWith(root + sep); parent = dirname(parent)) {
      if (!removeIfEmpty(parent)) break;
    }
  }
  return kept;
}
