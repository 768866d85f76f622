// How a value crosses between R and the C ABI inside the glue: C++ text around a variable that holds the one or the other.

import { destructorSymbol, scalarPartsSymbol } from "../../../c-abi/names.js";
import type { Module, Type } from "../../../model/module.js";
import { hasFamily, isNothing, partsOf, storedType } from "../../../types/derive.js";
import { eachType } from "../../../types/walk.js";
import { converterName, glueNamespace, s3Class } from "../names.js";
import { findRForm, needsAccessor, type RForm, rRow } from "../types.js";

/** What R code has for a type, whatever it is made of. */
function formOf(type: Type): RForm | null {
  return hasFamily(type) ? null : findRForm(type);
}

/** The class that stands for a type in a signature of the glue; SEXP where the glue converts it itself. */
export function glueType(type: Type): string {
  if (type.kind === "registered") return type.host;
  const form = formOf(type);
  return form === null || form.accessor !== null ? "SEXP" : form.glue;
}

/** As `glueType`, for a result. */
export function glueResultType(type: Type): string {
  if (isNothing(type)) return "void";
  if (type.kind === "registered") return type.host;
  const form = formOf(type);
  return form === null || form.after !== null || form.accessor !== null ? "SEXP" : form.glue;
}

/** The C argument behind a parameter of the glue; what it is made of lives until the call returns. */
export function passParameter(nativeName: string, type: Type, name: string): string {
  const glue = glueType(type);
  if (glue === "SEXP") return readValue(nativeName, type, name);
  if (isClass(type)) return `${name}.get()`;
  return castOf(type, name);
}

/** The C argument made of a SEXP; what it is made of lives until the end of the statement. */
export function readValue(nativeName: string, type: Type, sexp: string): string {
  if (type.kind === "registered") {
    return type.abi === "void*" ? `${type.host}(${sexp}).get()` : `Rcpp::as<${type.host}>(${sexp})`;
  }
  if (type.kind === "handle") {
    return `torch_extension::read_handle(${sexp}, "${s3Class(nativeName, type.decl)}")`;
  }
  const form = formOf(type);
  if (form === null) {
    const converter = `${glueNamespace(nativeName)}::${type.kind === "enum" ? "read_" : ""}${nameOf(nativeName, type)}`;
    return type.kind === "enum" ? `${converter}(${sexp})` : `${converter}(${sexp}).get()`;
  }
  if (form.read === null) {
    return `${form.glue}(${form.before === null ? sexp : `torch_extension::${form.before}(${sexp})`}).get()`;
  }
  return castOf(type, `torch_extension::${form.read}(${sexp})`);
}

/** What the glue returns for the variable that holds a C result. */
export function returnValue(nativeName: string, type: Type, name: string): string {
  const glue = glueResultType(type);
  if (glue === "SEXP") return writeValue(nativeName, type, name);
  return isClass(type) ? `${glue}(${name})` : name;
}

/** The SEXP made of a C value, whose handle it takes over. Unprotected. */
export function writeValue(nativeName: string, type: Type, value: string): string {
  if (type.kind === "registered") {
    return type.abi === "void*"
      ? `static_cast<SEXP>(${type.host}(${value}))`
      : `Rcpp::wrap(static_cast<${type.host}>(${value}))`;
  }
  if (type.kind === "handle") {
    const { name } = type.decl;
    return `torch_extension::write_handle(${value}, "${s3Class(nativeName, type.decl)}", ${destructorSymbol(name)})`;
  }
  const form = formOf(type);
  if (form === null) {
    const converter = `${glueNamespace(nativeName)}::${type.kind === "enum" ? "write_" : ""}${nameOf(nativeName, type)}`;
    return type.kind === "enum" ? `${converter}(${value})` : `static_cast<SEXP>(${converter}(${value}))`;
  }
  if (form.write !== null) {
    const accessor = form.accessor === null ? "" : `, ${scalarPartsSymbol(nativeName)}`;
    return `torch_extension::${form.write}(${value}${accessor})`;
  }
  const made = `static_cast<SEXP>(${form.glue}(${value}))`;
  return form.after === null ? made : `torch_extension::${form.after}(${made})`;
}

function isClass(type: Type): boolean {
  return type.kind === "registered" ? type.abi === "void*" : findRForm(type)?.read === null;
}

/** A float crosses as the double that R has. */
function castOf(type: Type, value: string): string {
  const cast = rRow(type)?.cast ?? null;
  return cast === null ? value : `static_cast<${cast}>(${value})`;
}

function nameOf(nativeName: string, type: Type): string {
  return converterName(nativeName, storedType(type));
}

/** A type that has a converter of its own, and in which direction it is needed. */
export interface ConvertedType {
  readonly type: Type;
  readonly isRead: boolean;
  readonly isWritten: boolean;
}

/** Every derived type and enum inside `uses`, those that others are made of first, each once. */
export function convertedTypes(
  nativeName: string,
  uses: readonly { readonly type: Type; readonly isParameter: boolean }[],
): readonly ConvertedType[] {
  const found = new Map<string, { type: Type; isRead: boolean; isWritten: boolean }>();
  const visit = (used: Type, isParameter: boolean): void => {
    const type = storedType(used);
    for (const part of partsOf(type)) if (hasFamily(type)) visit(part, isParameter);
    if (!hasFamily(type) && type.kind !== "enum") return;
    const key = converterName(nativeName, type);
    const known = found.get(key) ?? { type, isRead: false, isWritten: false };
    if (isParameter) known.isRead = true;
    else known.isWritten = true;
    found.set(key, known);
  };
  for (const { type, isParameter } of uses) visit(type, isParameter);
  return [...found.values()];
}

/** The R vector that a list of such elements is: `INTSXP`; null for a list proper. */
export function vectorKind(type: Type): string | null {
  if (type.kind === "enum") return "STRSXP";
  return rRow(type)?.vectorType ?? null;
}

/** Whether values come out of a function of which R's torch needs to be told more. */
export function needsScalarParts(module: Module): boolean {
  let found = false;
  eachType(module, (type, isParameter) => {
    found ||= !isParameter && needsAccessor(type);
  });
  return found;
}
