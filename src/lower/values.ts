// Default values as TypeScript writes them.
import type { DefaultValue } from "../ir/module.js";
import { tsStringLiteral } from "./shared.js";

/** `0.9`, `"linear"`, `null`, `[]`, `9007199254740993n`. */
export function tsLiteral(value: DefaultValue): string {
  switch (value.kind) {
    case "none":
      return "null";
    case "bool":
      return String(value.value);
    case "int64":
      return Number.isSafeInteger(Number(value.text)) ? value.text : `${value.text}n`;
    case "double":
      return doubleLiteral(value.value);
    case "string":
      return tsStringLiteral(value.value);
    case "enum":
      return tsStringLiteral(value.entry);
    case "named":
      return tsStringLiteral(value.name);
    case "list":
      return `[${value.items.map(tsLiteral).join(", ")}]`;
    case "emptyDict":
      return "new Map()";
    case "emptyList":
      return "[]";
  }
}

function doubleLiteral(value: number): string {
  if (Number.isNaN(value)) return "Number.NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Number.POSITIVE_INFINITY" : "Number.NEGATIVE_INFINITY";
  return Object.is(value, -0) ? "-0" : String(value);
}
