// The stages that read the C++, for tests: parse, resolve, check.
import type { Parser } from "web-tree-sitter";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.js";
import { parsePackage } from "../../src/frontend/parse/parse.js";
import { resolve } from "../../src/frontend/resolve/resolve.js";
import { checkModule, targetsFor } from "../../src/generate/pipeline.js";
import type { ParsedFile } from "../../src/model/declaration.js";
import type { SourceFile } from "../../src/model/file.js";
import type { Module } from "../../src/model/module.js";
import { targets } from "../../src/targets/list.js";

export interface FrontEnd {
  readonly files: readonly ParsedFile[];
  readonly module: Module;
  /** By file, then by place. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Runs the stages over sources of a package `my-ext`. A string is the text of csrc/src/a.cpp; a line `// csrc/…` in it begins
 * another file, and `// In a package that torchexport generated:` makes it one that switched.
 */
export function runFrontEnd(parser: Parser, input: string | readonly SourceFile[]): FrontEnd {
  const sources = typeof input === "string" ? filesIn(input) : input;
  const isSwitched = typeof input === "string" && input.startsWith("// In a package that torchexport generated:");
  const parsed = parsePackage(parser, sources);
  const files = parsed.map(({ file }) => file);
  const { module, diagnostics } = resolve(files, {
    names: { packageName: "my-ext", nativeName: "myext" },
    mode: isSwitched ? "switched" : "ours",
  });
  const all = [
    ...parsed.flatMap((one) => one.diagnostics),
    ...diagnostics,
    ...checkModule(module, targetsFor({ hosts: ["ts"], mode: module.mode }, targets)),
  ].sort((a, b) => a.span.file.localeCompare(b.span.file) || a.span.start.offset - b.span.start.offset);
  return { files, module, diagnostics: all };
}

/** The files that such a text stands for. */
export function filesIn(text: string): readonly SourceFile[] {
  const parts = text.split(/^(?=\/\/ csrc\/\S+$)/mu);
  return parts.map((part) => ({ path: /^\/\/ (csrc\/\S+)$/mu.exec(part)?.[1] ?? "csrc/src/a.cpp", text: part }));
}
