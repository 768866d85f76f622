// Every type of a function that hosts see must have a form in TypeScript.
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { quote, report } from "../../diagnostics/report.js";
import type { ExportedFunction, Module, Type } from "../../model/module.js";
import type { Span } from "../../model/span.js";
import { readable } from "../../types/derive.js";
import { allFunctions } from "../../types/walk.js";
import { typescriptProblem } from "./types.js";

export function checkTypes(module: Module): readonly Diagnostic[] {
  return allFunctions(module)
    .filter((exported) => exported.visibleToHosts)
    .flatMap((exported) => [
      ...exported.parameters.flatMap(({ type, spelling, span }) => checkType(exported, type, spelling, span)),
      ...checkType(exported, exported.returns, exported.returnsSpelling, exported.span),
    ]);
}

function checkType(exported: ExportedFunction, type: Type, spelling: string, span: Span): readonly Diagnostic[] {
  const problem = typescriptProblem(type);
  if (problem === null) return [];
  return [
    report("TX1216", span, {
      message: `${quote(readable(spelling))} has no form in TypeScript`,
      note: `It is or holds ${problem}.`,
      fix: `Change the type, or keep ${quote(exported.name)} in the C ABI: \`// [[torch::export(rcpp=FALSE)]]\`.`,
    }),
  ];
}
