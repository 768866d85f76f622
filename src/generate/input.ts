import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SourceFile } from "../model/file.js";
import type { PackageFacts } from "../model/package.js";
import { readIfThere } from "../package/sources.js";
import { targets } from "../targets/list.js";
import type { Texts } from "../targets/target.js";
import { packageRoot } from "../templates/template-files.js";
import { type PipelineInput, readsOf } from "./pipeline.js";

/** Every input of code generation except the generator itself. */
export type GeneratorInput = Omit<PipelineInput, "parser" | "targets">;

/** Reads the files that the C ABI and the targets ask for beside the C++. */
export async function readInput(
  root: string,
  sources: readonly SourceFile[],
  facts: PackageFacts,
): Promise<GeneratorInput> {
  const reads = readsOf(facts, targets);
  const own = reads.inGenerator.length === 0 ? "" : (await packageRoot()).root;
  const [inPackage, inGenerator] = await Promise.all([
    textsOf(reads.inPackage, (path) => readIfThere(join(root, path))),
    textsOf(reads.inGenerator, (path) => readFile(join(own, path), "utf8")),
  ]);
  return { sources, facts, texts: { inPackage, inGenerator } };
}

async function textsOf(paths: readonly string[], read: (path: string) => Promise<string | null>): Promise<Texts> {
  const texts = await Promise.all(paths.map(read));
  return Object.fromEntries(paths.map((path, i) => [path, texts[i] ?? null]));
}
