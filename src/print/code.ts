// Prints the expressions and statements that targets share, and breaks what does not fit a line.

import { cppString, tsString } from "./escape.js";
import type { CppDeclarations, CppSignature, Expression, Field, Statement } from "./expression.js";
import { type Printer, WIDTH } from "./printer.js";

/** What differs between the languages that share an expression's shape. */
export interface Syntax {
  readonly string: (text: string) => string;
  /** Whether a list that is broken over lines ends in a comma. */
  readonly trailingComma: boolean;
}

export const cpp: Syntax = { string: cppString, trailingComma: false };
export const typescript: Syntax = { string: tsString, trailingComma: true };

/** Prints `before expression after` at the printer's indentation, over as many lines as it takes. */
export function printExpression(
  printer: Printer,
  syntax: Syntax,
  before: string,
  expression: Expression,
  after: string,
): void {
  const line = before + flat(syntax, expression) + after;
  const rows = syntax.trailingComma ? lastRows(expression) : null;
  if (rows !== null) {
    printer.line(before + rows.open);
    printItems(printer, syntax, rows.items);
    printer.line(rows.close + after);
    return;
  }
  const broken = printer.column() + line.length > WIDTH ? breakable(expression) : null;
  if (broken === null) {
    printer.line(line);
    return;
  }
  const { open, close, items } = broken;
  const only = items.length === 1 ? items[0] : undefined;
  const inside = only !== undefined && only.before === "" ? breakable(only.value) : null;
  if (inside !== null && only !== undefined && only.value.kind !== "call") {
    // The one argument is a literal: its brackets hug those of the call.
    printer.line(before + open + inside.open);
    printItems(printer, syntax, inside.items);
    printer.line(inside.close + close + after);
    return;
  }
  printer.line(before + open);
  printItems(printer, syntax, items);
  printer.line(close + after);
}

/** Prints `before(a, b)after`, one parameter per line where they do not fit one. */
export function printParameters(
  printer: Printer,
  syntax: Syntax,
  before: string,
  parameters: readonly string[],
  after: string,
): void {
  const items = parameters.map((text): Expression => ({ kind: "verbatim", text }));
  printExpression(printer, syntax, "", { kind: "call", callee: before, arguments: items }, after);
}

export function printStatement(printer: Printer, syntax: Syntax, statement: Statement): void {
  switch (statement.kind) {
    case "declare":
      printExpression(printer, syntax, `${statement.type} ${statement.name} = `, statement.value, ";");
      return;
    case "destructure":
      printDestructuring(printer, syntax, statement.pattern, statement.value);
      return;
    case "run":
      printExpression(printer, syntax, "", statement.value, ";");
      return;
    case "return":
      printExpression(printer, syntax, "return ", statement.value, ";");
      return;
    case "leaveIf": {
      const condition = flat(syntax, statement.condition);
      printer.line(`if (${condition}) return ${flat(syntax, statement.value)};`);
      return;
    }
  }
}

/**
 * The pattern stays on one line where the beginning of the value fits behind it; formatters break one of several defaults
 * before they break the value.
 */
function printDestructuring(printer: Printer, syntax: Syntax, pattern: Expression, value: Expression): void {
  const line = `const ${flat(syntax, pattern)} = `;
  const isComplex = pattern.kind === "object" && pattern.fields.length > 2;
  const beside = isComplex ? `${flat(syntax, value)};` : (breakable(value)?.open ?? flat(syntax, value));
  const broken = printer.column() + line.length + beside.length > WIDTH ? breakable(pattern) : null;
  if (broken === null) {
    printExpression(printer, syntax, line, value, ";");
    return;
  }
  printer.line(`const ${broken.open}`);
  printItems(printer, syntax, broken.items);
  printExpression(printer, syntax, `${broken.close} = `, value, ";");
}

