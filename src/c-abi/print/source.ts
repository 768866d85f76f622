import { lineBanner } from "../../print/banner.js";
import { cpp, printCppDeclarations, printCppSignature, printStatement } from "../../print/code.js";
import type { CFunction } from "../../print/expression.js";
import { createPrinter, type PrintedFile, type Printer } from "../../print/printer.js";
import type { CAbi } from "../lower/c-abi.js";
import { declaredHeader, hasDeclared } from "./declared.js";

/** The unit with the bodies of the C ABI. */
export const sourcePath = "csrc/src/exports.cpp";

/** `exports.cpp`: bodies that check what comes in and goes out, and stop every exception. */
export function printSource(cAbi: CAbi): PrintedFile {
  const printer = createPrinter();
  printer.line(lineBanner);
  if (cAbi.definesLantern) {
    printer.line("// In a build for R, this unit has the bodies of lantern/types.h.", "#define LANTERN_TYPES_IMPL");
  }
  printer.line(
    `#include <${cAbi.nativeName}/exports.h>`,
    "",
    `#include <torch_extension/${cAbi.needsContainers ? "containers" : "checks"}.h>`,
    ...(cAbi.needsObjects ? ["#include <torch_extension/objects.h>"] : []),
    ...cAbi.declared.headers.map((header) => `#include <${header}>`),
    ...(hasDeclared(cAbi.declared) ? ["", `#include "${declaredHeader}"`] : []),
    "",
    "#include <string>",
    "#include <tuple>",
    "#include <utility>",
    "#include <vector>",
    "",
  );
  printLastError(printer, cAbi);
  printCppDeclarations(printer, cAbi.declarations);
  if (cAbi.families.length > 0) {
    printer.blank();
    printer.line("namespace {");
    for (const { alias, cpp: type } of cAbi.families) printer.line(`using ${alias} = ${type};`);
    printer.line("}  // namespace");
  }
  for (const body of cAbi.functions) printFunction(printer, cAbi, body);
  for (const group of [...cAbi.classes, ...cAbi.families]) {
    for (const body of group.functions) printFunction(printer, cAbi, body);
  }
  return printer.file(sourcePath);
}

function printFunction(printer: Printer, { macros }: CAbi, { signature, body, guarded, failure }: CFunction): void {
  printer.blank();
  printer.mark(signature.name);
  printCppSignature(printer, signature, `${macros.api} `, " {");
  printer.indented(() => {
    if (!guarded) {
      for (const statement of body) printStatement(printer, cpp, statement);
      return;
    }
    printer.line("try {");
    printer.indented(() => {
      for (const statement of body) printStatement(printer, cpp, statement);
    });
    printer.line(`} ${macros.handleException}`);
    if (failure !== null) printer.line(`return ${failure};`);
  });
  printer.line("}");
}

function printLastError(printer: Printer, { nativeName, macros, errors }: CAbi): void {
  const fetched = `${nativeName}_error_is_fetched`;
  const drop = `${nativeName}_drop_error`;
  printer.line(
    `thread_local void* ${errors.variable} = nullptr;`,
    "",
    "namespace {",
    "// Whether the host has the last error, and so frees it.",
    `thread_local bool ${fetched} = false;`,
    "",
    `void ${drop}() {`,
    `  if (!${fetched}) delete static_cast<std::string*>(${errors.variable});`,
    `  ${errors.variable} = nullptr;`,
    `  ${fetched} = false;`,
    "}",
    "}  // namespace",
    "",
    `void ${errors.keep}() noexcept {`,
    "  void* message = tx::current_exception_message();",
    `  ${drop}();`,
    `  ${errors.variable} = message;`,
    "}",
    "",
    `${macros.api} void* ${errors.last}() {`,
    `  ${fetched} = true;`,
    `  return ${errors.variable};`,
    "}",
    "",
    `${macros.api} void ${errors.clear}() { ${drop}(); }`,
  );
}
