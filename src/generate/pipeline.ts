// Annotated C++ to every generated file: parse, resolve, check, then the C ABI and the targets, which lower and print.
import type { Parser } from "web-tree-sitter";
import { checkCAbi } from "../c-abi/check.js";
import { describeCAbi } from "../c-abi/describe.js";
import { hashInterface } from "../c-abi/interface.js";
import { type CAbi, type CAbiNeeds, lowerCAbi } from "../c-abi/lower/c-abi.js";
import { definitionPath } from "../c-abi/print/definition.js";
import { printCAbi } from "../c-abi/print/files.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { checkFunctions, checkSize } from "../frontend/check/check.js";
import { parsePackage } from "../frontend/parse/parse.js";
import { resolve } from "../frontend/resolve/resolve.js";
import type { Description } from "../model/description.js";
import type { SourceFile } from "../model/file.js";
import type { Module } from "../model/module.js";
import type { PackageFacts } from "../model/package.js";
import type { PrintedFile } from "../print/printer.js";
import type { Target, TargetReads, Texts } from "../targets/target.js";

export interface PipelineInput {
  readonly parser: Parser;
  readonly facts: PackageFacts;
  /** Every C++ source and header below csrc/ that is not generated. */
  readonly sources: readonly SourceFile[];
  /** What `readsOf` asks for. */
  readonly texts: { readonly inPackage: Texts; readonly inGenerator: Texts };
  /** In the order of their layers; those that the package does not have are left out. */
  readonly targets: readonly Target[];
}

export interface PipelineResult {
  readonly module: Module;
  /** All findings of the run, by file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** The generated files; empty if a finding is an error. */
  readonly files: readonly PrintedFile[];
  /** The descriptions of the C ABI and the targets, in the order of their layers; empty if a finding is an error. */
  readonly described: readonly Description[];
}

/** Runs all stages. Pure: it reads and writes nothing. */
export function runPipeline(input: PipelineInput): PipelineResult {
  const parsed = parsePackage(input.parser, input.sources);
  const resolved = resolve(
    parsed.map((result) => result.file),
    input.facts,
  );
  const { module } = resolved;
  const active = targetsFor(input.facts, input.targets);
  const diagnostics = [
    ...parsed.flatMap((result) => result.diagnostics),
    ...resolved.diagnostics,
    ...checkModule(module, active),
  ].sort(byPlace);
  if (diagnostics.some((diagnostic) => diagnostic.severity === "error")) {
    return { module, diagnostics, files: [], described: [] };
  }
  return { module, diagnostics, ...generate(module, active, input) };
}

/** The files whose text the pipeline needs beside the C++. */
export function readsOf(facts: PackageFacts, targets: readonly Target[]): TargetReads {
  const reads = targetsFor(facts, targets).flatMap((target) => target.reads?.(facts) ?? []);
  return {
    inPackage: [...new Set([definitionPath(facts.names.nativeName), ...reads.flatMap((one) => one.inPackage)])],
    inGenerator: [...new Set(reads.flatMap((one) => one.inGenerator))],
  };
}

/** The targets that generate for a package. */
export function targetsFor(
  { hosts, mode }: Pick<PackageFacts, "hosts" | "mode">,
  targets: readonly Target[],
): readonly Target[] {
  return targets.filter(
    ({ language, modes }) => modes.includes(mode) && (language === null || hosts.includes(language.host)),
  );
}

/**
 * Applies every rule that needs types or the whole package: those of all functions, of the C ABI, of each target. Two host languages
 * may find one fault in one place; it is reported once, for the first of them.
 */
export function checkModule(module: Module, targets: readonly Target[]): readonly Diagnostic[] {
  const size = checkSize(module);
  if (size.length > 0) return size;
  const inTargets: Diagnostic[] = [];
  for (const target of targets) {
    const known = new Set(inTargets.map(keyOf));
    inTargets.push(...(target.check?.(module) ?? []).filter((finding) => !known.has(keyOf(finding))));
  }
  return [...inTargets, ...checkFunctions(module), ...checkCAbi(module)];
}

const keyOf = ({ code, span }: Diagnostic): string => `${code} ${span.file} ${span.start.offset}`;

function generate(
  module: Module,
  targets: readonly Target[],
  { facts, texts, targets: all }: PipelineInput,
): Pick<PipelineResult, "files" | "described"> {
  let lowered: CAbi | null = null;
  const cAbi = (): CAbi => {
    // All targets add to the hash, whether or not the package has their host, so that adding a host does not change it.
    lowered ??= lowerCAbi(
      module,
      hashInterface(
        module,
        all.flatMap((target) => target.interfaceLines?.(module) ?? []),
      ),
      needsOf(module, targets),
    );
    return lowered;
  };
  // torchexport has a C ABI of its own, which the target R prints.
  const cAbiFiles =
    module.mode === "ours" ? printCAbi(cAbi(), texts.inPackage[definitionPath(module.nativeName)] ?? null) : null;
  const ground = describeCAbi(module, cAbiFiles);
  const files: PrintedFile[] = [...(cAbiFiles ?? [])];
  const hosts: Description[] = [];
  const others: Description[] = [];
  const described = (): readonly Description[] => [...hosts, ground, ...others];
  for (const target of targets) {
    const input = { module, facts, texts, cAbi, cAbiFiles: cAbiFiles ?? [], described: described() };
    const output = target.generate(input);
    files.push(...output.files);
    if (output.description !== null) (target.language === null ? others : hosts).push(output.description);
  }
  return { files, described: described() };
}

function needsOf(module: Module, targets: readonly Target[]): CAbiNeeds {
  const needs = targets.flatMap((target) => target.cAbiNeeds?.(module) ?? []);
  return {
    lanternBodies: needs.some(({ lanternBodies }) => lanternBodies),
    scalarParts: needs.some(({ scalarParts }) => scalarParts),
  };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.span.file !== b.span.file) return a.span.file < b.span.file ? -1 : 1;
  return a.span.start.offset - b.span.start.offset;
}
