// What is said to the lib shim about the person's own structs and enums, in every unit that converts them.
import type { CppDeclared } from "../lower/shared.js";
import { cppString } from "./escape.js";
import type { Printer } from "./printer.js";

/** Specialisations of tx::enumeration and tx::record. */
export function printDeclared(printer: Printer, { enums, records }: CppDeclared): void {
  if (enums.length === 0 && records.length === 0) return;
  printer.blank();
  // The generated units may be compiled as one.
  printer.line("#ifndef TX_DECLARED", "#define TX_DECLARED", "namespace tx {");
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
  printer.line("}  // namespace tx", "#endif", "");
}

/** That enums have the values that hosts were told. */
export function printEnumChecks(printer: Printer, { enums }: CppDeclared): void {
  for (const { cpp, entries } of enums) {
    for (const { name, value } of entries) {
      printer.line(
        `static_assert(static_cast<int64_t>(${cpp}::${name}) == ${literal(value)}, "run torch-extension bind again");`,
      );
    }
  }
  if (enums.length > 0) printer.blank();
}

/** The least int64 has no literal of its own. */
function literal(value: string): string {
  return value === "-9223372036854775808" ? "INT64_MIN" : value;
}
