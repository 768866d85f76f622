import type { Parser } from "web-tree-sitter";
import { lowerCAbi } from "../c-abi/lower/c-abi.js";
import { emitCAbi } from "../c-abi/print/files.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { check } from "../frontend/check/check.js";
import { parsePackage } from "../frontend/parse/parse.js";
import { type PackageFacts, resolve } from "../frontend/resolve/resolve.js";
import type { SourceFile } from "../model/file.js";
import type { Host, Module } from "../model/module.js";
import { lowerDocs } from "../targets/call-stack/lower.js";
import { emitDocs } from "../targets/call-stack/page.js";
import { lowerOperators } from "../targets/dispatcher/lower.js";
import { emitOperators } from "../targets/dispatcher/print.js";
import { lowerR, type RSupport } from "../targets/r/lower/binding.js";
import { emitR, type TypesHeader } from "../targets/r/print/files.js";
import { lowerSwitched, type SwitchedFiles } from "../targets/r/torchexport/lower.js";
import { emitSwitched } from "../targets/r/torchexport/print.js";
import { lowerNode } from "../targets/typescript/lower/node.js";
import { emitNode } from "../targets/typescript/print/files.js";

export interface PipelineInput extends PackageFacts {
  readonly parser: Parser;
  /** Every C++ source and header below csrc/ that is not generated. */
  readonly sources: readonly SourceFile[];
  /** The text of the `.def` that lies there: what a person wrote in it is carried over. */
  readonly def: string | null;
  /** For a package with an R side. */
  readonly r?: ({ readonly support: RSupport } & TypesHeader) | undefined;
  /** Pages about one type or operator, below docs/, which the call stack links: `types/scored.md`. */
  readonly pages?: readonly string[] | undefined;
  /** What else lies in a package that switched from torchexport. */
  readonly switchedFiles?: SwitchedFiles | undefined;
}

export interface PipelineResult {
  readonly module: Module;
  /** All findings of the run, by file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** What is generated; empty where a finding is an error. */
  readonly files: readonly SourceFile[];
}

/** Annotated C++ to every generated file: parse, resolve, check, lower, emit. Pure: it reads and writes nothing. */
export function runPipeline(input: PipelineInput): PipelineResult {
  const parsed = parsePackage(input.parser, input.sources);
  const resolved = resolve(
    parsed.map((result) => result.file),
    input,
  );
  const { module } = resolved;
  const diagnostics = [
    ...parsed.flatMap((result) => result.diagnostics),
    ...resolved.diagnostics,
    ...check(module),
  ].sort(byPlace);
  if (diagnostics.some((diagnostic) => diagnostic.severity === "error")) return { module, diagnostics, files: [] };

  if (module.mode === "switched") {
    const lowered = lowerSwitched(module, input.switchedFiles ?? { common: false, types: false, rTypes: false });
    return { module, diagnostics, files: emitSwitched(lowered, input.def, input.r?.support ?? null) };
  }
  const sees = (host: Host): boolean => module.hosts.includes(host);
  const node = sees("ts") ? lowerNode(module) : null;
  const cAbi = emitCAbi(lowerCAbi(module), input.def);
  const files = [
    ...cAbi,
    ...emitOperators(lowerOperators(module)),
    ...(node === null ? [] : emitNode(node)),
    ...(sees("r") && input.r !== undefined ? emitR(lowerR(module), input.r.support, input.r) : []),
    ...(sees("r") ? shippedWithR(cAbi) : []),
    ...emitDocs(lowerDocs(module, node?.typescript, input.pages)),
  ];
  return { module, diagnostics, files };
}

/** R's tarball holds no csrc/: the glue compiles against a copy of the C ABI's header. */
function shippedWithR(cAbi: readonly SourceFile[]): SourceFile[] {
  return cAbi.flatMap(({ path, text }) => {
    if (path.endsWith(".h")) return [{ path: path.replace(/^csrc/, "inst"), text }];
    return path.endsWith(".def") ? [{ path: path.replace(/^csrc\/src/, "inst/def"), text }] : [];
  });
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.span.file !== b.span.file) return a.span.file < b.span.file ? -1 : 1;
  return a.span.start.offset - b.span.start.offset;
}
