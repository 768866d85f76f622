import { declaredHeader, hasDeclared } from "../../c-abi/print/declared.js";
import { lineBanner } from "../../print/banner.js";
import { cpp, printCppDeclarations, printExpression, printStatement } from "../../print/code.js";
import { call, string, verbatim } from "../../print/expression.js";
import { createPrinter, type PrintedFile, type Printer } from "../../print/printer.js";
import type { Kernel, Operators } from "./lower.js";

/** `operators.cpp`: the package's operators for the dispatcher, so that TorchScript, torch.ops and jit_ops find them. */
export function printOperators(operators: Operators): PrintedFile {
  const printer = createPrinter();
  printer.line(lineBanner);
  if (operators.operators.length === 0) printNothing(printer, operators);
  else printRegistration(printer, operators);
  return printer.file("csrc/src/operators.cpp");
}

function printNothing(printer: Printer, operators: Operators): void {
  const { nativeName, apiMacro, errorSymbol } = operators;
  printer.line(`#include <${nativeName}/exports.h>`, "", "// Nothing is left to register here.");
  printNotOurs(printer, operators);
  printer.line("", `${apiMacro} const char* ${errorSymbol}() { return nullptr; }`);
}

function printNotOurs(printer: Printer, { definedByPerson, leftOut }: Operators): void {
  if (definedByPerson.length > 0) {
    printer.line(`// Defined in the package's own TORCH_LIBRARY: ${definedByPerson.join(", ")}.`);
  }
  if (leftOut.length > 0) printer.line("// Not registered, since the dispatcher has no such type:");
  for (const line of leftOut) printer.line(`//   ${line}`);
}

function printRegistration(printer: Printer, operators: Operators): void {
  const { nativeName, apiMacro, errorSymbol } = operators;
  const kernels = operators.operators.flatMap(({ key, kernel }) => (kernel === null ? [] : [{ key, kernel }]));
  const registration = `${nativeName}_registration`;
  printer.line(
    `#include <${operators.needsBoxed ? "torch_extension/boxed.h" : "torch_extension/lantern.h"}>`,
    "#include <torch/library.h>",
    "",
    `#include <${nativeName}/exports.h>`,
    ...operators.declared.headers.map((header) => `#include <${header}>`),
    ...(hasDeclared(operators.declared) ? ["", `#include "${declaredHeader}"`] : []),
    "",
    "#include <exception>",
    "#include <memory>",
    "#include <string>",
    "#include <tuple>",
    "#include <utility>",
    "#include <vector>",
  );
  printCppDeclarations(printer, operators.declarations);
  printer.blank();
  printer.line("namespace {");
  for (const { key, kernel } of kernels) printKernel(printer, key, kernel);
  if (kernels.length > 0) printComposite(printer, nativeName);
  printer.blank();
  printer.line(
    "// Runs when the library is loaded, by whomever, and lives as long: an operator goes when its registration does.",
  );
  printNotOurs(printer, operators);
  printer.line(`struct ${registration} {`);
  printer.indented(() => {
    printer.line("std::unique_ptr<torch::Library> library;", "std::string error;", "", `${registration}() noexcept {`);
    printer.indented(() => printDefinitions(printer, operators));
    printer.line("}");
  });
  printer.line("};", "", `const ${registration} ${nativeName}_operators;`, "}  // namespace", "");
  printer.line(
    `${apiMacro} const char* ${errorSymbol}() {`,
    `  return ${nativeName}_operators.error.empty() ? nullptr : ${nativeName}_operators.error.c_str();`,
    "}",
  );
}

function printKernel(printer: Printer, key: string, kernel: Kernel): void {
  printer.blank();
  printer.mark(key);
  printer.line(`void ${kernel.name}(const c10::OperatorHandle&, torch::jit::Stack* stack) {`);
  printer.indented(() => {
    for (const statement of kernel.body) printStatement(printer, cpp, statement);
  });
  printer.line("}");
}

function printDefinitions(printer: Printer, { nativeName, operators }: Operators): void {
  printer.line("try {");
  printer.indented(() => {
    const made = call(
      "new torch::Library",
      verbatim("torch::Library::FRAGMENT"),
      string(nativeName),
      verbatim("torch::nullopt"),
      verbatim("__FILE__"),
      verbatim("__LINE__"),
    );
    printExpression(printer, cpp, "", call("library.reset", made), ";");
    for (const { key, schema, kernel } of operators) {
      // A kernel of the user's has its place in the registration.
      printer.mark(key);
      const boxed = kernel === null ? [] : [call(compositeOf(nativeName, kernel))];
      printExpression(printer, cpp, "", call("library->def", string(schema), ...boxed), ";");
    }
  });
  for (const [caught, message] of [
    ["const c10::Error& exception", "exception.what_without_backtrace()"],
    ["const std::exception& exception", "exception.what()"],
    ["...", '"an exception that is no std::exception"'],
  ]) {
    printer.line(`} catch (${caught}) {`, "  library.reset();", `  error = ${message};`);
  }
  printer.line("}");
}

/** Registers a boxed function for every backend, autograd included: what it calls decides how it is differentiated. */
function printComposite(printer: Printer, nativeName: string): void {
  printer.line(
    "",
    "template <void (*kernel)(const c10::OperatorHandle&, torch::jit::Stack*)>",
    `torch::CppFunction ${nativeName}_composite() {`,
    "  return torch::dispatch(",
    "    c10::DispatchKey::CompositeImplicitAutograd,",
    "    torch::CppFunction::makeFromBoxedFunction<kernel>()",
    "  );",
    "}",
  );
}

function compositeOf(nativeName: string, kernel: Kernel): string {
  return `${nativeName}_composite<&${kernel.name}>`;
}
