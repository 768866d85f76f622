import { join } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { renderDiagnostic } from "../diagnostics/render.js";
import type { Io } from "../io.js";
import type { SourceFile } from "../ir/file.js";
import type { Module } from "../ir/module.js";
import type { PlannedFile } from "../output/types.js";
import { type PipelineInput, runPipeline } from "../pipeline.js";
import { readRSupport } from "../scaffold/r-support.js";
import { loadParser } from "../toolchain/grammar.js";
import type { PackageFacts } from "./names.js";
import { isGenerated, readIfThere } from "./sources.js";
import { switchedFiles } from "./switched.js";

export interface Generated {
  readonly module: Module;
  readonly files: readonly PlannedFile[];
  /** What the files hold. */
  readonly texts: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Whether a finding forbids to write anything. */
  readonly refused: boolean;
}

/** Runs the pipeline over sources in memory; of the disk it looks at the `.def` alone, whose hand-written lines it keeps. */
export async function generate(
  root: string,
  sources: readonly SourceFile[],
  { names, hosts, mode }: PackageFacts,
): Promise<Generated> {
  const [parser, def, beside, r] = await Promise.all([
    loadParser(),
    readIfThere(join(root, "csrc", "src", `${names.nativeName}.def`)),
    mode === "switched" ? switchedFiles(root, names.nativeName) : undefined,
    mode === "ours" && hosts.includes("r") ? rSide(root, names.nativeName) : undefined,
  ]);
  const { module, files, diagnostics } = runPipeline({
    parser,
    sources,
    ...names,
    hosts,
    mode,
    def,
    switchedFiles: beside,
    r,
  });
  return {
    module,
    texts: files,
    // A .def holds the person's lines too, so that it is never asked about.
    files: files.map(({ path, text }) => ({ path, content: text, owner: "generated", merged: path.endsWith(".def") })),
    diagnostics,
    refused: diagnostics.some((diagnostic) => diagnostic.severity === "error"),
  };
}

async function rSide(root: string, nativeName: string): Promise<PipelineInput["r"]> {
  const [support, types] = await Promise.all([readRSupport(), readIfThere(join(root, "src", `${nativeName}_types.h`))]);
  return { support, ownTypes: types !== null && !isGenerated(types) };
}

/** Shows every finding, each with its line and caret. */
export function showDiagnostics(diagnostics: readonly Diagnostic[], sources: readonly SourceFile[], io: Io): void {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  for (const diagnostic of diagnostics) {
    io.err(renderDiagnostic(diagnostic, texts, { color: io.color }));
    io.err("");
  }
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;
  if (errors > 0) io.err(`${errors} ${errors === 1 ? "error" : "errors"}: nothing was written.`);
}
