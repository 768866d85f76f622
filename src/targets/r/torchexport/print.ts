import { definitionPath, printDefinition } from "../../../c-abi/print/definition.js";
import { headerPath } from "../../../c-abi/print/header.js";
import { sourcePath } from "../../../c-abi/print/source.js";
import { switchedBanner } from "../../../print/banner.js";
import type { CppSignature } from "../../../print/expression.js";
import { createPrinter, type PrintedFile, type Printer, plainFile } from "../../../print/printer.js";
import { printConverterHeader, printConverters } from "../print/converters.js";
import { gluePath } from "../print/glue.js";
import { forwarded, oneLine } from "../print/signature.js";
import type { SwitchedBody } from "./families.js";
import type { Switched } from "./lower.js";

/** The five files that torchexport wrote. */
export function printSwitched(
  switched: Switched,
  existingDef: string | null,
  header: string | null,
): readonly PrintedFile[] {
  const { nativeName } = switched;
  const hasGlue = switched.members.length > 0 || switched.functions.some((one) => one.rcpp !== null);
  const glue = [printGlue(switched), plainFile("src/exports.h", printGlueHeader(switched))];
  return [
    printSource(switched),
    printHeader(switched),
    plainFile(definitionPath(nativeName), printDefinition(switched.macro, switched.symbols, existingDef)),
    ...(hasGlue ? glue : []),
    ...(switched.converters.length > 0 ? convertersOf(switched) : []),
    ...(switched.isSupported && header !== null
      ? [plainFile("src/torch_extension.h", `${switchedBanner}\n${header}`)]
      : []),
  ];
}

/** The Rcpp classes of derived types, which read and make values by functions of the C ABI. */
function convertersOf(switched: Switched): readonly PrintedFile[] {
  const { nativeName, macro } = switched;
  const own = [`#define ${macro}_HEADERS_ONLY`, `#include <${nativeName}/${nativeName}.h>`];
  return [
    plainFile("src/converters.h", printConverterHeader(switched, switchedBanner)),
    plainFile("src/converters.cpp", printConverters(switched, switchedBanner, own)),
  ];
}

function printSource(switched: Switched): PrintedFile {
  const { nativeName, macro, errors, files } = switched;
  const printer = createPrinter();
  printer.line(switchedBanner, `#include "${nativeName}/${nativeName}.h"`, "#include <lantern/types.h>");
  if (files.types) printer.line(`#include "${nativeName}/${nativeName}_types.h"`);
  const declared = switched.functions.flatMap(({ header }) => (header === null ? [] : [header]));
  const headers = new Set([...declared, ...switched.typeHeaders]);
  for (const header of headers) printer.line(`#include "${header}"`);
  if (switched.families.length > 0) {
    const standard = ["algorithm", "memory", "stdexcept", "string", "utility", "vector"];
    printer.line(...standard.map((header) => `#include <${header}>`));
  }
  printer.line(
    `thread_local void* ${errors.variable} = NULL;`,
    "",
    `${macro}_API void* ${errors.last}()`,
    "{",
    `  return ${errors.variable};`,
    "}",
    "",
    `${macro}_API void ${errors.clear}()`,
    "{",
    `  ${errors.variable} = NULL;`,
    "}",
    "",
  );
  for (const { alias, cpp } of switched.families) printer.line(`using ${alias} = ${cpp};`);
  for (const { functions } of switched.families) {
    for (const one of functions) printBody(printer, macro, one);
  }
  for (const one of switched.functions) {
    const open = one.namespace.map((name) => `namespace ${name} { `).join("");
    if (one.header === null) printer.line(`${open}${oneLine(one.person)};${" }".repeat(one.namespace.length)}`);
    printBody(printer, macro, one);
  }
  return printer.file(sourcePath);
}

function printBody(printer: Printer, macro: string, { c, body, failure }: SwitchedBody): void {
  printer.mark(c.name);
  printer.line(`${macro}_API ${oneLine(c)} {`, "  try {");
  for (const statement of body) printer.line(`    ${statement}`);
  printer.line(`  } ${macro}_HANDLE_EXCEPTION`);
  if (failure !== null) printer.line(`  return ${failure};`);
  printer.line("}");
}

