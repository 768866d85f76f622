// What Node gets: the native glue and the typed wrapper around it.
import type { Module } from "../../../model/module.js";
import { type Addon, lowerAddon } from "./addon.js";
import { lowerTypescript, type TypescriptModule } from "./module.js";

export type { Addon, AddonFunction } from "./addon.js";
export type { Codec } from "./codecs.js";
export type { JsDoc, JsDocTag } from "./jsdoc.js";
export { hostFunctions } from "./members.js";
export type {
  ConverterConstant,
  NativeMethod,
  TypescriptCallable,
  TypescriptClass,
  TypescriptEnum,
  TypescriptInterface,
  TypescriptModule,
} from "./module.js";

export interface NodeBinding {
  readonly addon: Addon;
  readonly typescript: TypescriptModule;
}

export function lowerNode(module: Module): NodeBinding {
  return { addon: lowerAddon(module), typescript: lowerTypescript(module) };
}
