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
import { glueFunction, glueNamespace } from "../names/r.js";
import { abiOf } from "../types/derive.js";
import { findRForm } from "../types/r.js";
import { returnsScalars } from "../types/walk.js";
import { headerOf } from "./declared.js";
import { type Converter, lowerConverter } from "./r-converters.js";
import {
  isDerived,
  lowerSwitchedFamily,
  lowerSwitchedScalarParts,
  makeSwitched,
  readSwitched,
  type SwitchedBody,
  type SwitchedFamily,
} from "./r-switched-families.js";
import { convertedTypes, readValue, writeValue } from "./r-values.js";
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

/** One exported function at each of the four layers; the C ABI's is `_f`. */
export interface SwitchedFunction extends SwitchedBody {
  readonly namespace: readonly string[];
  /** The header below csrc/include that it stands in; null for a source file, as torchexport had all of them. */
  readonly header: string | null;
  /** As the person declared it. */
  readonly person: CppSignature;
  /** `rcpp_f`, and its statement; null where `rcpp=FALSE` asks for the C ABI alone. */
  readonly rcpp: { readonly signature: CppSignature; readonly body: string } | null;
}

export interface Switched {
  readonly nativeName: string;
  readonly macro: string;
  readonly files: SwitchedFiles;
  readonly errors: { readonly variable: string; readonly last: string; readonly clear: string };
  readonly functions: readonly SwitchedFunction[];
  /** Types that are derived, and their Rcpp classes. */
  readonly families: readonly SwitchedFamily[];
  readonly glueNamespace: string;
  readonly converters: readonly Converter[];
  /** Whether the glue calls what `torch_extension.h` has. */
  readonly isSupported: boolean;
  /** Every exported symbol, for the `.def`. */
  readonly symbols: readonly string[];
}

export function lowerSwitched(module: Module, files: SwitchedFiles): Switched {
  const { nativeName } = module;
  const last = lastErrorSymbol(nativeName);
  const clear = lastErrorClearSymbol(nativeName);
  const functions = module.functions.map((exported) => lowerFunction(nativeName, exported));
  const uses = module.functions.flatMap((exported) => (exported.rcpp ? usesOf(exported) : []));
  const converted = convertedTypes(nativeName, uses);
  const families = [
    ...converted.flatMap(({ type }) => (isDerived(type) ? [lowerSwitchedFamily(nativeName, type)] : [])),
    ...(returnsScalars({ ...module, functions: module.functions.filter(({ rcpp }) => rcpp) })
      ? [lowerSwitchedScalarParts(nativeName)]
      : []),
  ];
  const derived = families.flatMap((family) => family.functions);
  return {
    nativeName,
    macro: macroPrefix(nativeName),
    files,
    errors: { variable: lastErrorVariable(nativeName), last, clear },
    functions,
    families,
    glueNamespace: glueNamespace(nativeName),
    converters: converted.map((one) => lowerConverter(nativeName, one)),
    isSupported: functions.some((one) => one.rcpp !== null && typesIn(one.rcpp.signature).includes("SEXP")),
    symbols: [...[...functions, ...derived].map((lowered) => lowered.c.name), last, clear],
  };
}

function typesIn({ returns, parameters }: CppSignature): readonly string[] {
  return [returns, ...parameters.map(({ type }) => type)];
}

function usesOf({ parameters, returns }: ExportedFunction) {
  const all = [...parameters.map(({ type }) => ({ type, isParameter: true })), { type: returns, isParameter: false }];
  return all.filter(({ type }) => isDerived(type));
}

function lowerFunction(nativeName: string, exported: ExportedFunction): SwitchedFunction {
  const { name, namespace, parameters, returns, returnsSpelling, rcpp } = exported;
  const result = layers(nativeName, returns, returnsSpelling, rcpp);
  const passed = parameters.map((parameter) => ({
    ...layers(nativeName, parameter.type, parameter.spelling, rcpp),
    name: parameter.name,
  }));
  const signature = (called: string, layer: "cpp" | "c" | "rcpp"): CppSignature => ({
    returns: result[layer],
    name: called,
    parameters: passed.map((parameter) => ({ type: parameter[layer], name: parameter.name })),
  });
  const read = passed.map((parameter) => parameter.read(parameter.name)).join(", ");
  const call = `${["", ...namespace, name].join("::")}(${read})`;
  const forwarded = `${name}(${passed.map((parameter) => parameter.pass(parameter.name)).join(", ")})`;
  const isVoid = result.c === "void";
  return {
    namespace,
    header: headerOf(exported.span.file),
    person: signature(name, "cpp"),
    c: signature(functionSymbol(name), "c"),
    body: isVoid ? [`${call};`] : result.make(call),
    failure: isVoid ? null : result.c === "void*" ? "(void*) NULL" : result.zero,
    rcpp: rcpp
      ? {
          signature: signature(glueFunction(name), "rcpp"),
          body: isVoid ? `${forwarded};` : `return ${result.wrap(forwarded)};`,
        }
      : null,
  };
}

interface Layers {
  /** The type as the person spelled it, at the C ABI, and in the glue. */
  readonly cpp: string;
  readonly c: string;
  readonly rcpp: string;
  readonly zero: string;
  /** The C++ value behind a C parameter. */
  readonly read: (name: string) => string;
  /** Returns the C value of a C++ one. */
  readonly make: (value: string) => readonly string[];
  /** The C argument behind a parameter of the glue. */
  readonly pass: (name: string) => string;
  /** What the glue returns for a C value. */
  readonly wrap: (value: string) => string;
}

const asItIs = (text: string): string => text;

/**
 * torchexport knew types by their spelling and passed all others on unchanged. So does this with what passes by value, with the
 * package's own structs, and with all that only the C ABI sees. All else is derived, or made by a class of R's torch; where such a
 * class loses or crashes on something, behind a check.
 */
function layers(nativeName: string, type: Type, spelling: string, rcpp: boolean): Layers {
  const converted = {
    cpp: spelling,
    zero: "nullptr",
    read: (name: string) => readSwitched(nativeName, type, name),
    make: (value: string) => makeSwitched(nativeName, type, value),
    wrap: asItIs,
  };
  const ofClass = (name: string) => `${name}.get()`;
  if (type.kind === "registered") return { ...converted, c: type.abi, rcpp: type.host, zero: "{}", pass: ofClass };
  const form = findRForm(type);
  const isClass = abiOf(type).by === "raw" && form?.read === null;
  const isStrict = form?.before == null && form?.after == null;
  if (isClass && (known.has(spelling) || (rcpp && isStrict))) {
    return { ...converted, c: "void*", rcpp: form.glue, pass: ofClass };
  }
  if (rcpp && (isClass || isDerived(type))) {
    const pass = (name: string) => readValue(nativeName, type, name);
    return { ...converted, c: "void*", rcpp: "SEXP", pass, wrap: (value) => writeValue(nativeName, type, value) };
  }
  const abi = abiOf(type);
  const zero = abi.by === "value" && type.kind === "row" ? abi.zero : "{}";
  const unchanged = { cpp: spelling, c: spelling, rcpp: spelling, zero, read: asItIs, pass: asItIs, wrap: asItIs };
  return { ...unchanged, make: (value) => [`return ${value};`] };
}

/** What torchexport knew without being told. */
const known: ReadonlySet<string> = new Set([
  "torch::Tensor",
  "std::vector<torch::Tensor>",
  "torch::TensorList",
  "torch::optional<torch::Tensor>",
  "std::string",
]);
