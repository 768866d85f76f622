import { join } from "node:path";
import type { SourceFile } from "../model/file.js";
import { type PackageFacts, rPackageName } from "../package/facts.js";
import { isGenerated, readIfThere } from "../package/sources.js";
import { switchedFiles } from "../package/torchexport.js";
import { readRSupport } from "../templates/r-support.js";
import type { PipelineInput } from "./pipeline.js";

/** All that what is generated depends on, apart from this generator itself. */
export type GeneratorInput = Omit<PipelineInput, "parser">;

/** Reads what the pipeline looks at beside the sources: the `.def`, whose hand-written lines it keeps, and what R needs. */
export async function readInput(
  root: string,
  sources: readonly SourceFile[],
  { names, hosts, mode, pages }: PackageFacts,
): Promise<GeneratorInput> {
  const [def, beside, r] = await Promise.all([
    readIfThere(join(root, "csrc", "src", `${names.nativeName}.def`)),
    mode === "switched" ? switchedFiles(root, names.nativeName) : undefined,
    hosts.includes("r") ? rSide(root, names.nativeName) : undefined,
  ]);
  return { sources, ...names, hosts, mode, pages, def, switchedFiles: beside, r };
}

/** Rcpp looks for types in `<Package>_types.h`, where Package may have capitals, unlike names in C++. */
async function rSide(root: string, nativeName: string): Promise<PipelineInput["r"]> {
  const description = await readIfThere(join(root, "DESCRIPTION"));
  const typesHeader = `${rPackageName(description ?? "") ?? nativeName}_types.h`;
  const [support, types] = await Promise.all([readRSupport(), readIfThere(join(root, "src", typesHeader))]);
  return { support, typesHeader, ownTypes: types !== null && !isGenerated(types) };
}
