import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Description } from "../model/description.js";
import type { SourceFile } from "../model/file.js";
import type { Module } from "../model/module.js";
import type { PackageFacts } from "../model/package.js";
import type { PlannedFile } from "../output/types.js";
import type { PrintedFile } from "../print/printer.js";
import { targets } from "../targets/list.js";
import { type GeneratorInput, readInput } from "./input.js";
import { loadParser } from "./parser.js";
import { type PipelineInput, runPipeline } from "./pipeline.js";
import { plannedFile } from "./planned.js";

export interface Generated {
  readonly module: Module;
  readonly files: readonly PlannedFile[];
  /** What the files hold. */
  readonly texts: readonly PrintedFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** The descriptions of the C ABI and the targets, in the order of their layers. */
  readonly described: readonly Description[];
  /** Whether a finding forbids to write anything. */
  readonly refused: boolean;
}

/** Runs the pipeline over sources in memory. */
export async function generate(root: string, sources: readonly SourceFile[], facts: PackageFacts): Promise<Generated> {
  return generateFrom(await readInput(root, sources, facts));
}

export async function generateFrom(input: GeneratorInput): Promise<Generated> {
  const { module, files, diagnostics, described } = runPipeline(await pipelineInput(input));
  return {
    module,
    texts: files,
    files: files.map(({ path, text, exports }) => plannedFile(path, text, exports)),
    diagnostics,
    described,
    refused: diagnostics.some((diagnostic) => diagnostic.severity === "error"),
  };
}

/** The input with a loaded parser and the targets of the product. */
export async function pipelineInput(input: GeneratorInput): Promise<PipelineInput> {
  return { ...input, parser: await loadParser(), targets };
}