function printDeclaration(printer: Printer, macro: string, c: CppSignature): void {
  printer.mark(c.name);
  printer.line(`${macro}_API ${oneLine(c)};`);
}

function printHeader(switched: Switched): PrintedFile {
  const { macro, errors, functions, files } = switched;
  const printer = createPrinter();
  printer.line(switchedBanner, "#pragma once", files.common ? '#include "common.h"' : "");
  printer.line(
    "#ifdef _WIN32",
    `#ifndef ${macro}_HEADERS_ONLY`,
    `#define ${macro}_API extern "C" __declspec(dllexport)`,
    "#else",
    `#define ${macro}_API extern "C" __declspec(dllimport)`,
    "#endif",
    "#else",
    `#define ${macro}_API extern "C" __attribute__((visibility("default")))`,
    "#endif",
    "",
    `#ifndef ${macro}_HANDLE_EXCEPTION`,
    `#define ${macro}_HANDLE_EXCEPTION                                  \\`,
    "catch(const std::exception& ex) {                                  \\",
    `  ${errors.variable} = make_raw::string(ex.what());             \\`,
    "} catch (std::string& ex) {                                        \\",
    `  ${errors.variable} = make_raw::string(ex);                    \\`,
    "} catch (...) {                                                    \\",
    `  ${errors.variable} = make_raw::string("Unknown error. ");     \\`,
    "}",
    "#endif",
    "",
    "void host_exception_handler ();",
    "// One in each thread.",
    `extern thread_local void* ${errors.variable};`,
    `${macro}_API void* ${errors.last} ();`,
    `${macro}_API void ${errors.clear}();`,
    "",
  );
  for (const { c } of functions) printDeclaration(printer, macro, c);
  for (const family of switched.families) {
    printer.line(`// ${family.cpp}`);
    for (const { c } of family.functions) printDeclaration(printer, macro, c);
  }
  printer.line("", "#ifdef RCPP_VERSION");
  for (const { person, c } of functions) {
    const isVoid = c.returns === "void";
    printer.line(`inline ${oneLine({ ...c, name: person.name })} {`);
    printer.line(`  ${isVoid ? "" : "auto ret = "}${c.name}(${forwarded(c)});`, "  host_exception_handler();");
    if (!isVoid) printer.line("  return ret;");
    printer.line("}");
  }
  printer.line("#endif // RCPP_VERSION");
  return printer.file(headerPath(switched.nativeName));
}

function printGlue({ nativeName, macro, functions, members }: Switched): PrintedFile {
  const printer = createPrinter();
  printer.line(
    switchedBanner,
    '#include "exports.h"',
    `#define ${macro}_HEADERS_ONLY`,
    `#include <${nativeName}/${nativeName}.h>`,
    "",
  );
  for (const { c, rcpp } of functions) {
    if (rcpp === null) continue;
    printer.line("// [[Rcpp::export]]");
    printer.mark(c.name);
    printer.export(oneLine(rcpp.signature));
    printer.line(`${oneLine(rcpp.signature)} {`, `  ${rcpp.body}`, "}");
  }
  for (const { key, signature, body } of members) {
    printer.line("// [[Rcpp::export]]");
    if (key !== null) printer.mark(key);
    printer.export(oneLine(signature));
    printer.line(`${oneLine(signature)} {`, ...body.map((line) => `  ${line}`), "}");
  }
  return printer.file(gluePath);
}

function printGlueHeader({ nativeName, files, functions, members, converters, isSupported }: Switched): string {
  const printer = createPrinter();
  printer.line(switchedBanner, "#include <Rcpp.h>", "#include <torch.h>");
  if (files.rTypes) printer.line(`#include "${nativeName}_types.h"`);
  if (converters.length > 0) printer.line('#include "converters.h"');
  else if (isSupported) printer.line('#include "torch_extension.h"');
  printer.blank();
  for (const { rcpp } of functions) if (rcpp !== null) printer.line(`${oneLine(rcpp.signature)};`);
  for (const { signature } of members) printer.line(`${oneLine(signature)};`);
  return printer.text();
}
