// What the wrapper and the native part of a package must agree on, and its hash, which both carry.
import type { ExportedFunction, Module, Type } from "../ir/module.js";
import { functionSymbol, typeKey } from "../names/c-abi.js";
import { fnv1a64 } from "./fnv.js";

/** How functions of one signature are called. To be counted up when that changes, since the signatures do not show it. */
const CONVENTION = 1;

/**
 * The hash of all that crosses between a host and the package: symbols, host names, types. Comments, places, the order of
 * functions, names of parameters and defaults, which hosts fill in, are no part of it.
 */
export function hashInterface(module: Module): string {
  return fnv1a64(interfaceText(module));
}

/** The canonical text that is hashed. Keys of types spell out every tuple, so its family of C functions too. */
export function interfaceText({ nativeName, functions }: Module): string {
  const lines = functions.map((exported) => describe(nativeName, exported)).sort();
  return [`${nativeName} ${CONVENTION}`, ...lines].map((line) => `${line}\n`).join("");
}

/** `_leaky_step leaky_step (tensor, optional_tensor, double) -> tuple2_tensor_tensor`; no host name where hosts do not see it. */
function describe(nativeName: string, { name, hostName, rcpp, parameters, returns }: ExportedFunction): string {
  const key = (type: Type): string => typeKey(nativeName, type);
  const seen = rcpp ? `${hostName ?? name} ` : "";
  return `${functionSymbol(name)} ${seen}(${parameters.map(({ type }) => key(type)).join(", ")}) -> ${key(returns)}`;
}
