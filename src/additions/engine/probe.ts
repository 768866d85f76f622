// What bind's own stages say of a function before it is written: its types, its defaults, its names.
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { type PipelineInput, runPipeline } from "../../generate/pipeline.js";
import type { SourceFile } from "../../model/file.js";
import type { ExportedFunction, Module } from "../../model/module.js";
import type { ParameterText, ResultText } from "./text.js";

export interface ProbedFunction {
  readonly name: string;
  readonly parameters: readonly ParameterText[];
  readonly results: readonly ResultText[];
}

export interface Probed {
  /** Null where it was refused. */
  readonly exported: ExportedFunction | null;
  readonly module: Module;
  /** What is wrong with it, a sentence or two each: about one of the answers, which is quoted, or about the whole. */
  readonly problems: readonly string[];
}

/** Asks the pipeline about one more function, which no file holds yet. */
export function probeFunction(input: PipelineInput, probed: ProbedFunction): Probed {
  const file = sourceOf(input.facts.names.nativeName, probed);
  const sources = [...input.sources.filter(({ path }) => path !== file.path), file];
  const { module, diagnostics } = runPipeline({ ...input, sources });
  const own = diagnostics.filter(({ span, severity }) => span.file === file.path && severity === "error");
  const found = module.functions.find((one) => one.span.file === file.path && one.name === probed.name);
  return {
    exported: own.length === 0 ? (found ?? null) : null,
    module,
    problems: [...new Set(own.map((diagnostic) => problemOf(diagnostic, probed)))],
  };
}

/** Line 1 opens the namespace, 2 annotates, 3 says what is returned and the name; then a line for each parameter. */
const firstParameter = 4;

function sourceOf(nativeName: string, { name, parameters, results }: ProbedFunction): SourceFile {
  const names = results.map((result) => result.name);
  const isNamed = results.length > 1 && names.every((one) => one !== null);
  const returns = `(returns=c(${names.map((one) => `"${one}"`).join(", ")}))`;
  const lines = [
    `namespace ${nativeName} {`,
    `// [[torch::export${isNamed ? returns : ""}]]`,
    `${resultType(results)} ${name}(`,
    ...parameters.map((one, i) => {
      const value = one.default === null ? "" : ` = ${one.default}`;
      return `${one.type} ${one.name}${value}${i === parameters.length - 1 ? "" : ","}`;
    }),
    ");",
    "}",
  ];
  return { path: `csrc/src/${name}.cpp`, text: `${lines.join("\n")}\n` };
}

function resultType(results: readonly ResultText[]): string {
  const [only] = results;
  if (only === undefined) return "void";
  return results.length === 1 ? only.type : `std::tuple<${results.map(({ type }) => type).join(", ")}>`;
}

function problemOf({ span, message, note, fix }: Diagnostic, { parameters, results }: ProbedFunction): string {
  const parameter = parameters[span.start.line - firstParameter];
  const quoted =
    parameter !== undefined
      ? `--param "${spell(parameter)}": `
      : results.length > 0 && span.start.line === firstParameter - 1 && span.start.column <= resultType(results).length
        ? `--returns "${results.map(({ name, type }) => (name === null ? type : `${name}: ${type}`)).join(", ")}": `
        : "";
  const sentences = [message, ...(note === undefined ? [] : [note]), fix].map((text) => text.replace(/[.\s]*$/u, "."));
  return quoted + sentences.join(" ");
}

const spell = ({ name, type, default: value }: ParameterText): string =>
  `${name}: ${type}${value === null ? "" : ` = ${value}`}`;
