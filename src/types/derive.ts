// What a type is at each layer. Forms of rows, and of the optionals and lists that rows list, are looked up; all other types are
// derived from the forms of their parts.
import type { Type } from "../model/module.js";
import type { AbiForm, TypeForm } from "./form.js";
import { registry } from "./registry.js";
import { templateNames } from "./templates.js";

export type TypeOf<K extends Type["kind"]> = Extract<Type, { readonly kind: K }>;
export type TupleType = TypeOf<"tuple">;

/** The form of a row, or of an optional or list that its row lists; null for a type that is derived from its parts. */
export function findForm(type: Type): TypeForm | null {
  switch (type.kind) {
    case "row":
      return registry[type.id];
    case "optional":
      return type.of.kind === "row" ? registry[type.of.id].optional : null;
    case "list":
      return type.of.kind === "row" && type.container !== "list" ? registry[type.of.id].list : null;
    default:
      return null;
  }
}

/** As `findForm`. Throws on a type that is derived from its parts. */
export function formOf(type: Type): TypeForm {
  const form = findForm(type);
  if (form === null) throw new Error(`a ${type.kind} has no form of its own: ${cppType(type)}`);
  return form;
}

/** How a type crosses the C ABI. */
export function abiOf(type: Type): AbiForm {
  switch (type.kind) {
    case "enum":
      return { by: "value", c: "int64_t", zero: "0", checked: "enumerator", cast: true };
    case "registered":
      return type.abi === "void*"
        ? { by: "raw", raw: type.raw, checked: null, lvalue: false }
        : { by: "value", c: type.abi, zero: `${type.abi}()`, checked: null, cast: false };
    case "handle":
      return { by: "handle" };
    case "foreign":
      return { by: "value", c: type.spelling, zero: `${type.spelling}()`, checked: null, cast: false };
    default:
      return findForm(type)?.abi ?? { by: "family" };
  }
}

/**
 * The type whose family of C functions carries this one: a view is stored as the vector that it is taken of, an array as one that is
 * made of it, each dictionary alike.
 */
export function storedType(type: Type): Type {
  switch (type.kind) {
    case "list":
      return type.container === "arrayRef" || isArray(type) ? { kind: "list", of: type.of } : type;
    case "optional":
      return isOptionalView(type) ? { kind: "optional", of: storedType(type.of) } : type;
    case "dict":
      return { kind: "dict", key: type.key, value: type.value };
    default:
      return type;
  }
}

/** Whether a parameter of the type is a view of what its stored type holds, and wants to be made of it. */
export function isOptionalView(type: Type): boolean {
  return type.kind === "optional" && type.of.kind === "list" && type.of.container === "arrayRef";
}

export type ArrayType = Extract<TypeOf<"list">, { readonly container: "array" }>;

/** Whether it is a `std::array`. */
export function isArray(type: Type): type is ArrayType {
  return type.kind === "list" && type.container === "array";
}

/** `myext::Point`. */
export function qualifiedName({ namespace, name }: { readonly namespace: readonly string[]; readonly name: string }) {
  return [...namespace, name].join("::");
}

/** C++ as people read it, without the `::` in front of names: `const myext::tensor_pair&`. */
export function readable(cpp: string): string {
  return cpp.replace(/(?<![\w>])::/gu, "");
}

/** The C++ type, as generated code spells it. */
export function cppType(type: Type): string {
  switch (type.kind) {
    case "row":
      return registry[type.id].cpp;
    case "optional":
      return `torch::optional<${cppType(type.of)}>`;
    case "list": {
      if (type.container === "array") return `std::array<${cppType(type.of)}, ${type.length}>`;
      const template = { vector: "std::vector", arrayRef: "at::ArrayRef", list: "c10::List" };
      return `${template[type.container ?? "vector"]}<${cppType(type.of)}>`;
    }
    case "tuple":
      return `std::${type.pair === true ? "pair" : "tuple"}<${type.of.map(cppType).join(", ")}>`;
    case "dict": {
      const template = { dict: "c10::Dict", map: "std::map", unorderedMap: "std::unordered_map" };
      return `${template[type.container ?? "dict"]}<${cppType(type.key)}, ${cppType(type.value)}>`;
    }
    case "enum":
    case "record":
      return `::${qualifiedName(type.decl)}`;
    case "handle": {
      const object = `::${qualifiedName(type.decl)}`;
      return type.pointer === undefined ? object : `${templateNames[type.pointer]}<${object}>`;
    }
    case "registered":
      return type.cpp;
    case "foreign":
      return type.spelling;
  }
}

