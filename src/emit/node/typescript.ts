import type { NativeMethod, TypescriptFunction, TypescriptInterface, TypescriptModule } from "../../lower/node.js";
import { lineBanner } from "../banner.js";
import { printExpression, printParameters, printStatement, typescript } from "../code.js";
import { createPrinter, type Printer } from "../printer.js";
import { printJsDoc } from "./jsdoc.js";

/** `generated.ts`: the functions of the package as TypeScript calls them. */
export function printTypescript(module: TypescriptModule): string {
  const printer = createPrinter();
  if (module.functions.length === 0) {
    printer.line(lineBanner, "// There is none for TypeScript.", "export {};");
    return printer.text();
  }
  printer.line(lineBanner, `import { ${module.imports.join(", ")} } from "../lib/torch/binding.js";`, "");
  printNative(printer, module);
  printer.blank();
  printExpression(printer, typescript, "const native = ", module.load, ";");
  for (const wrapper of module.functions) printFunction(printer, wrapper);
  return printer.text();
}

function printNative(printer: Printer, { functions }: TypescriptModule): void {
  if (functions.some((wrapper) => wrapper.keepsAlive)) {
    printer.line(
      "// Native code reads a tensor's cell. The tensor itself is passed once more, after all parameters, so that the collector",
      "// leaves it alone while native code runs.",
    );
  }
  printer.line("interface Native {");
  printer.indented(() => {
    for (const { method } of functions) printMethod(printer, method);
    printer.line("operatorsError(): string | null;");
  });
  printer.line("}");
}

function printMethod(printer: Printer, { name, parameters, returns }: NativeMethod): void {
  // Nothing may follow a rest parameter, not even a comma.
  const isRest = parameters.at(-1)?.startsWith("...") === true;
  printParameters(printer, { ...typescript, trailingComma: !isRest }, name, parameters, `: ${returns};`);
}

function printFunction(printer: Printer, wrapper: TypescriptFunction): void {
  if (wrapper.options !== null) printInterface(printer, wrapper.options);
  if (wrapper.result !== null) printInterface(printer, wrapper.result);
  printer.blank();
  printJsDoc(printer, wrapper.doc);
  const parameters = wrapper.parameters.map(({ name, type, default: value }) => {
    return `${name}: ${type}${value === null ? "" : ` = ${value}`}`;
  });
  printParameters(printer, typescript, `export function ${wrapper.name}`, parameters, `: ${wrapper.returns} {`);
  printer.indented(() => {
    for (const statement of wrapper.body) printStatement(printer, typescript, statement);
  });
  printer.line("}");
}

function printInterface(printer: Printer, { name, doc, fields }: TypescriptInterface): void {
  printer.blank();
  if (doc !== null) printJsDoc(printer, doc);
  printer.line(`export interface ${name} {`);
  printer.indented(() => {
    for (const field of fields) {
      if (field.doc !== null) printJsDoc(printer, field.doc);
      printer.line(`${field.name}${field.isOptional ? "?" : ""}: ${field.type};`);
    }
  });
  printer.line("}");
}
