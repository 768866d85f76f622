// What a package that switched gets for tuples, pairs, optionals and vectors that nobody registered: the C functions that make,
// read and free them. As all that is generated for such a package, they need no header but R torch's.
import type { Type } from "../ir/module.js";
import { familyOf } from "../names/c-abi.js";
import { abiOf, cppType, cType, cZero, hasFamily, storedType, type TypeOf } from "../types/derive.js";
import type { CppParameter, CppSignature } from "./shared.js";

export interface SwitchedBody {
  readonly c: CppSignature;
  readonly body: readonly string[];
  /** What follows a failed try block; null where nothing is returned. */
  readonly failure: string | null;
}

export interface SwitchedFamily {
  readonly alias: string;
  readonly cpp: string;
  readonly functions: readonly SwitchedBody[];
}

type Derived = TypeOf<"tuple" | "optional" | "list">;

/** Whether glue can be derived for it: torchexport passed it unchanged, and no Rcpp class could take it. */
export function isDerived(type: Type): type is Derived {
  return isStoredDerived(storedType(type));
}

function isStoredDerived(type: Type): boolean {
  if (!hasFamily(type) || type.kind === "record" || type.kind === "dict") return false;
  if (type.kind === "tuple") return type.of.every(isCarried);
  return !("container" in type) && isCarried(type.of) && !isRcpps(type);
}

/** Vectors of numbers, which Rcpp itself converts. */
function isRcpps(type: Type): boolean {
  return type.kind === "list" && type.of.kind === "row" && ["int64", "int32", "float"].includes(type.of.id);
}

function isCarried(type: Type): boolean {
  const { by } = abiOf(type);
  return isDerived(type) || (type.kind !== "foreign" && type.kind !== "enum" && (by === "raw" || by === "value"));
}

/** The C++ value behind a C value. */
export function readSwitched(nativeName: string, type: Type, value: string): string {
  if (type.kind === "registered") return `from_raw::${type.raw}(${value})`;
  if (isDerived(type)) return `*reinterpret_cast<${aliasOf(nativeName, type)}*>(${value})`;
  const abi = abiOf(type);
  if (abi.by !== "raw") return value;
  // from_raw::TensorList gives a view; a vector is made of it by hand.
  const isVector = isListOf(type) && abi.raw === "TensorList";
  return `from_raw::${abi.raw}(${value})${isVector ? ".vec()" : ""}`;
}

function isListOf(type: Type): boolean {
  return type.kind === "list" && type.container === undefined;
}

/** Returns the C value of a C++ one. */
export function makeSwitched(nativeName: string, type: Type, value: string): readonly string[] {
  if (type.kind === "registered") return [`return make_raw::${type.raw}(${value});`];
  if (isDerived(type)) return [`return make_ptr<${aliasOf(nativeName, type)}>(${value});`];
  const abi = abiOf(type);
  if (abi.by !== "raw") return [`return ${value};`];
  if (!abi.lvalue) return [`return make_raw::${abi.raw}(${value});`];
  return [`${cppType(type)} result = ${value};`, `return make_raw::${abi.raw}(result);`];
}

function aliasOf(nativeName: string, type: Derived): string {
  return familyOf(nativeName, storedType(type) as Derived).name;
}

export function lowerSwitchedFamily(nativeName: string, whole: Derived): SwitchedFamily {
  const type = storedType(whole) as Derived;
  const family = familyOf(nativeName, type);
  const free: SwitchedBody = {
    c: { returns: "void", name: family.delete, parameters: [self] },
    body: [`delete reinterpret_cast<${family.name}*>(self);`],
    failure: null,
  };
  return { alias: family.name, cpp: cppType(type), functions: [...functionsOf(nativeName, type), free] };
}

const self: CppParameter = { type: "void*", name: "self" };
const index: CppParameter = { type: "int64_t", name: "index" };

function functionsOf(nativeName: string, type: Derived): readonly SwitchedBody[] {
  const alias = aliasOf(nativeName, type);
  const own = `reinterpret_cast<${alias}*>(self)`;
  const reader = (name: string, of: Type, value: string, rest: readonly CppParameter[] = []): SwitchedBody => ({
    c: { returns: cType(of), name, parameters: [self, ...rest] },
    body: makeSwitched(nativeName, of, value),
    failure: cZero(of),
  });
  const maker = (name: string, parts: readonly Type[]): SwitchedBody => {
    const given = parts.map((part, i) => ({ type: part, name: `e${i}` }));
    const values = given.map((part) => readSwitched(nativeName, part.type, part.name)).join(", ");
    return {
      c: { returns: "void*", name, parameters: given.map((part) => ({ type: cType(part.type), name: part.name })) },
      body: [`return make_ptr<${alias}>(${alias}(${values}));`],
      failure: "nullptr",
    };
  };
  switch (type.kind) {
    case "tuple": {
      const family = familyOf(nativeName, type);
      const get = type.of.map((of, i) => reader(family.get[i] ?? "", of, `std::get<${i}>(*${own})`));
      return [...get, maker(family.new, type.of)];
    }
    case "optional": {
      const family = familyOf(nativeName, type);
      const has = reader(family.hasValue, { kind: "row", id: "bool" }, `${own}->has_value()`);
      return [
        has,
        reader(family.get, type.of, `${own}->value()`),
        maker(family.new, [type.of]),
        maker(family.none, []),
      ];
    }
    case "list": {
      const family = familyOf(nativeName, type);
      const size = reader(family.size, { kind: "row", id: "int64" }, `static_cast<int64_t>(${own}->size())`);
      const push: SwitchedBody = {
        c: { returns: "void", name: family.push, parameters: [self, { type: cType(type.of), name: "value" }] },
        body: [`${own}->push_back(${readSwitched(nativeName, type.of, "value")});`],
        failure: null,
      };
      return [size, reader(family.get, type.of, `${own}->at(index)`, [index]), maker(family.new, []), push];
    }
  }
}
