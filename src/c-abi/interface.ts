// The interface between a host and the native part of a package. Both carry its hash, and loading compares them.
import type { ExportedFunction, Module, Type } from "../model/module.js";
import type { TypeOf } from "../types/derive.js";
import { declaredTypes } from "../types/walk.js";
import { fnv1a64 } from "./fnv.js";
import { membersOf } from "./members.js";
import { typeKey } from "./names.js";

/** How functions of one signature are called. To be counted up when that changes, since the signatures do not show it. */
const CONVENTION = 1;

/**
 * Returns the hash of everything that crosses between a host and the package: symbols, host names, types, values of enums, fields of
 * structs, members of classes. Comments, places, the order of functions, names of parameters and defaults are not part of it.
 * @param targetLines what the targets add, whether or not the package has their host: adding a host changes no hash
 */
export function hashInterface(module: Module, targetLines: readonly string[]): string {
  return fnv1a64(interfaceText(module, targetLines));
}

/** The canonical text that is hashed. Keys of types spell out every tuple, so its family of C functions too. */
export function interfaceText(module: Module, targetLines: readonly string[]): string {
  const { nativeName } = module;
  const key = (type: Type): string => typeKey(nativeName, type);
  const lines = [
    ...membersOf(module).map((member) => describe(key, member.key, member.exported)),
    ...declaredTypes(module).flatMap((type) =>
      type.kind === "handle" ? [] : [`${key(type)} ${describeDeclared(key, type)}`],
    ),
    ...targetLines,
  ].sort();
  return [`${nativeName} ${CONVENTION}`, ...lines].map((line) => `${line}\n`).join("");
}

/** `_leaky_step leaky_step (tensor, optional_tensor, double) -> tuple2_tensor_tensor`; no host name where hosts do not see it. */
function describe(
  key: (type: Type) => string,
  symbol: string,
  { name, hostName, visibleToHosts, parameters, returns }: ExportedFunction,
): string {
  const seen = visibleToHosts ? `${hostName ?? name} ` : "";
  return `${symbol} ${seen}(${parameters.map(({ type }) => key(type)).join(", ")}) -> ${key(returns)}`;
}

/** `nearest=0 linear=1` for an enum, `left:double right:double` for a struct, in order. */
function describeDeclared(key: (type: Type) => string, type: TypeOf<"enum" | "record">): string {
  return type.kind === "enum"
    ? type.decl.entries.map(({ name, value }) => `${name}=${value}`).join(" ")
    : type.decl.fields.map((field) => `${field.name}:${key(field.type)}`).join(" ");
}
