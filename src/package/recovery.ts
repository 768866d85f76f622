import type { Io } from "../io.js";
import { commandLine } from "../naming/command.js";
import type { CommitResult } from "../output/commit.js";
import { OutputError } from "../output/errors.js";
import { type Recovery, recover } from "../output/recover.js";

/**
 * Ends what a killed run left in a folder, before anything there is read, and says so on stderr.
 * @param readOnly whether this run may write nothing
 * @throws {OutputError} where it may not, and there is something to end
 */
export function recoverPackage(root: string, io: Io, readOnly = false): void {
  const recovery = recover(root, { dryRun: readOnly });
  if (readOnly && recovery.state !== "none") {
    throw new OutputError(
      `A run that was killed left ${root} half-written.`,
      `Run \`${commandLine("bind")}\` there: it ends that run first.`,
    );
  }
  showRecovery(recovery, { ...io, out: io.err });
}

/** What became of a run that was killed before this one. */
function showRecovery({ state, aside, backups }: Recovery, io: Io): void {
  if (state === "old") io.out("A run before this one was killed; the files are as they were before it.");
  if (state === "new") io.out("A run before this one was killed when all was written; it is finished now.");
  for (const { path, backup } of aside) io.out(`${path} was written since then; it is ${backup} now`);
  showBackups({ backups }, io);
}

export function showBackups({ backups }: Pick<CommitResult, "backups">, io: Io): void {
  for (const { path, backup } of backups) io.out(`${path} was overwritten; the old one is ${backup}`);
}
