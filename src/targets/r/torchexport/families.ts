// What a package that switched gets for tuples, pairs, optionals, vectors and dictionaries that nobody registered: the C functions
// that make, read and free them. As all that is generated for such a package, they need no header but R torch's.

import { familyOf, scalarPartsSymbol } from "../../../c-abi/names.js";
import type { Type } from "../../../model/module.js";
import type { CppParameter, CppSignature } from "../../../print/expression.js";
import {
  type ArrayType,
  abiOf,
  cppType,
  cType,
  cZero,
  hasFamily,
  isArray,
  isOptionalView,
  partsOf,
  storedType,
  type TypeOf,
  withoutNames,
} from "../../../types/derive.js";

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

type Derived = TypeOf<"tuple" | "record" | "optional" | "list" | "dict">;

/**
 * Whether an enum, struct or class has an annotation that says what R calls it. torchexport passed all of them unchanged, and people
 * wrote what Rcpp needs for them: so do those without one.
 */
export function isMarked(type: Type): type is TypeOf<"enum" | "record" | "handle"> {
  if (type.kind === "handle" && type.pointer === "intrusive") return false;
  const isDeclared = type.kind === "enum" || type.kind === "record" || type.kind === "handle";
  return isDeclared && type.decl.hostNames !== undefined;
}

/** Whether a family of C functions is derived for it, where torchexport passed it unchanged. */
export function isDerived(type: Type): type is Derived {
  const isTheirs = type.kind === "record" && type.decl.tuple === undefined && !isMarked(type);
  return hasFamily(type) && !isTheirs && partsOf(type).every(isCarried);
}

/** Whether the glue converts it: what has a family, and the enums and classes that are marked. */
export function isConverted(type: Type): boolean {
  return isDerived(type) || ((type.kind === "enum" || type.kind === "handle") && isMarked(type));
}

function isCarried(type: Type): boolean {
  const { by } = abiOf(type);
  return isConverted(type) || (type.kind !== "foreign" && type.kind !== "enum" && (by === "raw" || by === "value"));
}

/** The C++ value behind a C value. */
export function readSwitched(nativeName: string, type: Type, value: string): string {
  if (type.kind === "registered") return `from_raw::${type.raw}(${value})`;
  if (isArray(type)) return readArray(type, readSwitched(nativeName, storedType(type), value));
  if (isDerived(type)) {
    const stored = `reinterpret_cast<${aliasOf(nativeName, type)}*>(${value})`;
    if (type.kind === "dict") return readDict(type, stored);
    return isOptionalView(type) ? readView(type, stored) : `*${stored}`;
  }
  if (type.kind === "enum") return `static_cast<${cppType(type)}>(${value})`;
  if (type.kind === "handle") return readObject(type, value);
  const abi = abiOf(type);
  if (abi.by !== "raw") return value;
  // from_raw::TensorList gives a view; a vector is made of it by hand.
  const isVector = isListOf(type) && abi.raw === "TensorList";
  return `from_raw::${abi.raw}(${value})${isVector ? ".vec()" : ""}`;
}

/** What a handle of a class points to: hosts and C++ share in owning the object. */
export function sharedType({ decl }: Pick<TypeOf<"handle">, "decl">): string {
  return `std::shared_ptr<${cppType({ kind: "handle", decl })}>`;
}

function readObject(type: TypeOf<"handle">, value: string): string {
  const shared = `*reinterpret_cast<${sharedType(type)}*>(${value})`;
  return type.pointer === undefined ? `*${shared}` : shared;
}

function makeObject(type: TypeOf<"handle">, value: string): readonly string[] {
  const shared = sharedType(type);
  if (type.pointer === undefined) {
    return [`return make_ptr<${shared}>(std::make_shared<${cppType(type)}>(${value}));`];
  }
  return [
    `${shared} result = ${value};`,
    'if (!result) throw std::runtime_error("the result is a null pointer");',
    `return make_ptr<${shared}>(result);`,
  ];
}

/** An array made of a list of its length. */
function readArray(type: ArrayType, list: string): string {
  const cpp = cppType(withoutNames(type));
  const words = `"a list of length ${type.length} is needed, not one of length "`;
  const check = `if (list.size() != ${type.length}) throw std::length_error(${words} + std::to_string(list.size()));`;
  const copy = `${cpp} array; for (size_t i = 0; i < ${type.length}; ++i) array[i] = list[i]; return array;`;
  // R torch's own list of booleans becomes a vector where one is asked for.
  return `[](const ${cppType(withoutNames(storedType(type)))}& list) { ${check} ${copy} }(${list})`;
}

/** A dictionary made of its entries. */
function readDict(type: TypeOf<"dict">, entries: string): string {
  const cpp = cppType(withoutNames(type));
  if (type.container !== undefined) return `${cpp}(${entries}->begin(), ${entries}->end())`;
  const insert = "for (const auto& entry : entries) dict.insert_or_assign(entry.first, entry.second);";
  return `[](const auto& entries) { ${cpp} dict; ${insert} return dict; }(*${entries})`;
}

/** An optional view of the vector that an optional holds. */
function readView(type: Type, optional: string): string {
  const cpp = cppType(withoutNames(type));
  return `(${optional}->has_value() ? ${cpp}(${optional}->value()) : ${cpp}())`;
}

function isListOf(type: Type): boolean {
  return type.kind === "list" && type.container === undefined;
}

