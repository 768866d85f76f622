/** A run that could not be planned or carried out. The message says what happened and where, `fix` what mends it. */
export class OutputError extends Error {
  readonly fix: string;

  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "OutputError";
    this.fix = fix;
  }
}

/** Another process writes into the same folder just now. */
export class LockedError extends OutputError {
  readonly pid: number;

  constructor(message: string, fix: string, pid: number) {
    super(message, fix);
    this.name = "LockedError";
    this.pid = pid;
  }
}

/** A signal came while files were written. `tree` says which of the two whole trees is on the disk. */
export class InterruptedError extends OutputError {
  readonly signal: NodeJS.Signals;
  readonly tree: "old" | "new";
  readonly exitCode = 130;

  constructor(signal: NodeJS.Signals, tree: "old" | "new") {
    super(
      tree === "old" ? `Stopped by ${signal}: nothing was changed.` : `Stopped by ${signal}: all files were written.`,
      tree === "old" ? "Run the same command again." : "Nothing is left to do for the files.",
    );
    this.name = "InterruptedError";
    this.signal = signal;
    this.tree = tree;
  }
}

const SYSTEM: Readonly<Record<string, readonly [what: string, fix: string]>> = {
  ENOSPC: ["the disk is full", "Free some space there, then run again."],
  EDQUOT: ["your disk quota is used up", "Free some space there, then run again."],
  EACCES: ["permission denied", "Give yourself the right to write there, or choose another folder."],
  EPERM: ["the system does not permit it", "Give yourself the right to write there, or choose another folder."],
  EROFS: ["the file system is read-only", "Choose a folder that can be written."],
  EXDEV: [
    "it lies on another file system than the package's root",
    "Unmount it while you run this, then mount it again.",
  ],
  ENAMETOOLONG: ["the name is too long for the file system", "Choose a shorter name or folder."],
  EMFILE: ["too many files are open", "Close other programs, or raise the limit (ulimit -n), then run again."],
};

/** The `code` of a system error, or "" for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/**
 * An OutputError for whatever was thrown while something was done at a place: `wrap(e, "Cannot write", "csrc/a.cpp", …)`.
 * An OutputError passes through as it is. `after` is the sentence that says in what state the files are.
 */
export function wrap(error: unknown, doing: string, place: string, after: string): OutputError {
  if (error instanceof OutputError) return error;
  const known = SYSTEM[errorCode(error)];
  const what = known?.[0] ?? (error instanceof Error ? error.message : String(error));
  const fix = known?.[1] ?? "Mend that, then run again.";
  return new OutputError(`${doing} ${place}: ${what}. ${after}`.trimEnd(), fix, { cause: error });
}
