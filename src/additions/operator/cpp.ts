// Pieces of C++ for the files of a new operator: signatures, and the statements that read any value that crosses.
import type { Type } from "../../model/module.js";
import { freshName } from "../../naming/words.js";
import { cppType } from "../../types/derive.js";
import { holdsNumbers, holdsTensor, isNumber, isTensor } from "./plan.js";

const WIDTH = 120;

/** The type as the user's own namespace spells it. */
export function spell(type: Type, nativeName: string): string {
  return cppType(type).replaceAll(`::${nativeName}::`, "").replace(/^::/u, "").replaceAll("<::", "<");
}

const byValue: ReadonlySet<string> = new Set([
  ...["int64", "int32", "float", "double", "bool", "dtype", "device", "layout", "memoryFormat", "pointer"],
]);

/** As a parameter takes it: small values by value, all else by reference. */
export function parameterType(type: Type, nativeName: string): string {
  const spelling = spell(type, nativeName);
  if (type.kind === "row" && byValue.has(type.id)) return spelling;
  if (type.kind === "enum" || isView(type) || (type.kind === "optional" && isView(type.of))) return spelling;
  return `const ${spelling}&`;
}

const isView = (type: Type): boolean => type.kind === "list" && type.container === "arrayRef";

/** `head(a, b)` and `tail`, on one line or with a line for each argument. */
export function fitted(head: string, items: readonly string[], tail: string, indent = ""): readonly string[] {
  const line = `${indent}${head}(${items.join(", ")})${tail}`;
  if (line.length <= WIDTH || items.length === 0) return [line];
  const last = items.length - 1;
  return [`${indent}${head}(`, ...items.map((item, i) => `${indent}    ${item}${i === last ? `)${tail}` : ","}`)];
}

/** Names for locals that are none of a function's parameters, nor of each other. */
export interface LocalNamer {
  (wanted: string): string;
  /** For a block inside, whose names may come again after it. */
  readonly inside: () => LocalNamer;
}

export function localNamer(taken: Iterable<string>): LocalNamer {
  const used = new Set(taken);
  const name = (wanted: string): string => {
    const found = freshName(wanted, used);
    used.add(found);
    return found;
  };
  return Object.assign(name, { inside: () => localNamer(used) });
}

export interface Collected {
  /** The vector that tensors go into; null where they are not wanted. */
  readonly tensors: string | null;
  /** The double that numbers are multiplied into; null where they are not wanted. */
  readonly factor: string | null;
  readonly nativeName: string;
}

/** Statements that take every tensor and every number out of a value, however deep. */
export function collect(type: Type, value: string, into: Collected, outer: LocalNamer): string[] {
  const local = outer.inside();
  const wanted = (of: Type): boolean =>
    (into.tensors !== null && holdsTensor(of)) || (into.factor !== null && holdsNumbers(of));
  const inside = (of: Type, expression: string): string[] => collect(of, expression, into, local);
  const block = (head: string, lines: readonly string[]): string[] => {
    const [only] = lines;
    const isShort = lines.length === 1 && only !== undefined && `${head} ${only}`.length <= WIDTH - 2;
    return isShort ? [`${head} ${only}`] : [`${head} {`, ...lines.map((line) => `  ${line}`), "}"];
  };
  if (!wanted(type)) return [];
  if (isTensor(type)) return [`${into.tensors}.push_back(${value});`];
  if (isNumber(type)) return [`${into.factor} *= ${asDouble(type, value)};`];
  switch (type.kind) {
    case "optional":
      return block(`if (${value}.has_value())`, inside(type.of, hasMembers(type.of) ? `(*${value})` : `*${value}`));
    case "list": {
      const item = local("item");
      if (type.container === "list") {
        const index = local("i");
        const head = `for (size_t ${index} = 0; ${index} < ${value}.size(); ++${index})`;
        return block(head, [
          `const ${spell(type.of, into.nativeName)} ${item} = ${value}.get(${index});`,
          ...inside(type.of, item),
        ]);
      }
      const isBit = type.of.kind === "row" && type.of.id === "bool" && type.container === undefined;
      return block(`for (const auto${isBit ? "" : "&"} ${item} : ${value})`, inside(type.of, item));
    }
    case "tuple":
      return type.of.flatMap((part, i) => inside(part, `std::get<${i}>(${value})`));
    case "dict": {
      const entry = local("entry");
      const held = type.container === undefined ? `${entry}.value()` : `${entry}.second`;
      return block(`for (const auto& ${entry} : ${value})`, inside(type.value, held));
    }
    case "record":
      return type.decl.fields.flatMap((field, i) =>
        inside(field.type, type.decl.tuple === undefined ? `${value}.${field.name}` : `std::get<${i}>(${value})`),
      );
    default:
      return [];
  }
}

/** Whether a value of the type is read by a dot behind it. */
function hasMembers(type: Type): boolean {
  if (type.kind === "row") return type.id === "scalar";
  return type.kind === "record" || (type.kind === "list" && type.container === "list");
}

/** A number as a double. */
export function asDouble(type: Type, value: string): string {
  if (type.kind !== "row") return value;
  if (type.id === "scalar") return `${value}.toDouble()`;
  if (type.id === "bool") return `${value} ? 1 : -1`;
  return type.id === "double" ? value : `static_cast<double>(${value})`;
}

/** A number as a factor of a product with a tensor. */
export function asFactor(type: Type, value: string): string {
  return type.kind === "row" && type.id === "bool" ? `(${value} ? 1 : -1)` : value;
}

const dtypes: Readonly<Record<string, string>> = {
  ...{ UInt8: "Byte", Int8: "Char", Int16: "Short", Int32: "Int", Int64: "Long" },
  ...{ Float16: "Half", Float32: "Float", Float64: "Double" },
};

/** A default with those names of dtypes that need no <torch/types.h>. */
export function thinDefault(text: string): string {
  return text.replace(/\btorch::k(U?Int\d+|Float\d+)\b/gu, (whole, name: string) => {
    const thin = dtypes[name];
    return thin === undefined ? whole : `at::k${thin}`;
  });
}
