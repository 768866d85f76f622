import { type Io, PromptAborted } from "../io.js";
import { InterruptedError, OutputError } from "../output/errors.js";
import { UsageError } from "../scaffold/flags.js";
import { EXIT } from "./exit-codes.js";

/** Runs a command; what it may throw becomes one sentence on what happened, one on what to do, and an exit code. */
export async function guarded(io: Io, command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (error instanceof PromptAborted) {
      io.err("Stopped: nothing was written.");
      return EXIT.stopped;
    }
    if (error instanceof UsageError) {
      io.err(error.message);
      return EXIT.usage;
    }
    if (error instanceof OutputError) {
      io.err(error.message);
      io.err(error.fix);
      return error instanceof InterruptedError ? EXIT.stopped : EXIT.failed;
    }
    throw error;
  }
}
