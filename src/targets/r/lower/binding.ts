// What is generated for R in our own packages: the Rcpp glue, its trampolines, and the wrapper that people call.

import type { CAbi } from "../../../c-abi/lower/c-abi.js";
import { apiMacro, headersOnlyMacro } from "../../../c-abi/names.js";
import type { Module } from "../../../model/module.js";
import { glueNamespace } from "../names.js";
import { type Glue, lowerGlue } from "./glue.js";
import { lowerNative, type Native } from "./native.js";
import { lowerWrappers, type Wrappers } from "./wrappers.js";

/** Text that is the same in every package: `vendor/printed/r`. */
export interface RSupport {
  /** `torch_extension.h`. */
  readonly header: string;
  /** `checks.R`. */
  readonly checks: string;
  /** `native.R`. */
  readonly native: string;
}

export interface RBinding {
  readonly nativeName: string;
  readonly macros: { readonly api: string; readonly headersOnly: string };
  readonly glueNamespace: string;
  readonly glue: Glue;
  readonly native: Native;
  readonly wrappers: Wrappers;
}

export function lowerR(module: Module, cAbi: CAbi): RBinding {
  const { nativeName } = module;
  return {
    nativeName,
    macros: { api: apiMacro(nativeName), headersOnly: headersOnlyMacro(nativeName) },
    glueNamespace: glueNamespace(nativeName),
    glue: lowerGlue(module),
    native: lowerNative(module, cAbi),
    wrappers: lowerWrappers(module, cAbi.interfaceHash),
  };
}
