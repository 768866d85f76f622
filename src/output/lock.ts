// One writer per folder. A claim is a folder that is made under a name of its own, with the owner's lock.json in it,
// and then renamed to the name that all runs agree on: there is no moment in which a claim has no owner.
import { randomUUID } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import tmp from "tmp";
import { hashContent } from "./content.js";
import { errorCode, LockedError, OutputError } from "./errors.js";

const PREFIX = ".torch-extension";
/** What `tmp` makes of the prefix: claims on their way in or out, litter once their process is dead. */
const PASSING = /^\.torch-extension-(\d+)-[0-9A-Za-z]{12}$/;
const LOCK = "lock.json";

interface Lock {
  readonly pid: number;
  readonly host: string;
  /** Tells a process from a later one with the same pid; null where the system does not say. */
  readonly started: string | null;
  readonly since: string;
  /** No two locks are the same. */
  readonly nonce: string;
}

/** Linux: boot and start time of a process, "" for one that is gone or a zombie. Null where there is no /proc. */
function startOf(pid: number): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    let stat: string;
    try {
      stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    } catch {
      return null;
    }
    // The second field, the command in parentheses, may hold anything; the start time is field 22.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? "" : `${boot}:${fields[19]}`;
  } catch {
    return null;
  }
}

function isAlive(pid: number, started: string | null): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== "EPERM") return false;
  }
  const now = startOf(pid);
  return now !== "" && (now === null || started === null || now === started);
}

function readOwn(folder: string): string | null {
  try {
    return readFileSync(join(folder, LOCK), "utf8");
  } catch {
    return null;
  }
}

/** Where the next owner of a claim puts its lock: a name that only one process can be the first to use. */
const successor = (folder: string, lock: string) => join(folder, `taken-${hashContent(lock).slice(0, 16)}`);

/** The lock that counts: that of the last process that took the claim over. "" where there is none. */
function currentLock(folder: string): string {
  let lock = readOwn(folder) ?? "";
  for (let next = readOwn(successor(folder, lock)); next !== null; next = readOwn(successor(folder, lock))) lock = next;
  return lock;
}

function parseLock(text: string): Lock | null {
  try {
    const lock = JSON.parse(text);
    return Number.isInteger(lock.pid) && lock.pid > 0 && typeof lock.host === "string" ? lock : null;
  } catch {
    return null;
  }
}

function makeLock(): string {
  const lock: Lock = {
    pid: process.pid,
    host: hostname(),
    started: startOf(process.pid),
    since: new Date().toISOString(),
    nonce: randomUUID(),
  };
  return `${JSON.stringify(lock)}\n`;
}

/** Processes of another machine cannot be asked: their lock counts until the user deletes it. */
const holdsStill = (lock: Lock | null) =>
  lock !== null && (lock.host !== hostname() || isAlive(lock.pid, lock.started));

/** Whether there is a claim at that path, and its owner lives. A claim without a readable lock is stale. */
export function claimState(folder: string): "none" | "live" | "stale" {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return "none";
  return holdsStill(parseLock(currentLock(folder))) ? "live" : "stale";
}

/** The error for a claim that somebody else holds. */
export function lockedError(folder: string): OutputError {
  const lock = parseLock(currentLock(folder));
  if (lock === null || !holdsStill(lock)) {
    return new OutputError(`Another run left ${folder} just now.`, "Run again.");
  }
  const { pid, host, since } = lock;
  if (host === hostname()) {
    const message = `Another run (process ${pid}, since ${since}) writes here: it holds ${folder}.`;
    return new LockedError(message, `Wait until it ends, or stop it (kill ${pid}), then run again.`, pid);
  }
  return new LockedError(
    `A run on another machine (${host}, process ${pid}, since ${since}) writes here: it holds ${folder}.`,
    `When that process is gone, delete ${join(folder, LOCK)} and run again: what it had begun is then undone.`,
    pid,
  );
}

/** A new folder that holds a lock, to be renamed to where the lock shall count. */
function makePassing(parent: string, lock: string): string {
  const made = tmp.dirSync({ tmpdir: parent, prefix: PREFIX, keep: true }).name;
  try {
    writeFileSync(join(made, LOCK), lock);
    writeFileSync(join(made, ".gitignore"), "*\n");
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    throw error;
  }
  return made;
}

/**
 * Makes the claim `parent/name` for this process.
 * @returns its path
 * @throws {OutputError} LockedError when another process holds it; system errors as they are
 */
export function claim(parent: string, name: string): string {
  const folder = join(parent, name);
  if (claimState(folder) !== "none") throw lockedError(folder);
  const made = makePassing(parent, makeLock());
  try {
    renameSync(made, folder);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    // The rename fails where somebody else's claim came first: a folder never replaces one that holds something.
    if (claimState(folder) !== "none") throw lockedError(folder);
    throw error;
  }
  return folder;
}

/** Adds a lock to the claim, after the one that was seen last. */
function succeed(folder: string, seen: string, lock: string): void {
  const made = makePassing(folder, lock);
  try {
    renameSync(made, successor(folder, seen));
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    if (currentLock(folder) === seen) throw error;
  }
}

/**
 * Makes a stale claim this process's own. Of two that try, one does.
 * @throws {OutputError} LockedError when another process was first; system errors as they are
 */
export function takeOver(folder: string): void {
  const seen = currentLock(folder);
  if (holdsStill(parseLock(seen))) throw lockedError(folder);
  const lock = makeLock();
  succeed(folder, seen, lock);
  if (currentLock(folder) !== lock) throw lockedError(folder);
}

/** Gives a claim back: away under another name first, so that no half-deleted claim is ever seen. */
export function release(folder: string, parent: string): void {
  const away = tmp.tmpNameSync({ tmpdir: parent, prefix: PREFIX });
  renameSync(folder, away);
  try {
    rmSync(away, { recursive: true, force: true });
  } catch {
    // Litter by now: a later run sweeps it.
  }
}

/** Leaves a claim of this process to the next run, which recovers from it. */
export function abandon(folder: string): void {
  succeed(folder, currentLock(folder), `left ${randomUUID()}\n`);
}

/** Removes what killed processes left on the way into or out of a claim. Holds nothing that anybody needs. */
export function sweep(parent: string): void {
  for (const name of readdirSync(parent)) {
    const match = PASSING.exec(name);
    if (match === null) continue;
    const folder = join(parent, name);
    const lock = parseLock(readOwn(folder) ?? "");
    if (lock !== null && lock.host !== hostname()) continue;
    if (!isAlive(Number(match[1]), lock?.started ?? null)) rmSync(folder, { recursive: true, force: true });
  }
}
