// How values of each type become what native code takes, and results what a caller gets: a function of the lib shim, or one that
// is put together of its parts, once per package.

import { typeKey } from "../../../c-abi/names.js";
import type { Type } from "../../../model/module.js";
import { call, type Expression, string, verbatim } from "../../../print/expression.js";
import { isArray, partsOf } from "../../../types/derive.js";
import { tsLiteral } from "../literals.js";
import { className, enumName, recordName, resultField } from "../names.js";
import { hasPropertyKeys, holdsIntegers, shapeOf, typescriptRow } from "../types.js";
import { tsResultType } from "./type-names.js";

/** `const argument$list_int64 = argument.listOf(argument.int64);` The `$` keeps it apart from what a person names. */
export interface ConverterConstant {
  readonly name: string;
  readonly value: Expression;
}

/** Whether integers become numbers or bigints. */
export type IntegerForm = "number" | "bigint";

/** What checks and converts a parameter. */
export function readerOf(nativeName: string, type: Type): string {
  const shape = shapeOf(type);
  const row = typescriptRow(shape);
  if (row !== null) return `argument.${row.argument}`;
  return fastTensor("argument", shape) ?? `argument$${typeKey(nativeName, shape)}`;
}

/** What makes a result; null where native code returns the result itself. */
export function converterOf(nativeName: string, type: Type, form: IntegerForm = "number"): string | null {
  const shape = shapeOf(type);
  const row = typescriptRow(shape);
  if (row !== null) {
    if (row.convert === null) return null;
    return `result.${form === "bigint" && row.bigint !== null ? row.bigint : row.convert}`;
  }
  const fast = fastTensor("result", shape);
  if (fast !== null) return fast;
  const isSame = shape.kind === "optional" || shape.kind === "list" || shape.kind === "tuple";
  if (isSame && partsOf(shape).every((part) => converterOf(nativeName, part, form) === null)) return null;
  const suffix = form === "bigint" && holdsIntegers(shape) ? "$bigint" : "";
  return `result$${typeKey(nativeName, shape)}${suffix}`;
}

/** The two that are most common have functions of their own. */
function fastTensor(way: "argument" | "result", type: Type): string | null {
  if (isArray(type) || (type.kind !== "optional" && type.kind !== "list")) return null;
  const fast = typescriptRow(type.of)?.fast ?? null;
  return fast === null ? null : `${way}.${fast[type.kind]}`;
}

/** The constants behind all readers and converters of a module, each behind those that it is made of. */
export interface Converters {
  addReader(type: Type): void;
  addConverter(type: Type, form: IntegerForm): void;
  readonly constants: readonly ConverterConstant[];
}

export function collectConverters(nativeName: string): Converters {
  const constants = new Map<string, Expression>();
  const add = (name: string | null, build: () => Expression): void => {
    if (name?.includes("$") && !constants.has(name)) constants.set(name, build());
  };
  const addReader = (whole: Type): void => {
    const type = shapeOf(whole);
    if (fastTensor("argument", type) !== null) return;
    for (const part of partsOf(type)) addReader(part);
    add(readerOf(nativeName, type), () => buildReader(nativeName, type));
  };
  const addConverter = (whole: Type, form: IntegerForm): void => {
    const type = shapeOf(whole);
    if (fastTensor("result", type) !== null) return;
    for (const part of partsOf(type)) addConverter(part, form);
    add(converterOf(nativeName, type, form), () => buildConverter(nativeName, type, form));
  };
  return {
    addReader,
    addConverter,
    get constants() {
      return [...constants].map(([name, value]) => ({ name, value }));
    },
  };
}

function buildReader(nativeName: string, type: Type): Expression {
  const inner = (part: Type): Expression => verbatim(readerOf(nativeName, part));
  switch (type.kind) {
    case "optional":
      return call("argument.optionalOf", inner(type.of));
    case "list":
      return isArray(type)
        ? call("argument.arrayOf", inner(type.of), verbatim(String(type.length)))
        : call("argument.listOf", inner(type.of));
    case "tuple":
      return call("argument.tupleOf", ...type.of.map(inner));
    case "dict": {
      const keys = hasPropertyKeys(type) ? "string" : "int64";
      return call("argument.dictOf", inner(type.key), inner(type.value), string(keys));
    }
    case "record": {
      const fields = type.decl.fields.map((field) =>
        array(
          string(resultField(field.name)),
          inner(field.type),
          ...(field.default === null ? [] : [verbatim(tsLiteral(field.default, field.type))]),
        ),
      );
      return call("argument.recordOf", string(recordName(type.decl)), array(...fields));
    }
    case "enum":
      return call("argument.enumOf", string(enumName(type.decl)), enumEntries(type));
    case "handle":
      return call("argument.objectOf", verbatim(className(type.decl)));
    default:
      throw new Error(`TypeScript has no ${type.kind}`);
  }
}

function buildConverter(nativeName: string, type: Type, form: IntegerForm): Expression {
  const inner = (part: Type): Expression => verbatim(converterOf(nativeName, part, form) ?? "null");
  const named = (part: Type): string => tsResultType(part, form);
  switch (type.kind) {
    case "optional":
      return call(`result.optionalOf<${named(type.of)}>`, inner(type.of));
    case "list":
      return isArray(type)
        ? call(`result.arrayOf<${named(type)}>`, inner(type.of))
        : call(`result.listOf<${named(type.of)}>`, inner(type.of));
    case "tuple":
      return call(`result.tupleOf<${named(type)}>`, ...type.of.map(inner));
    case "dict":
      return call(`result.dictOf<${named(type.key)}, ${named(type.value)}>`, inner(type.key), inner(type.value));
    case "record": {
      const fields = type.decl.fields.map((field) => array(string(resultField(field.name)), inner(field.type)));
      return call(`result.recordOf<${named(type)}>`, array(...fields));
    }
    case "enum":
      return call(`result.enumOf<${enumName(type.decl)}>`, string(enumName(type.decl)), enumEntries(type));
    case "handle":
      return call("result.objectOf", verbatim(className(type.decl)));
    default:
      throw new Error(`TypeScript has no ${type.kind}`);
  }
}

function enumEntries({ decl }: Extract<Type, { kind: "enum" }>): Expression {
  return array(...decl.entries.map(({ name, value }) => array(string(name), verbatim(integerLiteral(value)))));
}

function integerLiteral(text: string): string {
  return Number.isSafeInteger(Number(text)) ? text : `${text}n`;
}

function array(...items: readonly Expression[]): Expression {
  return { kind: "array", items };
}
