// Names beside those of rows from which types are made: templates, and names of their instances.
import type { SmartPointer, Type } from "../model/module.js";

export type TemplateKind =
  | "optional"
  | "vector"
  | "arrayRef"
  | "cList"
  | "array"
  | SmartPointer
  | "tuple"
  | "pair"
  | "dict"
  | "map"
  | "unorderedMap";

/** Templates, by their qualified names. */
export const templates: Readonly<Record<string, TemplateKind>> = {
  "torch::optional": "optional",
  "c10::optional": "optional",
  "std::optional": "optional",
  "std::vector": "vector",
  "c10::ArrayRef": "arrayRef",
  "c10::List": "cList",
  "std::array": "array",
  "std::shared_ptr": "shared",
  "std::unique_ptr": "unique",
  "c10::intrusive_ptr": "intrusive",
  "std::tuple": "tuple",
  "std::pair": "pair",
  "c10::Dict": "dict",
  "std::map": "map",
  "std::unordered_map": "unorderedMap",
};

/** How generated C++ spells a template. */
export const templateNames: Readonly<Record<TemplateKind, string>> = {
  optional: "torch::optional",
  vector: "std::vector",
  arrayRef: "at::ArrayRef",
  cList: "c10::List",
  array: "std::array",
  shared: "std::shared_ptr",
  unique: "std::unique_ptr",
  intrusive: "c10::intrusive_ptr",
  tuple: "std::tuple",
  pair: "std::pair",
  dict: "c10::Dict",
  map: "std::map",
  unorderedMap: "std::unordered_map",
};

/** How many arguments each has; null for any number but none. Those of `std::array` are a type and a number. */
export const templateArity: Readonly<Record<TemplateKind, number | null>> = {
  optional: 1,
  vector: 1,
  arrayRef: 1,
  cList: 1,
  array: 2,
  shared: 1,
  unique: 1,
  intrusive: 1,
  tuple: null,
  pair: 2,
  dict: 2,
  map: 2,
  unorderedMap: 2,
};

/** Names that libtorch has for instances. */
export const instances: Readonly<Record<string, Type>> = {
  "c10::IntArrayRef": { kind: "list", of: { kind: "row", id: "int64" }, container: "arrayRef" },
  "at::TensorList": { kind: "list", of: { kind: "row", id: "tensor" }, container: "arrayRef" },
};

/** The type that a template makes of its arguments; `length` is that of an array. Null where it makes none of them. */
export function instantiate(kind: TemplateKind, args: readonly Type[], length = 0): Type | null {
  const [first, second] = args;
  if (kind === "tuple") return { kind: "tuple", of: args };
  if (first === undefined) return null;
  switch (kind) {
    case "optional":
      return { kind: "optional", of: first };
    case "vector":
      return { kind: "list", of: first };
    case "arrayRef":
      return { kind: "list", of: first, container: "arrayRef" };
    case "cList":
      return { kind: "list", of: first, container: "list" };
    case "array":
      return { kind: "list", of: first, container: "array", length };
    case "shared":
    case "unique":
    case "intrusive":
      return first.kind === "handle" && first.pointer === undefined ? { ...first, pointer: kind } : null;
  }
  if (second === undefined) return null;
  switch (kind) {
    case "pair":
      return { kind: "tuple", of: [first, second], pair: true };
    case "dict":
      return { kind: "dict", key: first, value: second };
    case "map":
    case "unorderedMap":
      return { kind: "dict", key: first, value: second, container: kind };
  }
}
