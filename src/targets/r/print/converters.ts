import { cppString } from "../../../print/escape.js";
import { createPrinter, type Printer } from "../../../print/printer.js";
import type { Converter, ConverterClass, ConverterEnum } from "../lower/converters.js";

interface Converters {
  readonly glueNamespace: string;
  readonly converters: readonly Converter[];
}

/** `src/converters.h`: the Rcpp classes of derived types. */
export function printConverterHeader({ glueNamespace, converters }: Converters, banner: string): string {
  const printer = createPrinter();
  printer.line(banner, "#pragma once", "", '#include "torch_extension.h"', "", `namespace ${glueNamespace} {`);
  for (const converter of converters) {
    printer.blank();
    printer.line(`// ${converter.cpp}`);
    if (converter.kind === "class") declareClass(printer, converter);
    else printer.line(`int64_t read_${converter.name}(SEXP x);`, `SEXP write_${converter.name}(int64_t value);`);
  }
  printer.blank();
  printer.line(`}  // namespace ${glueNamespace}`);
  return printer.text();
}

function declareClass(printer: Printer, { name, read, write }: ConverterClass): void {
  printer.line(`class ${name} : public torch_extension::Handle {`, " public:");
  printer.indented(() => {
    if (read !== null) printer.line(`explicit ${name}(SEXP x);`);
    printer.line(`explicit ${name}(void* handle);`);
    if (write !== null) printer.line("explicit operator SEXP() const;");
  });
  printer.line("};");
}

/** `src/converters.cpp`; `includes` is what declares the C ABI, where exports.h does not. */
export function printConverters(
  { glueNamespace, converters }: Converters,
  banner: string,
  includes: readonly string[],
): string {
  const printer = createPrinter();
  printer.line(banner, '#include "exports.h"', ...includes, "", `namespace ${glueNamespace} {`);
  for (const converter of converters) define(printer, converter);
  printer.blank();
  printer.line(`}  // namespace ${glueNamespace}`);
  return printer.text();
}

function define(printer: Printer, converter: Converter): void {
  if (converter.kind === "enum") {
    defineEnum(printer, converter);
    return;
  }
  const { name, read, write } = converter;
  const block = (signature: string, body: readonly string[]): void => {
    printer.blank();
    printer.line(`${signature} {`);
    printer.indented(() => printer.line(...body));
    printer.line("}");
  };
  block(`${name}::${name}(void* handle) : Handle(${converter.delete})`, ["reset(handle);"]);
  if (read !== null) block(`${name}::${name}(SEXP x) : Handle(${converter.delete})`, read);
  if (write !== null) block(`${name}::operator SEXP() const`, write);
}

function defineEnum(printer: Printer, { name, cpp, entries }: ConverterEnum): void {
  const table = entries.map((entry) => `{${cppString(entry.name)}, ${entry.value}}`).join(", ");
  const expected = cppString(`the name of an entry of ${cpp}`);
  printer.blank();
  printer.line(`int64_t read_${name}(SEXP x) {`);
  printer.indented(() => printer.line(`return torch_extension::read_entry(x, {${table}}, ${expected});`));
  printer.line("}", "", `SEXP write_${name}(int64_t value) {`);
  printer.indented(() => printer.line(`return torch_extension::write_entry(value, {${table}}, ${cppString(cpp)});`));
  printer.line("}");
}
