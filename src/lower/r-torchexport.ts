// What torchexport would print for a package that switched from it: the same files, symbols and macros, so that not a line of
// the package's own sources changes. What differs, and why, is in docs/manual/switching-from-torchexport.md.
import type { ExportedFunction, Module, Type } from "../ir/module.js";
import {
  functionSymbol,
  lastErrorClearSymbol,
  lastErrorSymbol,
  lastErrorVariable,
  macroPrefix,
} from "../names/c-abi.js";
import { glueFunction } from "../names/r.js";
import { abiOf } from "../types/derive.js";
import { findRForm } from "../types/r.js";
import type { CppSignature } from "./shared.js";

/** What lies in the package beside the sources, which torchexport's files include where it is there. */
export interface SwitchedFiles {
  /** `csrc/include/<pkg>/common.h`. */
  readonly common: boolean;
  /** `csrc/include/<pkg>/<pkg>_types.h`. */
  readonly types: boolean;
  /** `src/<pkg>_types.h`. */
  readonly rTypes: boolean;
}

/** One exported function at each of the four layers. */
export interface SwitchedFunction {
  readonly namespace: readonly string[];
  /** As the person declared it. */
  readonly person: CppSignature;
  /** In the C ABI: `_f`. */
  readonly c: CppSignature;
  /** What the try block runs: `return make_raw::Tensor(::f(from_raw::Tensor(x)));` */
  readonly body: readonly string[];
  /** What follows a failed try block; null where nothing is returned. */
  readonly failure: string | null;
  /** `rcpp_f`, and its statement; null where `rcpp=FALSE` asks for the C ABI alone. */
  readonly rcpp: { readonly signature: CppSignature; readonly body: string } | null;
}

export interface Switched {
  readonly nativeName: string;
  readonly macro: string;
  readonly files: SwitchedFiles;
  readonly errors: { readonly variable: string; readonly last: string; readonly clear: string };
  readonly functions: readonly SwitchedFunction[];
  /** Every exported symbol, for the `.def`. */
  readonly symbols: readonly string[];
}

export function lowerSwitched(module: Module, files: SwitchedFiles): Switched {
  const { nativeName } = module;
  const last = lastErrorSymbol(nativeName);
  const clear = lastErrorClearSymbol(nativeName);
  const functions = module.functions.map(lowerFunction);
  return {
    nativeName,
    macro: macroPrefix(nativeName),
    files,
    errors: { variable: lastErrorVariable(nativeName), last, clear },
    functions,
    symbols: [...functions.map((lowered) => lowered.c.name), last, clear],
  };
}

function lowerFunction(exported: ExportedFunction): SwitchedFunction {
  const { name, namespace, parameters, returns, returnsSpelling } = exported;
  const result = layers(returns, returnsSpelling);
  const passed = parameters.map((parameter) => ({
    ...layers(parameter.type, parameter.spelling),
    name: parameter.name,
  }));
  const signature = (called: string, layer: "cpp" | "c" | "rcpp"): CppSignature => ({
    returns: result[layer],
    name: called,
    parameters: passed.map((parameter) => ({ type: parameter[layer], name: parameter.name })),
  });
  const call = `${["", ...namespace, name].join("::")}(${passed.map((parameter) => parameter.read(parameter.name)).join(", ")})`;
  const forwarded = passed
    .map((parameter) => (parameter.isClass ? `${parameter.name}.get()` : parameter.name))
    .join(", ");
  const isVoid = result.c === "void";
  return {
    namespace,
    person: signature(name, "cpp"),
    c: signature(functionSymbol(name), "c"),
    body: isVoid ? [`${call};`] : result.make(call),
    failure: isVoid ? null : result.c === "void*" ? "(void*) NULL" : result.zero,
    rcpp: exported.rcpp
      ? {
          signature: signature(glueFunction(name), "rcpp"),
          body: `${isVoid ? "" : "return "}${name}(${forwarded});`,
        }
      : null,
  };
}

interface Layers {
  /** The type as the person spelled it, at the C ABI, and in the glue. */
  readonly cpp: string;
  readonly c: string;
  readonly rcpp: string;
  /** Whether the glue's type is a class, whose handle `get()` lends. */
  readonly isClass: boolean;
  readonly zero: string;
  /** The C++ value behind a C parameter. */
  readonly read: (name: string) => string;
  /** Returns the C value of a C++ one. */
  readonly make: (value: string) => readonly string[];
}

/** torchexport knew types by their spelling and passed all others on unchanged: so does this, for what is no row and not registered. */
function layers(type: Type, spelling: string): Layers {
  if (type.kind === "registered") {
    return {
      cpp: spelling,
      c: type.abi,
      rcpp: type.host,
      isClass: true,
      zero: "{}",
      read: (name) => `from_raw::${type.raw}(${name})`,
      make: (value) => [`return make_raw::${type.raw}(${value});`],
    };
  }
  const abi = abiOf(type);
  const form = findRForm(type);
  const rcpp = form?.read === null ? form.glue : null;
  if (abi.by !== "raw" || rcpp === null) {
    const zero = abi.by === "value" && type.kind === "row" ? abi.zero : "{}";
    const make = (value: string) => [`return ${value};`];
    return { cpp: spelling, c: spelling, rcpp: spelling, isClass: false, zero, read: (name) => name, make };
  }
  // from_raw::TensorList gives a view; a vector is made of it by hand.
  const suffix = type.kind === "list" && abi.raw === "TensorList" && type.container === undefined ? ".vec()" : "";
  return {
    cpp: spelling,
    c: "void*",
    rcpp,
    isClass: true,
    zero: "nullptr",
    read: (name) => `from_raw::${abi.raw}(${name})${suffix}`,
    make: (value) =>
      abi.lvalue
        ? [`auto result = ${value};`, `return make_raw::${abi.raw}(result);`]
        : [`return make_raw::${abi.raw}(${value});`],
  };
}
