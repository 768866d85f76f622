// The functions of the C ABI inside the glue: trampolines over a table that .onLoad fills from the native library's handle.

import type { CAbi } from "../../../c-abi/lower/c-abi.js";
import { functionSymbol } from "../../../c-abi/names.js";
import type { ExportedFunction, Module } from "../../../model/module.js";
import type { CppSignature } from "../../../print/expression.js";
import { cType, isByValue, isNothing } from "../../../types/derive.js";
import { loaderFunctions } from "../names.js";

export interface Trampoline {
  readonly signature: CppSignature;
  /** Whether it does nothing where the library is not there: finalisers call it. */
  readonly isSilent: boolean;
}

export interface Native {
  readonly packageName: string;
  readonly nativeName: string;
  readonly trampolines: readonly Trampoline[];
  readonly errors: { readonly last: string; readonly clear: string; readonly operators: string };
  readonly loader: typeof loaderFunctions;
}

export function lowerNative(module: Module, cAbi: CAbi): Native {
  const { nativeName, packageName } = module;
  const { last, clear, operators } = cAbi.errors;
  const own: readonly CppSignature[] = [
    { returns: "void*", name: last, parameters: [] },
    { returns: "void", name: clear, parameters: [] },
    { returns: "const char*", name: operators, parameters: [] },
  ];
  const functions = [...cAbi.functions, ...[...cAbi.classes, ...cAbi.families].flatMap((group) => group.functions)];
  const deleters = new Set(module.functions.filter(isDeleter).map((exported) => functionSymbol(exported.name)));
  return {
    packageName,
    nativeName,
    trampolines: [
      ...own.map((signature) => ({ signature, isSilent: true })),
      ...functions.map(({ signature, guarded }) => ({ signature, isSilent: !guarded || deleters.has(signature.name) })),
    ],
    errors: { last, clear, operators },
    loader: loaderFunctions,
  };
}

/** The function that frees the handles of a user class. Finalizers call it, too. */
function isDeleter({ parameters, returns, visibleToHosts }: ExportedFunction): boolean {
  const [pointer] = parameters;
  const isOne = pointer !== undefined && parameters.length === 1;
  return !visibleToHosts && isNothing(returns) && isOne && isByValue(pointer.type) && cType(pointer.type) === "void*";
}
