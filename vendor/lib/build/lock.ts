import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";

/** Nobody works longer than this under a lock: an older one was left behind, and its process id may be somebody else's now. */
export const longestHold = 10 * 60_000;

/** A lock without a whole line in it is being written, or its writer was killed while it did so. */
const longestWrite = 5_000;

/** Takes the lock file, unless a living process holds it. What it returns gives it back; null where it is held. */
export function takeLock(file: string): (() => void) | null {
  if (isLocked(file)) return null;
  const mine = `${process.pid} ${Date.now()} ${Math.random()}\n`;
  removeStale(file);
  try {
    writeFileSync(file, mine, { flag: "wx" });
  } catch (error) {
    // Made and not filled, on a full disk: it must hold nobody up.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") rmSync(file, { force: true });
    return null;
  }
  return () => {
    if (read(file) === mine) rmSync(file, { force: true });
  };
}

/** Whether a process that still lives holds the lock. */
export function isLocked(file: string): boolean {
  const text = read(file);
  const age = text === null ? null : ageOf(file);
  if (text === null || age === null) return false;
  const pid = /^(\d+)\b.*\n$/.exec(text)?.[1];
  if (pid === undefined) return age < longestWrite;
  return age < longestHold && lives(Number(pid));
}

/** Moved aside first: between a look and a removal another process may have put its own there, which goes back. */
function removeStale(file: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (isLocked(aside)) linkSync(aside, file);
  } catch {
    // There was none, or a third process has the lock already.
  }
  rmSync(aside, { force: true });
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function ageOf(file: string): number | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  // A clock that was set back makes a lock of the future.
  return stat === undefined ? null : Math.abs(Date.now() - stat.mtimeMs);
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process lives too.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
