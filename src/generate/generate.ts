import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../model/file.js";
import type { Module } from "../model/module.js";
import type { PlannedFile } from "../output/types.js";
import type { PackageFacts } from "../package/facts.js";
import { type GeneratorInput, readInput } from "./input.js";
import { loadParser } from "./parser.js";
import { runPipeline } from "./pipeline.js";
import { plannedFile } from "./planned.js";

export interface Generated {
  readonly module: Module;
  readonly files: readonly PlannedFile[];
  /** What the files hold. */
  readonly texts: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Whether a finding forbids to write anything. */
  readonly refused: boolean;
}

/** Runs the pipeline over sources in memory. */
export async function generate(root: string, sources: readonly SourceFile[], facts: PackageFacts): Promise<Generated> {
  return generateFrom(await readInput(root, sources, facts));
}

export async function generateFrom(input: GeneratorInput): Promise<Generated> {
  const { module, files, diagnostics } = runPipeline({ parser: await loadParser(), ...input });
  return {
    module,
    texts: files,
    files: files.map(({ path, text }) => plannedFile(path, text)),
    diagnostics,
    refused: diagnostics.some((diagnostic) => diagnostic.severity === "error"),
  };
}
