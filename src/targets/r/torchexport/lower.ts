// What torchexport would print for a package that switched from it: the same files, symbols and macros, so that not a line of
// the package's own sources changes. What differs, and why, is in docs/manual/switching-from-torchexport.md.

import { headerOf } from "../../../c-abi/lower/declared.js";
import {
  functionSymbol,
  lastErrorClearSymbol,
  lastErrorSymbol,
  lastErrorVariable,
  macroPrefix,
} from "../../../c-abi/names.js";
import type { ExportedFunction, Module, Type } from "../../../model/module.js";
import type { CppSignature } from "../../../print/expression.js";
import { qualifiedName } from "../../../types/derive.js";
import { allFunctions, declaredTypes } from "../../../types/walk.js";
import { type Converter, lowerConverter } from "../lower/converters.js";
import { convertedTypes, needsScalarParts } from "../lower/values.js";
import { glueFunction, glueNamespace } from "../names.js";
import { lowerSwitchedClass, markedClasses, type SwitchedMember } from "./classes.js";
import {
  isConverted,
  isDerived,
  isMarked,
  lowerSwitchedFamily,
  lowerSwitchedScalarParts,
  type SwitchedBody,
  type SwitchedFamily,
} from "./families.js";
import { switchedLayers } from "./layers.js";

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
  /** As the user declared it. */
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
  /** Types that are derived, and their Rcpp classes; classes that are marked, with their members. */
  readonly families: readonly SwitchedFamily[];
  /** Headers below csrc/include that define enums, structs and classes which are marked. */
  readonly typeHeaders: readonly string[];
  /** Constructors and methods in the glue. */
  readonly members: readonly SwitchedMember[];
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
  const marked = markedClasses(module);
  const classes = marked.map((one) => lowerSwitchedClass(nativeName, one));
  const functionsInR = module.functions.filter(({ visibleToHosts }) => visibleToHosts);
  const names = new Set(marked.map(({ decl }) => qualifiedName(decl)));
  const classesInR = module.classes.filter(({ decl }) => names.has(qualifiedName(decl)));
  const seen: Module = { ...module, classes: classesInR, functions: functionsInR };
  const uses = allFunctions(seen).flatMap(usesOf);
  const converted = convertedTypes(nativeName, uses);
  const families = [
    ...converted.flatMap(({ type }) => (isDerived(type) ? [lowerSwitchedFamily(nativeName, type)] : [])),
    ...(needsScalarParts(seen) ? [lowerSwitchedScalarParts(nativeName)] : []),
    ...classes.map((one) => one.family),
  ];
  const members = classes.flatMap((one) => one.members);
  const derived = families.flatMap((family) => family.functions);
  return {
    nativeName,
    macro: macroPrefix(nativeName),
    files,
    errors: { variable: lastErrorVariable(nativeName), last, clear },
    functions,
    families,
    typeHeaders: [
      ...new Set(
        declaredTypes(seen)
          .filter(isOwn)
          .map(({ decl }) => decl.header),
      ),
    ].sort(),
    members,
    glueNamespace: glueNamespace(nativeName),
    converters: converted.map((one) => lowerConverter(nativeName, one)),
    isSupported:
      members.length > 0 || functions.some((one) => one.rcpp !== null && typesIn(one.rcpp.signature).includes("SEXP")),
    symbols: [...[...functions, ...derived].map((lowered) => lowered.c.name), last, clear],
  };
}

function typesIn({ returns, parameters }: CppSignature): readonly string[] {
  return [returns, ...parameters.map(({ type }) => type)];
}

function usesOf({ parameters, returns }: ExportedFunction) {
  const all = [...parameters.map(({ type }) => ({ type, isParameter: true })), { type: returns, isParameter: false }];
  return all.filter(({ type }) => isConverted(type));
}

/** Tuples with named elements are tuples to C++, and need no header. */
function isOwn(type: Type): boolean {
  return isMarked(type) && !(type.kind === "record" && type.decl.tuple !== undefined);
}

function lowerFunction(nativeName: string, exported: ExportedFunction): SwitchedFunction {
  const { name, namespace, parameters, returns, returnsSpelling, visibleToHosts } = exported;
  const result = switchedLayers(nativeName, returns, returnsSpelling, visibleToHosts);
  const passed = parameters.map((parameter) => ({
    ...switchedLayers(nativeName, parameter.type, parameter.spelling, visibleToHosts),
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
    rcpp: visibleToHosts
      ? {
          signature: signature(glueFunction(name), "rcpp"),
          body: isVoid ? `${forwarded};` : `return ${result.wrap(forwarded)};`,
        }
      : null,
  };
}
