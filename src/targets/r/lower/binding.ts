// Generated R code of our own packages: the Rcpp glue, its trampolines, and the R functions that users call.

import type { CAbi } from "../../../c-abi/lower/c-abi.js";
import { apiMacro, headersOnlyMacro, interfaceMacro } from "../../../c-abi/names.js";
import type { Module } from "../../../model/module.js";
import { glueNamespace } from "../names.js";
import { type Glue, lowerGlue } from "./glue.js";
import { lowerNative, type Native } from "./native.js";
import { lowerWrappers, type Wrappers } from "./wrappers.js";

export interface RBinding {
  readonly nativeName: string;
  readonly macros: { readonly api: string; readonly headersOnly: string; readonly interface: string };
  readonly glueNamespace: string;
  readonly glue: Glue;
  readonly native: Native;
  readonly wrappers: Wrappers;
}

export function lowerR(module: Module, cAbi: CAbi): RBinding {
  const { nativeName } = module;
  return {
    nativeName,
    macros: {
      api: apiMacro(nativeName),
      headersOnly: headersOnlyMacro(nativeName),
      interface: interfaceMacro(nativeName),
    },
    glueNamespace: glueNamespace(nativeName),
    glue: lowerGlue(module),
    native: lowerNative(module, cAbi),
    wrappers: lowerWrappers(module),
  };
}
