// What a type is at each layer, tuples included: they are derived from the forms of their elements.
import type { Type } from "../ir/module.js";
import { registry, type TypeForm } from "./registry.js";

export type TupleType = Extract<Type, { readonly kind: "tuple" }>;
type SimpleType = Exclude<Type, TupleType>;

/** The form of a type that is no tuple. Throws on one that `isSupported` refuses, which `resolve` never lets through. */
export function formOf(type: SimpleType): TypeForm {
  if (type.kind === "row") return registry[type.id];
  const form = type.of.kind === "row" ? registry[type.of.id][type.kind] : null;
  if (form === null)
    throw new Error(`there is no ${type.kind} of ${type.of.kind === "row" ? type.of.id : type.of.kind}`);
  return form;
}

/** The C++ type, as generated code spells it. */
export function cppType(type: Type): string {
  return type.kind === "tuple" ? `std::tuple<${type.of.map(cppType).join(", ")}>` : formOf(type).cpp;
}

/** The type at the C ABI: `void*` for what is not passed by value. */
export function cType(type: Type): string {
  if (type.kind === "tuple") return "void*";
  const { abi } = formOf(type);
  return abi.byValue ? abi.c : "void*";
}

/** What a C function of that result returns after an exception. */
export function cZero(type: Type): string {
  if (type.kind === "tuple") return "nullptr";
  const { abi } = formOf(type);
  return abi.byValue ? abi.zero : "nullptr";
}

/** The type inside a dispatcher schema: `(Tensor, Tensor?)` for a tuple. */
export function schemaType(type: Type): string {
  return type.kind === "tuple" ? `(${type.of.map(schemaType).join(", ")})` : formOf(type).schema;
}

/** The TypeScript type of a parameter, and of a result. */
export function tsParameterType(type: Type): string {
  if (type.kind === "tuple") return `readonly [${type.of.map(tsParameterType).join(", ")}]`;
  return formOf(type).ts.parameter;
}

export function tsResultType(type: Type): string {
  return type.kind === "tuple" ? `[${type.of.map(tsResultType).join(", ")}]` : formOf(type).ts.result;
}

/** The TypeScript types of what crosses to the native function, and of what comes back. */
export function tsNativeParameterType(type: Type): string {
  if (type.kind === "tuple") return `readonly [${type.of.map(tsNativeParameterType).join(", ")}]`;
  return formOf(type).ts.native.parameter;
}

export function tsNativeResultType(type: Type): string {
  if (type.kind === "tuple") return `readonly [${type.of.map(tsNativeResultType).join(", ")}]`;
  return formOf(type).ts.native.result;
}

/** The type in prose: `tuple of (tensor, optional tensor)`. */
export function typeTitle(type: Type): string {
  return type.kind === "tuple" ? `tuple of (${type.of.map(typeTitle).join(", ")})` : formOf(type).title;
}

/** The forms of all that a type is made of, from left to right. */
export function formsIn(type: Type): readonly TypeForm[] {
  return type.kind === "tuple" ? type.of.flatMap(formsIn) : [formOf(type)];
}

/** Whether tensors are somewhere inside. */
export function holdsTensors(type: Type): boolean {
  return formsIn(type).some((form) => form.holdsTensors);
}
