// Every C++ type that is supported, and how it stands and is converted at each layer. A new type is a new row: no stage
// asks for a type's id. Optionals, lists and all other derived types follow from rows by src/types/derive.ts; a row lists
// those of its own that lantern/types.h has a name for in R's torch, both ways, and that therefore need no family of functions.
import type { Type, TypeId } from "../ir/module.js";
import type { TypeRow } from "./form.js";
import { names } from "./rows-names.js";
import { numbers } from "./rows-numbers.js";
import { objects } from "./rows-objects.js";

export const registry: Readonly<Record<TypeId, TypeRow>> = {
  ...objects,
  ...numbers,
  ...names,
};

/** Templates from which types are derived, by their qualified names. */
export const templates: Readonly<Record<string, "optional" | "list" | "tuple">> = {
  "torch::optional": "optional",
  "c10::optional": "optional",
  "std::optional": "optional",
  "std::vector": "list",
  "std::tuple": "tuple",
};

/** Rows that `resolve` lets through; the others wait for their hosts. */
const open: ReadonlySet<TypeId> = new Set(["tensor", "int64", "double", "bool", "string"]);

export function isOpen(id: TypeId): boolean {
  return open.has(id);
}

/** Whether `resolve` lets a type through: optional and list of tensor, tuples of anything supported, none empty. */
export function isSupported(type: Type): boolean {
  switch (type.kind) {
    case "row":
      return isOpen(type.id);
    case "optional":
    case "list":
      return type.of.kind === "row" && type.of.id === "tensor";
    case "tuple":
      return type.of.length > 0 && type.of.every(isSupported);
    default:
      return false;
  }
}
