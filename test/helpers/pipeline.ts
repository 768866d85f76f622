// The pipeline over sources in memory, with the targets of the product.
import { readFileSync } from "node:fs";
import { loadParser } from "../../src/generate/parser.js";
import { type PipelineInput, type PipelineResult, readsOf, runPipeline } from "../../src/generate/pipeline.js";
import type { SourceFile } from "../../src/model/file.js";
import type { PackageFacts } from "../../src/model/package.js";
import { targets } from "../../src/targets/list.js";
import type { Target, Texts } from "../../src/targets/target.js";

const parser = await loadParser();

/** A package: `my-ext` for TypeScript alone, unless it says otherwise. */
export interface Given extends Partial<Omit<PackageFacts, "names">> {
  readonly sources: readonly SourceFile[];
  readonly packageName?: string;
  readonly nativeName?: string;
  /** Texts of the package's files beside the sources. */
  readonly inPackage?: Texts;
  /** Texts that take the place of this repository's files. */
  readonly inGenerator?: Texts;
  readonly targets?: readonly Target[];
}

export function inputOf({
  sources,
  packageName = "my-ext",
  nativeName = "myext",
  inPackage = {},
  inGenerator = {},
  targets: chosen = targets,
  ...rest
}: Given): PipelineInput {
  const names = { packageName, nativeName };
  const facts: PackageFacts = { names, hosts: ["ts"], mode: "ours", hostNames: {}, pages: [], ...rest };
  const own = readsOf(facts, chosen).inGenerator.map((path) => {
    return [path, readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")] as const;
  });
  const texts = { inPackage, inGenerator: { ...Object.fromEntries(own), ...inGenerator } };
  return { parser, facts, sources, texts, targets: chosen };
}

export function generateFiles(given: Given): PipelineResult {
  return runPipeline(inputOf(given));
}
