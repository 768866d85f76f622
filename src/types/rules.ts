// Which types can be derived: what each container may hold.
import type { Type } from "../model/module.js";
import { type ArrayType, isArray, partsOf } from "./derive.js";

/** What is wrong with a type, following its spelling in a message. */
export interface DerivationProblem {
  readonly what: string;
  readonly code: "container" | "key" | "libtorch" | "size" | "unique";
}

/** Why a type cannot be; null where it can. Its parts are taken to be fine. */
export function derivationProblem(type: Type): DerivationProblem | null {
  const hollow = partsOf(type).find((part) => part.kind === "row" && (part.id === "void" || part.id === "pointer"));
  if (hollow !== undefined) return { what: "holds nothing that could be copied", code: "container" };
  if (partsOf(type).some((part) => part.kind === "list" && part.container === "arrayRef" && type.kind !== "optional")) {
    return { what: "holds a view, whose data belongs to nobody", code: "container" };
  }
  if (partsOf(type).some((part) => part.kind === "handle" && part.pointer === "unique")) {
    return { what: "holds a `std::unique_ptr`, of which no copy can be given away", code: "unique" };
  }
  switch (type.kind) {
    case "optional":
      return type.of.kind === "optional"
        ? { what: "is an optional of an optional, whose two absences no other language tells apart", code: "container" }
        : null;
    case "list":
      if (type.container === "array") return arrayProblem(type);
      return type.container === "list" ? libtorchProblem(type.of) : null;
    case "dict": {
      const { key } = type;
      if (key.kind !== "row" || (key.id !== "string" && key.id !== "int64")) {
        return { what: "has keys that are neither `std::string` nor `int64_t`", code: "key" };
      }
      return type.container === undefined ? libtorchProblem(type.value) : null;
    }
    default:
      return null;
  }
}

/** Values in an array, those of arrays in it counted: it lies on the stack. */
const mostInArray = 65_536;

function arrayProblem(type: ArrayType): DerivationProblem | null {
  if (type.length === 0) return { what: "has no elements", code: "size" };
  return cellsOf(type) > mostInArray ? { what: `has more than ${mostInArray} elements`, code: "size" } : null;
}

function cellsOf(type: Type): number {
  return isArray(type) ? type.length * cellsOf(type.of) : 1;
}

/** `c10::List` and `c10::Dict` hold what the dispatcher knows. */
function libtorchProblem(type: Type): DerivationProblem | null {
  return isLibtorchs(type)
    ? null
    : { what: "holds something that libtorch's own containers cannot hold", code: "libtorch" };
}

function isLibtorchs(type: Type): boolean {
  switch (type.kind) {
    case "row":
      return ["tensor", "int64", "double", "bool", "string"].includes(type.id);
    case "optional":
      return isLibtorchs(type.of);
    case "list":
      return (type.container === undefined || type.container === "list") && isLibtorchs(type.of);
    case "tuple":
      return type.pair !== true && type.of.every(isLibtorchs);
    case "dict":
      return type.container === undefined && isLibtorchs(type.key) && isLibtorchs(type.value);
    default:
      return false;
  }
}
