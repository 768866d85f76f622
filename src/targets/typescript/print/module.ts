import { lineBanner } from "../../../print/banner.js";
import { printExpression, printParameters, printStatement, typescript } from "../../../print/code.js";
import { tsString } from "../../../print/escape.js";
import { createPrinter, type PrintedFile, type Printer } from "../../../print/printer.js";
import type {
  NativeMethod,
  TypescriptCallable,
  TypescriptClass,
  TypescriptEnum,
  TypescriptInterface,
  TypescriptModule,
} from "../lower/module.js";
import { printJsDoc } from "./jsdoc.js";

/** The typed wrapper. */
export const wrapperPath = "ts/generated.ts";

/** `generated.ts`: the functions and classes of the package as TypeScript calls them. */
export function printTypescript(module: TypescriptModule): PrintedFile {
  const printer = createPrinter();
  const { enums, records, inputs, classes, converters, functions } = module;
  const callables = [
    ...functions,
    ...classes.flatMap(({ make, methods }) => (make === null ? methods : [make, ...methods])),
  ];
  if (callables.length === 0 && classes.length === 0) {
    printer.line(lineBanner, "// There is none for TypeScript.", "export {};");
    return printer.file(wrapperPath);
  }
  printer.line(lineBanner);
  const imports = module.imports.map((name) => ({ name, value: { kind: "verbatim" as const, text: name } }));
  const from = ' from "../lib/node/binding/index.js";';
  printExpression(printer, typescript, "import ", { kind: "object", fields: imports }, from);
  printer.blank();
  if (callables.length > 0) {
    printNative(printer, callables);
    printer.blank();
    printExpression(printer, typescript, "const native = ", module.load, ";");
  }
  for (const declared of enums) printEnum(printer, declared);
  for (const record of records) printInterface(printer, record);
  for (const { name, type, doc } of inputs) {
    printer.blank();
    printJsDoc(printer, doc);
    printer.line(`export type ${name} = ${type};`);
  }
  for (const declared of classes) printClass(printer, declared);
  if (converters.length > 0) printer.blank();
  for (const { name, value } of converters) printExpression(printer, typescript, `const ${name} = `, value, ";");
  for (const wrapper of functions) {
    printInterfaces(printer, wrapper);
    printer.blank();
    printCallable(printer, wrapper, "export function ");
  }
  return printer.file(wrapperPath);
}

function printNative(printer: Printer, callables: readonly TypescriptCallable[]): void {
  if (callables.some((wrapper) => wrapper.keepsAlive)) {
    printer.line(
      "// Native code reads the cells of tensors and objects. What owns them is passed once more, after all parameters, so that",
      "// the collector leaves it alone while native code runs.",
    );
  }
  printer.line("interface Native {");
  printer.indented(() => {
    for (const { method } of callables) printMethod(printer, method);
    printer.line("operatorsError(): string | null;");
  });
  printer.line("}");
}

function printMethod(printer: Printer, { name, parameters, returns }: NativeMethod): void {
  // Nothing may follow a rest parameter, not even a comma.
  const isRest = parameters.at(-1)?.startsWith("...") === true;
  printParameters(printer, { ...typescript, trailingComma: !isRest }, name, parameters, `: ${returns};`);
}

function printClass(printer: Printer, { name, doc, make, methods }: TypescriptClass): void {
  for (const callable of make === null ? methods : [make, ...methods]) printInterfaces(printer, callable);
  printer.blank();
  if (doc !== null) printJsDoc(printer, doc);
  if (make !== null) printer.mark(make.key);
  printer.line(`export class ${name} extends object.NativeObject {`);
  printer.indented(() => {
    if (make !== null) printCallable(printer, make, "");
    else {
      printer.line("private constructor() {");
      printer.indented(() => printer.line(`super(object.secret, ${name}, object.unmade(${tsString(name)}));`));
      printer.line("}");
    }
    for (const method of methods) {
      printer.blank();
      printCallable(printer, method, "");
    }
  });
  printer.line("}");
}

function printInterfaces(printer: Printer, { options, result }: TypescriptCallable): void {
  if (options !== null) printInterface(printer, options);
  if (result !== null) printInterface(printer, result);
}

/** Its comment, the signatures that callers see, and its body. `before` is what stands before its name. */
function printCallable(printer: Printer, wrapper: TypescriptCallable, before: string): void {
  printJsDoc(printer, wrapper.doc);
  printer.mark(wrapper.key);
  const head = before + wrapper.name;
  for (const { parameters, returns } of wrapper.overloads) {
    printParameters(printer, typescript, head, parameters, `: ${returns};`);
  }
  const parameters = wrapper.parameters.map(({ name, type, default: value }) => {
    return `${name}: ${type}${value === null ? "" : ` = ${value}`}`;
  });
  const returns = wrapper.returns === null ? "" : `: ${wrapper.returns}`;
  printParameters(printer, typescript, head, parameters, `${returns} {`);
  printer.indented(() => {
    for (const statement of wrapper.body) printStatement(printer, typescript, statement);
  });
  printer.line("}");
}

function printEnum(printer: Printer, { name, doc, entries }: TypescriptEnum): void {
  printer.blank();
  if (doc !== null) printJsDoc(printer, doc);
  printer.line(`export const ${name} = {`);
  printer.indented(() => {
    for (const entry of entries) {
      if (entry.doc !== null) printJsDoc(printer, entry.doc);
      printer.line(`${entry.name}: ${tsString(entry.name)},`);
    }
  });
  printer.line("} as const;", `export type ${name} = (typeof ${name})[keyof typeof ${name}];`);
}

function printInterface(printer: Printer, { name, isGeneric, doc, fields }: TypescriptInterface): void {
  printer.blank();
  if (doc !== null) printJsDoc(printer, doc);
  printer.line(`export interface ${name}${isGeneric ? "<Integer extends number | bigint = number>" : ""} {`);
  printer.indented(() => {
    for (const field of fields) {
      if (field.doc !== null) printJsDoc(printer, field.doc);
      printer.line(`${field.name}${field.isOptional ? "?" : ""}: ${field.type};`);
    }
  });
  printer.line("}");
}
