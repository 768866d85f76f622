// The Rcpp classes of derived types, and the functions of enums, which torchexport made people write by hand.

import { familyOf } from "../../../c-abi/names.js";
import type { EnumInfo, Type } from "../../../model/module.js";
import { cppType, qualifiedName, type TypeOf } from "../../../types/derive.js";
import { converterName } from "../names.js";
import { rRow } from "../types.js";
import { type ConvertedType, readValue, vectorKind, writeValue } from "./values.js";

/** A class that holds the handle of a derived type. */
export interface ConverterClass {
  readonly kind: "class";
  readonly name: string;
  readonly cpp: string;
  /** The C function that frees a handle. */
  readonly delete: string;
  /** Statements that make `handle_` of `x`; null where the type is only a result. */
  readonly read: readonly string[] | null;
  /** Statements that return a SEXP; null where the type is only a parameter. */
  readonly write: readonly string[] | null;
}

/** A pair of functions, `read_<name>` and `write_<name>`, over a table. */
export interface ConverterEnum {
  readonly kind: "enum";
  readonly name: string;
  readonly cpp: string;
  readonly entries: readonly { readonly name: string; readonly value: string }[];
}

export type Converter = ConverterClass | ConverterEnum;

export function lowerConverter(nativeName: string, converted: ConvertedType): Converter {
  const { type } = converted;
  const name = converterName(nativeName, type);
  if (type.kind === "enum") {
    return { kind: "enum", name, cpp: qualifiedName(type.decl), entries: type.decl.entries.map(entryOf) };
  }
  const family = type as TypeOf<"tuple" | "record" | "optional" | "list" | "dict">;
  const body = bodies(nativeName, family);
  return {
    kind: "class",
    name,
    cpp: cppType(type).replace(/^::/u, ""),
    delete: familyOf(nativeName, family).delete,
    read: converted.isRead ? body.read : null,
    write: converted.isWritten ? body.write : null,
  };
}

/** The least int64 has no literal. */
function entryOf({ name, value }: EnumInfo["entries"][number]) {
  return { name, value: value === "-9223372036854775808" ? "INT64_MIN" : `INT64_C(${value})` };
}

interface Bodies {
  readonly read: readonly string[];
  readonly write: readonly string[];
}

function bodies(nativeName: string, type: TypeOf<"tuple" | "record" | "optional" | "list" | "dict">): Bodies {
  const read = (part: Type, sexp: string): string => readValue(nativeName, part, sexp);
  const write = (part: Type, value: string): string => writeValue(nativeName, part, value);
  switch (type.kind) {
    case "tuple":
      return product(
        familyOf(nativeName, type),
        type.of.map((part, i) => ({ type: part, part: `torch_extension::part(x, ${i}, ${type.of.length})` })),
        null,
        read,
        write,
      );
    case "record":
      return product(
        familyOf(nativeName, type),
        type.decl.fields.map((field) => ({ type: field.type, part: `torch_extension::field(x, "${field.name}")` })),
        type.decl.fields.map((field) => field.name),
        read,
        write,
      );
    case "optional":
      return optional(nativeName, type, read, write);
    case "list":
      return list(nativeName, type, read, write);
    case "dict":
      return dict(nativeName, type, read, write);
  }
}

type Convert = (part: Type, text: string) => string;

function product(
  family: { readonly new: string; readonly get: readonly string[] },
  parts: readonly { readonly type: Type; readonly part: string }[],
  names: readonly string[] | null,
  read: Convert,
  write: Convert,
): Bodies {
  const given =
    names === null ? "values" : `torch_extension::named(values, {${names.map((name) => `"${name}"`).join(", ")}})`;
  return {
    read: [
      ...parts.map(({ part }, i) => `const Rcpp::RObject e${i} = ${part};`),
      `reset(torch_extension::checked(${family.new}(${parts.map(({ type }, i) => read(type, `e${i}`)).join(", ")})));`,
    ],
    write: [
      `Rcpp::List values(${parts.length});`,
      ...parts.map(
        ({ type }, i) => `values[${i}] = ${write(type, `torch_extension::checked(${family.get[i] ?? ""}(get()))`)};`,
      ),
      `return ${given};`,
    ],
  };
}

function optional(nativeName: string, type: TypeOf<"optional">, read: Convert, write: Convert): Bodies {
  const family = familyOf(nativeName, type);
  return {
    read: [
      `if (Rf_isNull(x)) reset(torch_extension::checked(${family.none}()));`,
      `else reset(torch_extension::checked(${family.new}(${read(type.of, "x")})));`,
    ],
    write: [
      `if (!torch_extension::checked(${family.hasValue}(get()))) return R_NilValue;`,
      `return ${write(type.of, `torch_extension::checked(${family.get}(get()))`)};`,
    ],
  };
}

function list(nativeName: string, type: TypeOf<"list">, read: Convert, write: Convert): Bodies {
  const family = familyOf(nativeName, type);
  const vector = vectorKind(type.of);
  return {
    read: [
      `reset(torch_extension::checked(${family.new}()));`,
      "const R_xlen_t size = torch_extension::size_of(x);",
      "for (R_xlen_t i = 0; i < size; ++i) {",
      "  const Rcpp::RObject value = torch_extension::element(x, i);",
      `  ${family.push}(get(), ${read(type.of, "value")});`,
      "  host_exception_handler();",
      "}",
    ],
    write: [
      `const int64_t size = torch_extension::checked(${family.size}(get()));`,
      "Rcpp::List values(static_cast<R_xlen_t>(size));",
      "for (int64_t i = 0; i < size; ++i) {",
      `  values[static_cast<R_xlen_t>(i)] = ${write(type.of, `torch_extension::checked(${family.get}(get(), i))`)};`,
      "}",
      vector === null ? "return values;" : `return torch_extension::vector_of(values, ${vector});`,
    ],
  };
}

function dict(nativeName: string, type: TypeOf<"dict">, read: Convert, write: Convert): Bodies {
  const family = familyOf(nativeName, type);
  // R knows entries by text alone; whole numbers are read from it and written to it.
  const isText = rRow(type.key)?.isName === true;
  const key = isText ? read(type.key, "key") : "torch_extension::read_key(key)";
  const text = `torch_extension::checked(${family.key}(get(), i))`;
  return {
    read: [
      `reset(torch_extension::checked(${family.new}()));`,
      "const R_xlen_t size = torch_extension::size_of(x);",
      "const Rcpp::RObject keys = torch_extension::keys_of(x);",
      "for (R_xlen_t i = 0; i < size; ++i) {",
      "  const Rcpp::RObject key = torch_extension::element(keys, i);",
      "  const Rcpp::RObject value = torch_extension::element(x, i);",
      `  ${family.set}(get(), ${key}, ${read(type.value, "value")});`,
      "  host_exception_handler();",
      "}",
    ],
    write: [
      `const int64_t size = torch_extension::checked(${family.size}(get()));`,
      "Rcpp::List values(static_cast<R_xlen_t>(size));",
      "Rcpp::List keys(static_cast<R_xlen_t>(size));",
      "for (int64_t i = 0; i < size; ++i) {",
      `  keys[static_cast<R_xlen_t>(i)] = ${isText ? write(type.key, text) : `torch_extension::write_key(${text})`};`,
      `  values[static_cast<R_xlen_t>(i)] = ${write(type.value, `torch_extension::checked(${family.value}(get(), i))`)};`,
      "}",
      "values.names() = torch_extension::vector_of(keys, STRSXP);",
      "return values;",
    ],
  };
}