/** Returns the C value of a C++ one. */
export function makeSwitched(nativeName: string, type: Type, value: string): readonly string[] {
  if (type.kind === "registered") return [`return make_raw::${type.raw}(${value});`];
  if (isArray(type)) {
    const list = `${cppType(withoutNames(storedType(type)))}(array.begin(), array.end())`;
    return [`const auto& array = ${value};`, ...makeSwitched(nativeName, storedType(type), list)];
  }
  if (isDerived(type)) {
    const alias = aliasOf(nativeName, type);
    return type.kind === "dict" ? makeDict(type, alias, value) : [`return make_ptr<${alias}>(${value});`];
  }
  if (type.kind === "enum") return [`return static_cast<int64_t>(${value});`];
  if (type.kind === "handle") return makeObject(type, value);
  const abi = abiOf(type);
  if (abi.by !== "raw") return [`return ${value};`];
  if (!abi.lvalue) return [`return make_raw::${abi.raw}(${value});`];
  return [`${cppType(withoutNames(type))} result = ${value};`, `return make_raw::${abi.raw}(result);`];
}

/** A dictionary's entries: in the order that it keeps, those of an unordered one sorted by key. */
function makeDict({ container }: TypeOf<"dict">, alias: string, value: string): readonly string[] {
  const made = `return make_ptr<${alias}>(entries);`;
  if (container === undefined) {
    return [
      `${alias} entries;`,
      `for (const auto& entry : ${value}) entries.emplace_back(entry.key(), entry.value());`,
      made,
    ];
  }
  const byKey = "[](const auto& a, const auto& b) { return a.first < b.first; }";
  const sort = container === "map" ? [] : [`std::sort(entries.begin(), entries.end(), ${byKey});`];
  return [`const auto& result = ${value};`, `${alias} entries(result.begin(), result.end());`, ...sort, made];
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
  return { alias: family.name, cpp: storedCpp(type), functions: [...functionsOf(nativeName, type), free] };
}

/** What tells R of scalars that come out what its torch cannot. */
export function lowerSwitchedScalarParts(nativeName: string): SwitchedFamily {
  const alias = `${nativeName}_scalar`;
  return {
    alias,
    cpp: "torch::Scalar",
    functions: [
      {
        c: { returns: "void*", name: scalarPartsSymbol(nativeName), parameters: [self] },
        body: [
          `const ${alias}& value = from_raw::Scalar(self);`,
          "std::vector<double> parts;",
          "if (value.isComplex()) parts = {value.toComplexDouble().real(), value.toComplexDouble().imag()};",
          "return make_raw::vector::double_t(parts);",
        ],
        failure: "nullptr",
      },
    ],
  };
}

/** The C++ class behind a handle: a dictionary is kept as its entries. */
function storedCpp(type: Derived): string {
  return type.kind === "dict"
    ? `std::vector<std::pair<${cppType(withoutNames(type.key))}, ${cppType(withoutNames(type.value))}>>`
    : cppType(withoutNames(type));
}

interface CppPart {
  readonly type: Type;
  readonly name: string;
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
  const maker = (name: string, parts: readonly Type[], [open, close] = ["(", ")"]): SwitchedBody => {
    const given = parts.map((part, i) => ({ type: part, name: `e${i}` }));
    const values = given.map((part) => readSwitched(nativeName, part.type, part.name)).join(", ");
    return {
      c: { returns: "void*", name, parameters: given.map((part) => ({ type: cType(part.type), name: part.name })) },
      body: [`return make_ptr<${alias}>(${alias}${open}${values}${close});`],
      failure: "nullptr",
    };
  };
  const size = (name: string): SwitchedBody =>
    reader(name, { kind: "row", id: "int64" }, `static_cast<int64_t>(${own}->size())`);
  const changer = (name: string, add: string, parts: readonly CppPart[]): SwitchedBody => {
    const values = parts.map((part) => readSwitched(nativeName, part.type, part.name)).join(", ");
    return {
      c: { returns: "void", name, parameters: [self, ...parts.map((p) => ({ type: cType(p.type), name: p.name }))] },
      body: [`${own}->${add}(${values});`],
      failure: null,
    };
  };
  switch (type.kind) {
    case "tuple":
    case "record": {
      const family = familyOf(nativeName, type);
      const parts = partsOf(type);
      const isStruct = type.kind === "record" && type.decl.tuple === undefined;
      const element = (i: number): string =>
        isStruct ? `${own}->${type.decl.fields[i]?.name}` : `std::get<${i}>(*${own})`;
      const get = parts.map((of, i) => reader(family.get[i] ?? "", of, element(i)));
      return [...get, maker(family.new, parts, isStruct ? ["{", "}"] : ["(", ")"])];
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
      const element = type.container === "list" ? "get(static_cast<size_t>(index))" : "at(index)";
      return [
        size(family.size),
        reader(family.get, type.of, `${own}->${element}`, [index]),
        maker(family.new, []),
        changer(family.push, "push_back", [{ type: type.of, name: "value" }]),
      ];
    }
    case "dict": {
      const family = familyOf(nativeName, type);
      const entry = `${own}->at(index)`;
      const parts = [
        { type: type.key, name: "key" },
        { type: type.value, name: "value" },
      ];
      return [
        size(family.size),
        reader(family.key, type.key, `${entry}.first`, [index]),
        reader(family.value, type.value, `${entry}.second`, [index]),
        maker(family.new, []),
        changer(family.set, "emplace_back", parts),
      ];
    }
  }
}
