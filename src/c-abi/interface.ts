// What the wrapper and the native part of a package must agree on, and its hash, which both carry.
import type { ExportedFunction, Module, Type } from "../model/module.js";
import type { TypeOf } from "../types/derive.js";
import { declaredTypes } from "../types/walk.js";
import { fnv1a64 } from "./fnv.js";
import { constructorSymbol, functionSymbol, methodSymbol, typeKey } from "./names.js";

/** How functions of one signature are called. To be counted up when that changes, since the signatures do not show it. */
const CONVENTION = 1;

/**
 * The hash of all that crosses between a host and the package: symbols, host names, types; values of enums, fields of structs,
 * members of classes. Comments, places, the order of functions, names of parameters and defaults, which hosts fill in, are no
 * part of it.
 */
export function hashInterface(module: Module): string {
  return fnv1a64(interfaceText(module));
}

/** The canonical text that is hashed. Keys of types spell out every tuple, so its family of C functions too. */
export function interfaceText(module: Module): string {
  const { nativeName, functions, classes } = module;
  const key = (type: Type): string => typeKey(nativeName, type);
  const lines = [
    ...functions.map((exported) => describe(key, functionSymbol(exported.name), exported)),
    ...classes.flatMap(({ decl, make, methods }) => [
      ...(make === null ? [] : [describe(key, constructorSymbol(decl.name), make)]),
      ...methods.map((method) => describe(key, methodSymbol(decl.name, method), method)),
    ]),
    ...declaredTypes(module).map((type) => `${key(type)} ${describeDeclared(key, type)}`),
  ].sort();
  return [`${nativeName} ${CONVENTION}`, ...lines].map((line) => `${line}\n`).join("");
}

/** `_leaky_step leaky_step (tensor, optional_tensor, double) -> tuple2_tensor_tensor`; no host name where hosts do not see it. */
function describe(
  key: (type: Type) => string,
  symbol: string,
  { name, hostName, rcpp, parameters, returns }: ExportedFunction,
): string {
  const seen = rcpp ? `${hostName ?? name} ` : "";
  return `${symbol} ${seen}(${parameters.map(({ type }) => key(type)).join(", ")}) -> ${key(returns)}`;
}

/** `nearest=0 linear=1` of an enum, `left:double right:double` of a struct, in order; of a class, what TypeScript calls it where that is said. */
function describeDeclared(key: (type: Type) => string, type: TypeOf<"enum" | "record" | "handle">): string {
  switch (type.kind) {
    case "enum":
      return type.decl.entries.map(({ name, value }) => `${name}=${value}`).join(" ");
    case "record":
      return type.decl.fields.map((field) => `${field.name}:${key(field.type)}`).join(" ");
    case "handle":
      return type.decl.hostNames?.typescript ?? "";
  }
}