/** Prints `returns name(parameters)` and what follows it. */
export function printCppSignature(printer: Printer, signature: CppSignature, before: string, after: string): void {
  const parameters = signature.parameters.map((parameter) => `${parameter.type} ${parameter.name}`);
  printParameters(printer, cpp, `${before}${signature.returns} ${signature.name}`, parameters, after);
}

/** Declares functions inside their namespaces, nested as C++14 allows. */
export function printCppDeclarations(printer: Printer, declarations: readonly CppDeclarations[]): void {
  for (const { namespace, functions } of declarations) {
    printer.blank();
    if (namespace.length > 0) printer.line(namespace.map((name) => `namespace ${name} {`).join(" "));
    for (const signature of functions) printCppSignature(printer, signature, "", ";");
    if (namespace.length > 0) printer.line(`${"}".repeat(namespace.length)}  // namespace ${namespace.join("::")}`);
  }
}

/** An expression on one line. */
export function flat(syntax: Syntax, expression: Expression): string {
  switch (expression.kind) {
    case "verbatim":
      return expression.text;
    case "string":
      return syntax.string(expression.text);
    case "call":
      return `${expression.callee}(${flatList(syntax, expression.arguments)})`;
    case "braced":
      return `${expression.type}{${flatList(syntax, expression.items)}}`;
    case "array":
      return `[${flatList(syntax, expression.items)}]`;
    case "object": {
      const fields = expression.fields.map((field) => labelOf(field) + flat(syntax, field.value));
      return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
    }
  }
}

function flatList(syntax: Syntax, items: readonly Expression[]): string {
  let list = "";
  for (let i = 0; i < items.length; i++) list += (i === 0 ? "" : ", ") + flat(syntax, items[i] as Expression);
  return list;
}

/** `name: `, or nothing where the value is the variable of that name. */
function labelOf({ name, value }: Field): string {
  return value.kind === "verbatim" && value.text === name ? "" : `${name}: `;
}

interface Broken {
  readonly open: string;
  readonly close: string;
  readonly items: readonly { readonly before: string; readonly value: Expression }[];
}

/**
 * Formatters give each of several arrays in an array a line of its own, however short, where that array is the last argument
 * of a call, whose brackets then hug it; null for every other expression.
 */
function lastRows(expression: Expression): Broken | null {
  if (expression.kind !== "call") return null;
  const last = expression.arguments.at(-1);
  if (last?.kind !== "array" || last.items.length < 2) return null;
  if (!last.items.every((item) => item.kind === "array" && item.items.length > 1)) return null;
  const before = expression.arguments.slice(0, -1).map((argument) => `${flat(typescript, argument)}, `);
  const inside = breakable(last);
  if (inside === null) return null;
  return { open: `${expression.callee}(${before.join("")}[`, close: "])", items: inside.items };
}

function plain(value: Expression): Broken["items"][number] {
  return { before: "", value };
}

/** The brackets and items of an expression that can go over several lines; null for one that cannot. */
function breakable(expression: Expression): Broken | null {
  switch (expression.kind) {
    case "call":
      if (expression.arguments.length === 0) return null;
      return { open: `${expression.callee}(`, close: ")", items: expression.arguments.map(plain) };
    case "braced":
      if (expression.items.length === 0) return null;
      return { open: `${expression.type}{`, close: "}", items: expression.items.map(plain) };
    case "array":
      return expression.items.length === 0 ? null : { open: "[", close: "]", items: expression.items.map(plain) };
    case "object": {
      if (expression.fields.length === 0) return null;
      const items = expression.fields.map((field) => ({ before: labelOf(field), value: field.value }));
      return { open: "{", close: "}", items };
    }
    default:
      return null;
  }
}

function printItems(printer: Printer, syntax: Syntax, items: Broken["items"]): void {
  printer.indented(() => {
    for (const item of items) {
      const last = item === items.at(-1);
      printExpression(printer, syntax, item.before, item.value, last && !syntax.trailingComma ? "" : ",");
    }
  });
}
