// Default values as TypeScript writes them.
import type { DefaultValue, Type } from "../../model/module.js";
import { tsString } from "../../print/escape.js";
import { typescriptRow } from "./types.js";

/** `0.9`, `"linear"`, `null`, `[]`, `9007199254740993n`. A whole number that is floating as a scalar says so. */
export function tsLiteral(value: DefaultValue, type: Type): string {
  switch (value.kind) {
    case "none":
      return "null";
    case "bool":
      return String(value.value);
    case "int64":
      return Number.isSafeInteger(Number(value.text)) ? value.text : `${value.text}n`;
    case "double":
      return isUntyped(type) && Number.isInteger(value.value)
        ? `{ value: ${doubleLiteral(value.value)}, dtype: "float64" }`
        : doubleLiteral(value.value);
    case "string":
      return tsString(value.value);
    case "enum":
      return tsString(value.entry);
    case "named":
      return tsString(value.name);
    case "list":
      return `[${value.items.map((item) => tsLiteral(item, inside(type))).join(", ")}]`;
    case "emptyDict":
      return "new Map()";
    case "emptyList":
      return "[]";
  }
}

/** Whether a whole number would not say that it is floating. */
function isUntyped(type: Type): boolean {
  return type.kind === "optional" ? isUntyped(type.of) : typescriptRow(type)?.isUntyped === true;
}

/** What a list holds, which may be optional. */
function inside(type: Type): Type {
  const list = type.kind === "optional" ? type.of : type;
  return list.kind === "list" ? list.of : list;
}

function doubleLiteral(value: number): string {
  if (Number.isNaN(value)) return "Number.NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Number.POSITIVE_INFINITY" : "Number.NEGATIVE_INFINITY";
  return Object.is(value, -0) ? "-0" : String(value);
}
