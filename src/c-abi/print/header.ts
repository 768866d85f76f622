import { lineBanner } from "../../print/banner.js";
import { printCppSignature } from "../../print/code.js";
import { createPrinter, type PrintedFile, type Printer } from "../../print/printer.js";
import type { CAbi } from "../lower/c-abi.js";

/** The header of the C ABI. */
export function headerPath(nativeName: string): string {
  return `csrc/include/${nativeName}/exports.h`;
}

/** `exports.h`. Needs no libtorch, so that a host's glue can include it. */
export function printHeader(cAbi: CAbi): PrintedFile {
  const printer = createPrinter();
  printer.line(lineBanner, "#pragma once", "", "#include <cstdint>", "");
  printInterface(printer, cAbi);
  printMacros(printer, cAbi);
  printErrors(printer, cAbi);
  if (cAbi.functions.length > 0) {
    printer.blank();
    printer.line(
      "// A void* that goes in stays the caller's; one that comes back is the caller's to free, and null after an error.",
    );
  }
  for (const { signature } of cAbi.functions) printDeclaration(printer, cAbi, signature);
  for (const { cpp, functions } of cAbi.classes) {
    printer.blank();
    printer.line(`// class ${cpp.replace(/^::/u, "")}: the object that a function is called on comes first.`);
    for (const { signature } of functions) printDeclaration(printer, cAbi, signature);
  }
  for (const { cpp, functions } of cAbi.families) {
    printer.blank();
    printer.line(`// ${cpp}`);
    for (const { signature } of functions) printDeclaration(printer, cAbi, signature);
  }
  return printer.file(headerPath(cAbi.nativeName));
}

function printDeclaration(printer: Printer, { macros }: CAbi, signature: CAbi["functions"][number]["signature"]): void {
  printer.mark(signature.name);
  printCppSignature(printer, signature, `${macros.api} `, ";");
}

function printInterface(printer: Printer, { macros, interfaceHash }: CAbi): void {
  printer.line(
    "// Hash of all signatures: a host loads no library that was built of others.",
    `#define ${macros.interface} "${interfaceHash}"`,
    "",
  );
}

function printMacros(printer: Printer, { macros, errors }: CAbi): void {
  printer.line(
    `#ifndef ${macros.api}`,
    "#if defined(_WIN32)",
    `#ifdef ${macros.headersOnly}`,
    `#define ${macros.api} extern "C" __declspec(dllimport)`,
    "#else",
    `#define ${macros.api} extern "C" __declspec(dllexport)`,
    "#endif",
    "#else",
    `#define ${macros.api} extern "C" __attribute__((visibility("default")))`,
    "#endif",
    "#endif",
    "",
    "// Follows a try block: no exception crosses the C ABI.",
    `#ifndef ${macros.handleException}`,
    `#define ${macros.handleException} catch (...) { ${errors.keep}(); }`,
    "#endif",
  );
}

function printErrors(printer: Printer, { macros, errors }: CAbi): void {
  printer.line(
    "",
    `#ifndef ${macros.headersOnly}`,
    "// The message of the last error of this thread, a std::string, or null.",
    `extern thread_local void* ${errors.variable};`,
    "// Keeps the message of the exception in flight. To be called inside a catch block.",
    `void ${errors.keep}() noexcept;`,
    "#endif",
    "",
    "// The last error of this thread, or null: the same until it is cleared, and freed by the host, which clears it then.",
    `${macros.api} void* ${errors.last}();`,
    `${macros.api} void ${errors.clear}();`,
    "// Why the operators could not be registered with the dispatcher, or null.",
    `${macros.api} const char* ${errors.operators}();`,
  );
}
