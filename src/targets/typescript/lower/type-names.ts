// TypeScript types, with the names of user enums, records and classes.
import type { RecordInfo, Type } from "../../../model/module.js";
import { isArray, partsOf } from "../../../types/derive.js";
import { className, enumName, inputName, recordName } from "../names.js";
import { hasPropertyKeys, holdsIntegers, inputRecords, typescriptRow } from "../types.js";

/** How integers stand in a type: `number`, `bigint`, `number | bigint`, or a type parameter. */
type Integers = "number" | "bigint" | "number | bigint" | "Integer";

/** Arrays longer than that are to TypeScript what any list is; their length is checked all the same. */
const longestTuple = 16;

/** A list of such elements; a short array has a type that knows its length. */
function listType(type: Type, of: string): string {
  if (!isArray(type) || type.length > longestTuple) return `${element(of)}[]`;
  return `[${Array.from({ length: type.length }, () => of).join(", ")}]`;
}

/** The TypeScript type of a parameter. */
export function tsParameterType(type: Type): string {
  switch (type.kind) {
    case "list":
      return `readonly ${listType(type, tsParameterType(type.of))}`;
    case "tuple":
      return `readonly [${type.of.map(tsParameterType).join(", ")}]`;
    case "optional":
      return `${tsParameterType(type.of)} | null`;
    case "dict": {
      const value = tsParameterType(type.value);
      const map = `ReadonlyMap<${tsParameterType(type.key)}, ${value}>`;
      return hasPropertyKeys(type) ? `${map} | Readonly<Record<string, ${value}>>` : map;
    }
    case "record":
      return recordParameterType(type.decl);
    default:
      return typescriptRow(type)?.parameter ?? nameOf(type, "number | bigint");
  }
}

/** Fields that have a default may be left out. */
function recordParameterType(decl: RecordInfo): string {
  const [input] = inputRecords([{ kind: "record", decl }]);
  return input === undefined ? nameOf({ kind: "record", decl }, "number | bigint") : inputName(input);
}

/** The TypeScript type of a result. */
export function tsResultType(type: Type, integers: Integers = "number"): string {
  switch (type.kind) {
    case "list":
      return listType(type, tsResultType(type.of, integers));
    case "tuple":
      return `[${type.of.map((part) => tsResultType(part, integers)).join(", ")}]`;
    case "optional":
      return `${tsResultType(type.of, integers)} | null`;
    case "dict":
      return `Map<${tsResultType(type.key, integers)}, ${tsResultType(type.value, integers)}>`;
    default: {
      const column = typescriptRow(type);
      if (column === null) return nameOf(type, integers);
      return column.bigint === null ? column.result : integers;
    }
  }
}

/** The type of a record's field, which parameters and results share. */
export function tsFieldType(type: Type): string {
  switch (type.kind) {
    case "list":
      return `readonly ${listType(type, tsFieldType(type.of))}`;
    case "tuple":
      return `readonly [${type.of.map(tsFieldType).join(", ")}]`;
    case "optional":
      return `${tsFieldType(type.of)} | null`;
    case "dict":
      return `ReadonlyMap<${tsFieldType(type.key)}, ${tsFieldType(type.value)}>`;
    default: {
      // What callers may give is the wider one, where integers are not a matter of the caller's choice.
      const column = typescriptRow(type);
      return column?.bigint === null ? column.parameter : tsResultType(type, "Integer");
    }
  }
}

/** The name of an enum, class or record, with how its integers stand where that is not the default. */
function nameOf(type: Type, integers: Integers): string {
  if (type.kind === "enum") return enumName(type.decl);
  if (type.kind === "handle") return className(type.decl);
  if (type.kind !== "record") return "never";
  const name = recordName(type.decl);
  return holdsIntegers(type) && integers !== "number" ? `${name}<${integers}>` : name;
}

/** The TypeScript types of what crosses to the native function, and of what comes back. */
export function tsNativeParameterType(type: Type): string {
  return nativeType(type, "parameter");
}

export function tsNativeResultType(type: Type): string {
  return nativeType(type, "result");
}

function nativeType(type: Type, way: "parameter" | "result"): string {
  const inside = (part: Type): string => nativeType(part, way);
  // What comes back is fresh, and may be the caller's as it is.
  const readonly = way === "parameter" ? "readonly " : "";
  switch (type.kind) {
    case "list":
      // A parameter is built element by element, and its length is checked.
      return way === "result" ? listType(type, inside(type.of)) : `readonly ${element(inside(type.of))}[]`;
    case "tuple":
      return `${readonly}[${type.of.map(inside).join(", ")}]`;
    case "record":
      return `${readonly}[${type.decl.fields.map((field) => inside(field.type)).join(", ")}]`;
    case "optional":
      return `${inside(type.of)} | null`;
    case "dict":
      return `${readonly}(${unionOf([inside(type.key), inside(type.value)])})[]`;
    case "enum":
      return "number | bigint";
    case "handle":
      return "number";
    default:
      return typescriptRow(type)?.native[way] ?? "never";
  }
}

function unionOf(types: readonly string[]): string {
  return [...new Set(types.flatMap(alternatives))].join(" | ");
}

/** The alternatives of a union, outside all brackets. */
function alternatives(type: string): readonly string[] {
  let depth = 0;
  const parts = [""];
  for (const word of type.split(/( \| |[[\](){}<>])/)) {
    if (/^[[({<]$/.test(word)) depth += 1;
    if (/^[\])}>]$/.test(word)) depth -= 1;
    if (word === " | " && depth === 0) parts.push("");
    else parts.push(`${parts.pop()}${word}`);
  }
  return parts;
}

/** As the element type of an array: a union needs brackets, and so does an array that is readonly. */
function element(type: string): string {
  return alternatives(type).length > 1 || type.startsWith("readonly ") ? `(${type})` : type;
}

/** The types of the lib shim that these name, as parameters and as results. */
export function typescriptImports(parameters: readonly Type[], results: readonly Type[]): readonly string[] {
  const found = new Set<string>();
  const visit = (type: Type, way: "parameter" | "result"): void => {
    const name = typescriptRow(type)?.import[way] ?? null;
    if (name !== null) found.add(name);
    // A record has fields of one type for both, a parameter's.
    for (const part of partsOf(type)) visit(part, type.kind === "record" ? "parameter" : way);
  };
  for (const type of parameters) visit(type, "parameter");
  for (const type of results) visit(type, "result");
  return [...found].sort();
}

/** Reasons for a RangeError on the way in and on the way out, of all that a type is made of. */
export function rangesOf(type: Type, way: "parameter" | "result"): readonly string[] {
  const column = typescriptRow(type);
  if (column !== null) return column.range[way] === null ? [] : [column.range[way]];
  const own = type.kind === "enum" && way === "result" ? [`is no entry of ${enumName(type.decl)}`] : [];
  return [...own, ...partsOf(type).flatMap((part) => rangesOf(part, way))];
}
