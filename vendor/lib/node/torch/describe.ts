import { isComplex } from "./complex.js";

/** `a Tensor`, `an Edge`. */
export function withArticle(name: string): string {
  return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
}

/** What a value is, in a few words, for the end of «…, got». */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return `an Array of length ${value.length}`;
  switch (typeof value) {
    case "string":
      return `the string ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
    case "number":
    case "boolean":
      return `the ${typeof value} ${value}`;
    case "bigint":
      return `the bigint ${value}n`;
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
  }
  if (isComplex(value)) return `the complex number ${value.re}${value.im < 0 ? "" : "+"}${value.im}i`;
  const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name;
  const kind = typeof name === "string" && name !== "" && name !== "Object" ? name : "plain object";
  if (ArrayBuffer.isView(value) && "length" in value) return `${withArticle(kind)} of length ${value.length}`;
  return withArticle(kind);
}
