// The golden inputs as one package: what every emitted file is compiled and run from.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceFile } from "../../../src/ir/file.js";
import { runPipeline } from "../../../src/pipeline.js";
import { loadParser } from "../../../src/toolchain/grammar.js";

const golden = fileURLToPath(new URL("../../golden/emit", import.meta.url));

export const features: readonly string[] = readdirSync(golden).sort();

/** What the pipeline emits for the inputs of some features, taken as the sources of one package. */
export async function emitFeatures(chosen: readonly string[]): Promise<readonly SourceFile[]> {
  const sources = chosen.map((feature) => ({
    path: `csrc/src/${feature}.cpp`,
    text: readFileSync(join(golden, feature, "input.cpp"), "utf8"),
  }));
  const names = { packageName: "my-ext", nativeName: "myext" };
  const { files, diagnostics } = runPipeline({ parser: await loadParser(), sources, ...names, def: null });
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
  const includes = chosen.map((feature) => `#include "${join(golden, feature, "input.cpp")}"\n`);
  return [
    { path: "csrc/src/myext.cpp", text: includes.join("") },
    { path: "csrc/include/myext/myext.h", text: "#pragma once\n#include <torch_extension/tensor.h>\n" },
  ];
}
