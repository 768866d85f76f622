// Describes user structs and enums to the lib shim, once for all units that convert them.

import { lineBanner } from "../../print/banner.js";
import { cppString } from "../../print/escape.js";
import type { CppDeclared } from "../../print/expression.js";
import { createPrinter, type Printer } from "../../print/printer.js";

export const declaredHeader = "declared.h";

export function hasDeclared({ enums, records }: CppDeclared): boolean {
  return enums.length > 0 || records.length > 0;
}

/** `declared.h`: specialisations of tx::enumeration and tx::record. */
export function printDeclared(declared: CppDeclared): string {
  const printer = createPrinter();
  printer.line(
    lineBanner,
    "#pragma once",
    "",
    "#include <torch_extension/shapes.h>",
    ...declared.headers.map((header) => `#include <${header}>`),
    "",
    "#include <cstdint>",
    "#include <tuple>",
    "",
  );
  printSpecialisations(printer, declared);
  printEnumChecks(printer, declared);
  return printer.text();
}

function printSpecialisations(printer: Printer, { enums, records }: CppDeclared): void {
  printer.line("namespace tx {");
  for (const { cpp, values } of enums) {
    printer.line(
      "template <>",
      `struct enumeration<${cpp}> {`,
      "  static bool has(int64_t value) {",
      "    switch (value) {",
      ...values.map((value) => `      case ${literal(value)}:`),
      "        return true;",
      "      default:",
      "        return false;",
      "    }",
      "  }",
      "};",
    );
  }
  for (const { cpp, fields } of records) {
    const tied = `std::tie(${fields.map((field) => `value.${field}`).join(", ")})`;
    printer.line(
      "template <>",
      `struct record<${cpp}> {`,
      "  template <class T>",
      `  static auto fields(T& value) -> decltype(${tied}) {`,
      `    return ${tied};`,
      "  }",
      "  static const char* name(size_t i) {",
      `    static const char* const names[] = {${fields.map(cppString).join(", ")}};`,
      "    return names[i];",
      "  }",
      "};",
    );
  }
  printer.line("}  // namespace tx");
}

/** That enums have the values that hosts were told. */
function printEnumChecks(printer: Printer, { enums }: CppDeclared): void {
  if (enums.length > 0) printer.blank();
  for (const { cpp, entries } of enums) {
    for (const { name, value } of entries) {
      printer.line(
        `static_assert(static_cast<int64_t>(${cpp}::${name}) == ${literal(value)}, "run npx generator-torch-extension bind");`,
      );
    }
  }
}

/** The least int64 has no literal of its own. */
function literal(value: string): string {
  return value === "-9223372036854775808" ? "INT64_MIN" : value;
}
