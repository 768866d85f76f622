import { printDefinition } from "../../../c-abi/print/definition.js";
import type { SourceFile } from "../../../model/file.js";
import { switchedBanner } from "../../../print/banner.js";
import { createPrinter, type Printer } from "../../../print/printer.js";
import type { RSupport } from "../lower/binding.js";
import { printConverterHeader, printConverters } from "../print/converters.js";
import { forwarded, oneLine } from "../print/signature.js";
import type { SwitchedBody } from "./families.js";
import type { Switched } from "./lower.js";

/** The five files that torchexport wrote. */
export function emitSwitched(
  switched: Switched,
  existingDef: string | null,
  support: RSupport | null,
): readonly SourceFile[] {
  const { nativeName } = switched;
  const hasGlue = switched.members.length > 0 || switched.functions.some((one) => one.rcpp !== null);
  const glue = [
    { path: "src/exports.cpp", text: printGlue(switched) },
    { path: "src/exports.h", text: printGlueHeader(switched) },
  ];
  return [
    { path: "csrc/src/exports.cpp", text: printSource(switched) },
    { path: `csrc/include/${nativeName}/exports.h`, text: printHeader(switched) },
    { path: `csrc/src/${nativeName}.def`, text: printDefinition(switched.macro, switched.symbols, existingDef) },
    ...(hasGlue ? glue : []),
    ...(switched.converters.length > 0 ? emitConverters(switched) : []),
    ...(switched.isSupported && support !== null
      ? [{ path: "src/torch_extension.h", text: `${switchedBanner}\n${support.header}` }]
      : []),
  ];
}

/** The Rcpp classes of derived types, which read and make values by functions of the C ABI. */
function emitConverters(switched: Switched): readonly SourceFile[] {
  const { nativeName, macro } = switched;
  const own = [`#define ${macro}_HEADERS_ONLY`, `#include <${nativeName}/${nativeName}.h>`];
  return [
    { path: "src/converters.h", text: printConverterHeader(switched, switchedBanner) },
    { path: "src/converters.cpp", text: printConverters(switched, switchedBanner, own) },
  ];
}

function printSource(switched: Switched): string {
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
  return printer.text();
}

function printBody(printer: Printer, macro: string, { c, body, failure }: SwitchedBody): void {
  printer.line(`${macro}_API ${oneLine(c)} {`, "  try {");
  for (const statement of body) printer.line(`    ${statement}`);
  printer.line(`  } ${macro}_HANDLE_EXCEPTION`);
  if (failure !== null) printer.line(`  return ${failure};`);
  printer.line("}");
}

function printHeader(switched: Switched): string {
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
  for (const { c } of functions) printer.line(`${macro}_API ${oneLine(c)};`);
  for (const family of switched.families) {
    printer.line(`// ${family.cpp}`);
    for (const { c } of family.functions) printer.line(`${macro}_API ${oneLine(c)};`);
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
  return printer.text();
}

function printGlue({ nativeName, macro, functions, members }: Switched): string {
  const printer = createPrinter();
  printer.line(
    switchedBanner,
    '#include "exports.h"',
    `#define ${macro}_HEADERS_ONLY`,
    `#include <${nativeName}/${nativeName}.h>`,
    "",
  );
  for (const { rcpp } of functions) {
    if (rcpp === null) continue;
    printer.line("// [[Rcpp::export]]", `${oneLine(rcpp.signature)} {`, `  ${rcpp.body}`, "}");
  }
  for (const { signature, body } of members) {
    printer.line("// [[Rcpp::export]]", `${oneLine(signature)} {`, ...body.map((line) => `  ${line}`), "}");
  }
  return printer.text();
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
