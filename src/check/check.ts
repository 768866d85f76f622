import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { report } from "../diagnostics/report.js";
import type { Module } from "../ir/module.js";
import { allFunctions } from "../types/walk.js";
import { checkFunction } from "./function.js";
import { checkHosts } from "./hosts.js";
import { checkNames } from "./names.js";
import { checkTypescriptNames } from "./typescript-names.js";

/** Applies every rule that needs types or the whole package. All findings are returned, none thrown. */
export function check(module: Module): readonly Diagnostic[] {
  const functions = allFunctions(module);
  if (functions.length === 0) return (module.annotated ?? 0) === 0 ? [nothingExported(module)] : [];
  return [
    ...functions.flatMap((exported) => checkFunction(exported, module.hosts)),
    ...checkNames(module),
    ...checkHosts(module),
    ...checkTypescriptNames(module),
  ];
}

function nothingExported(module: Module): Diagnostic {
  const start = { line: 1, column: 1, offset: 0 };
  return report(
    "TX1004",
    { file: `csrc/src/${module.nativeName}.cpp`, start, end: start },
    {
      message: "no function of this package is exported",
      note: "Sources and headers below csrc/ are searched.",
      fix: "Write `// [[torch::export]]` on the line above a function, such as `torch::Tensor add(torch::Tensor a, torch::Tensor b)`.",
    },
  );
}
