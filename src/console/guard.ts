import type { Io } from "../io.js";
import { InterruptedError, OutputError } from "../output/errors.js";
import { EXIT } from "./exit-codes.js";

/**
 * Runs a command; a tree that could not be read or written becomes one sentence on what happened, one on what to do, and
 * an exit code. Wrong usage and Ctrl-C go on to the door, which says them alike for every command.
 */
export async function guarded(io: Io, command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    io.err(error.message);
    io.err(error.fix);
    return error instanceof InterruptedError ? EXIT.stopped : EXIT.failed;
  }
}
