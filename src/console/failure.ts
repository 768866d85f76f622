import { type Io, PromptAborted } from "../io.js";
import { commandLine } from "../naming/command.js";

/**
 * Says on stderr what ended a command, in one sentence and what to do, and returns the exit code.
 * @param debug whether to print the stack of what was not foreseen
 */
export function reportFailure(error: unknown, io: Io, debug: boolean): number {
  if (error instanceof PromptAborted) {
    io.err(error.message);
    return 130;
  }
  if (!(error instanceof Error)) {
    io.err(`Something threw ${String(error)}. ${howToReport}`);
    return 1;
  }
  if (debug) io.err(error.stack ?? error.message);
  else io.err(sentence(error));
  return exitCodeOf(error) ?? 1;
}

const howToReport =
  "That is a fault of torch-extension: please report it, with what TORCH_EXTENSION_DEBUG=1 and " +
  `\`${commandLine("doctor")}\` print.`;

/** Errors that carry an exit code were written for people; so were the system's (`ENOSPC: no space left on device`). */
function sentence(error: Error): string {
  if (exitCodeOf(error) !== null) return error.message;
  if ("syscall" in error) return `The system refused: ${error.message}. Mend that, and run the same command again.`;
  return `${error.message.replace(/[.\s]*$/, "")}. ${howToReport}`;
}

function exitCodeOf(error: Error): number | null {
  return "exitCode" in error && typeof error.exitCode === "number" ? error.exitCode : null;
}