/** The type with tuples in the place of the aliases that name their elements: what C++ sees, and needs no header for. */
export function withoutNames(type: Type): Type {
  switch (type.kind) {
    case "optional":
    case "list":
      return { ...type, of: withoutNames(type.of) };
    case "tuple":
      return { ...type, of: type.of.map(withoutNames) };
    case "dict":
      return { ...type, value: withoutNames(type.value) };
    case "record": {
      const { tuple, fields } = type.decl;
      const of = fields.map((field) => withoutNames(field.type));
      return tuple === undefined ? type : { kind: "tuple", of, ...(tuple === "pair" ? { pair: true } : {}) };
    }
    default:
      return type;
  }
}

/** Whether aliases name elements of tuples somewhere inside. */
export function holdsNamedTuple(type: Type): boolean {
  return (type.kind === "record" && type.decl.tuple !== undefined) || partsOf(type).some(holdsNamedTuple);
}

/** The type at the C ABI: `void*` for what is not passed by value. */
export function cType(type: Type): string {
  const abi = abiOf(type);
  if (abi.by === "nothing") return "void";
  return abi.by === "value" ? abi.c : "void*";
}

/** What a C function of that result returns after an exception; null for one that returns nothing. */
export function cZero(type: Type): string | null {
  const abi = abiOf(type);
  if (abi.by === "nothing") return null;
  return abi.by === "value" ? abi.zero : "nullptr";
}

/** Whether a family of exported C functions makes, reads and frees it. */
export function hasFamily(type: Type): type is TypeOf<"tuple" | "record" | "optional" | "list" | "dict"> {
  return abiOf(type).by === "family";
}

/** Whether nothing crosses: the result of a function that returns nothing. */
export function isNothing(type: Type): boolean {
  return abiOf(type).by === "nothing";
}

export function isByValue(type: Type): boolean {
  return abiOf(type).by === "value";
}

/** The type in prose: `tuple of (tensor, optional tensor)`. */
export function typeTitle(type: Type): string {
  if (isArray(type)) return `${typeTitle(storedType(type))}, of length ${type.length}`;
  const form = findForm(type);
  if (form !== null) return form.title;
  switch (type.kind) {
    case "row":
      return registry[type.id].title;
    case "optional":
      return `optional ${typeTitle(type.of)}`;
    case "list":
      return `list of (${typeTitle(type.of)})`;
    case "tuple":
      return `${type.pair === true ? "pair" : "tuple"} of (${type.of.map(typeTitle).join(", ")})`;
    case "dict":
      return `dictionary from ${typeTitle(type.key)} to ${typeTitle(type.value)}`;
    case "enum":
    case "record":
      return `${type.kind} ${qualifiedName(type.decl)}`;
    case "handle":
      return `class ${qualifiedName(type.decl)}`;
    case "registered":
      return `registered ${readable(type.cpp)}`;
    case "foreign":
      return type.spelling;
  }
}

/** What a type is made of directly. */
export function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case "optional":
    case "list":
      return [type.of];
    case "tuple":
      return type.of;
    case "dict":
      return [type.key, type.value];
    case "record":
      return type.decl.fields.map((field) => field.type);
    default:
      return NOTHING;
  }
}

const NOTHING: readonly Type[] = [];

/** The forms of all that a type is made of, from left to right. */
export function formsIn(type: Type): readonly TypeForm[] {
  const form = findForm(type);
  return form === null ? partsOf(type).flatMap(formsIn) : [form];
}

/** Whether tensors are somewhere inside. */
export function holdsTensors(type: Type): boolean {
  return formsIn(type).some((form) => form.holdsTensors);
}
