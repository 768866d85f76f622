import type { Io } from "../io.js";
import { OutputError } from "../output/errors.js";
import { recover } from "../output/recover.js";
import { showRecovery } from "./report.js";

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
      "Run `torch-extension bind` there: it ends that run first.",
    );
  }
  showRecovery(recovery, { ...io, out: io.err });
}
