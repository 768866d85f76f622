import type { Io } from "../io.js";
import type { PackageFacts } from "../model/package.js";
import type { PlannedFile } from "../output/types.js";

/** Tools of a host language that make files of their own from generated files, as Rcpp and roxygen2 do for R. */
export interface HostTools {
  /** What they have to make again once these files are written. */
  pending(root: string, files: readonly PlannedFile[]): Promise<readonly PendingWork[]>;
  /** Runs them, or prints the command that a user can run where they exist. */
  run(request: ToolRun): Promise<void>;
  /** Prints what a package that was not started by this generator lacks. */
  advise(
    root: string,
    facts: PackageFacts,
    run: { readonly pending: readonly PendingWork[]; readonly first: boolean },
    io: Io,
  ): Promise<void>;
}

export interface PendingWork {
  readonly id: string;
  /** The tool and its files: `Rcpp: src/RcppExports.cpp, R/RcppExports.R`. */
  readonly title: string;
  /** What is out of date, in a sentence. */
  readonly drift: string;
}

export interface ToolRun {
  readonly root: string;
  readonly facts: PackageFacts;
  /** The generated files. */
  readonly files: readonly PlannedFile[];
  readonly pending: readonly PendingWork[];
  /** Paths that this run wrote or removed. */
  readonly changed: readonly string[];
  /** Whether to print nothing about a success. */
  readonly quiet: boolean;
  readonly io: Io;
}
