// What Node gets: the native glue and the typed wrapper around it.
import type { ExportedFunction, Module } from "../ir/module.js";
import { type Addon, lowerAddon } from "./addon.js";
import { lowerTypescript, type TypescriptModule } from "./typescript.js";

export type { Addon, AddonFunction } from "./addon.js";
export type { JsDoc, JsDocTag } from "./jsdoc.js";
export type {
  NativeMethod,
  TypescriptFunction,
  TypescriptInterface,
  TypescriptModule,
  TypescriptParameter,
} from "./typescript.js";

export interface NodeBinding {
  readonly addon: Addon;
  readonly typescript: TypescriptModule;
}

export function lowerNode(module: Module): NodeBinding {
  const functions = hostFunctions(module);
  return { addon: lowerAddon(module, functions), typescript: lowerTypescript(module, functions) };
}

/** The functions that host languages see: `rcpp=FALSE` keeps one at the C ABI. */
export function hostFunctions(module: Module): readonly ExportedFunction[] {
  return module.functions.filter((exported) => exported.rcpp);
}
