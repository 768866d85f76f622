import { lineBanner } from "../../../print/banner.js";
import { lineComment } from "../../../print/escape.js";
import { createPrinter, type PrintedFile } from "../../../print/printer.js";
import type { RBinding } from "../lower/binding.js";
import { oneLine } from "./signature.js";

/** The glue. */
export const gluePath = "src/exports.cpp";

/** `src/exports.cpp`: what Rcpp::compileAttributes() reads. */
export function printGlue({ glue }: RBinding): PrintedFile {
  const printer = createPrinter();
  printer.line(lineBanner, '#include "exports.h"');
  for (const { key, about, signature, body } of glue.functions) {
    printer.blank();
    printer.line(`// ${lineComment(about)}`, "// [[Rcpp::export]]");
    if (key !== null) printer.mark(key);
    printer.export(oneLine(signature));
    printer.line(`${oneLine(signature)} {`);
    printer.indented(() => printer.line(...body));
    printer.line("}");
  }
  return printer.file(gluePath);
}

/** `src/exports.h`: what the glue is made of. */
export function printGlueHeader({ nativeName, macros, glue }: RBinding, typesHeader: string): string {
  const printer = createPrinter();
  printer.line(
    lineBanner,
    "#pragma once",
    "",
    `#include "${typesHeader}"`,
    '#include "torch_extension.h"',
    "",
    "// The C ABI is called through src/native.cpp, whose functions no other library sees or takes the place of.",
    "#if defined(_WIN32)",
    `#define ${macros.api} extern "C"`,
    "#else",
    `#define ${macros.api} extern "C" __attribute__((visibility("hidden")))`,
    "#endif",
    `#define ${macros.headersOnly}`,
    `#include <${nativeName}/exports.h>`,
  );
  if (glue.converters.length > 0) printer.line("", '#include "converters.h"');
  printer.blank();
  for (const { signature } of glue.functions) printer.line(`${oneLine(signature)};`);
  return printer.text();
}

/** `src/<pkg>_types.h`: RcppExports.cpp finds every type through it. */
export function printTypesHeader(): string {
  const printer = createPrinter();
  printer.line(lineBanner, "#pragma once", "", "#include <Rcpp.h>", "#include <torch.h>");
  return printer.text();
}
