import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { report } from "../../diagnostics/report.js";
import type { ExportedFunction, Module } from "../../model/module.js";
import { allFunctions } from "../../types/walk.js";
import { checkFunction } from "./function.js";

/** More functions than a package exports: each is a dozen in generated files. */
const mostFunctions = 50_000;

/** Reports a package that exports nothing, or too much to be checked further. */
export function checkSize(module: Module): readonly Diagnostic[] {
  const functions = allFunctions(module);
  if (functions.length === 0) return (module.annotated ?? 0) === 0 ? [nothingExported(module)] : [];
  const over = functions[mostFunctions];
  return over === undefined ? [] : [tooMany(over)];
}

/** Applies the rules that hold for every function, whatever its host. All findings are returned, none thrown. */
export function checkFunctions(module: Module): readonly Diagnostic[] {
  return allFunctions(module).flatMap(checkFunction);
}

function tooMany(exported: ExportedFunction): Diagnostic {
  return report("TX1003", exported.span, {
    message: `the package exports more than ${mostFunctions} functions`,
    label: "the first that is too many",
    fix: "Split the package, or remove annotations.",
  });
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
