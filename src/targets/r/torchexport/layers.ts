// A value's way through the layers of a package that switched from torchexport, where its spelling decides.
import type { Type } from "../../../model/module.js";
import { abiOf, cType, cZero } from "../../../types/derive.js";
import { readValue, writeValue } from "../lower/values.js";
import { findRForm } from "../types.js";
import { isConverted, makeSwitched, readSwitched } from "./families.js";

export interface Layers {
  /** The type as the user spelled it, at the C ABI, and in the glue. */
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
export function switchedLayers(nativeName: string, type: Type, spelling: string, rcpp: boolean): Layers {
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
  if (rcpp && (isClass || isConverted(type))) {
    const pass = (name: string) => readValue(nativeName, type, name);
    const wrap = (value: string) => writeValue(nativeName, type, value);
    const read = (name: string) => pointed(type, spelling, converted.read(name));
    return { ...converted, c: cType(type), zero: cZero(type) ?? "{}", rcpp: "SEXP", read, pass, wrap };
  }
  const abi = abiOf(type);
  const zero = abi.by === "value" && type.kind === "row" ? abi.zero : "{}";
  const unchanged = { cpp: spelling, c: spelling, rcpp: spelling, zero, read: asItIs, pass: asItIs, wrap: asItIs };
  return { ...unchanged, make: (value) => [`return ${value};`] };
}

/** A parameter `T*` takes the address of the object that it borrows. */
function pointed(type: Type, spelling: string, value: string): string {
  return type.kind === "handle" && type.pointer === undefined && spelling.endsWith("*") ? `&(${value})` : value;
}

/** What torchexport knew without being told. */
const known: ReadonlySet<string> = new Set([
  "torch::Tensor",
  "std::vector<torch::Tensor>",
  "torch::TensorList",
  "torch::optional<torch::Tensor>",
  "std::string",
]);
