// The golden inputs as one package: what every emitted file is compiled and run from.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SourceFile } from "../../../src/model/file.js";
import { emitFolder, featureHeaders, featureSources, features } from "../../helpers/golden.js";
import { generateFiles } from "../../helpers/pipeline.js";

export { features };

/** What the pipeline emits for the inputs of some features, taken as the sources of one package. */
export async function emitFeatures(chosen: readonly string[]): Promise<readonly SourceFile[]> {
  const sources = chosen.flatMap(featureSources);
  const { files, diagnostics } = generateFiles({ sources });
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  if (errors.length > 0) throw new Error(`the golden inputs are refused: ${JSON.stringify(errors)}`);
  return files;
}

export function writeFiles(folder: string, files: readonly SourceFile[]): void {
  for (const file of files) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.text);
  }
}

/** One unit with the person's functions of those features, and the header that they include. */
export function personFiles(chosen: readonly string[]): readonly SourceFile[] {
  const includes = chosen.map((feature) => `#include "${join(emitFolder, feature, "input.cpp")}"\n`);
  return [
    { path: "csrc/src/myext.cpp", text: includes.join("") },
    ...chosen.flatMap(featureHeaders),
    { path: "csrc/include/myext/myext.h", text: "#pragma once\n#include <torch_extension/tensor.h>\n" },
  ];
}
