// The C functions that make, read and free the types that neither pass by value nor have a name in lantern/types.h.
import type { Type } from "../../model/module.js";
import {
  type CFunction,
  type CppParameter,
  call,
  type Expression,
  type Statement,
  string,
  verbatim,
} from "../../print/expression.js";
import { cppType, cType, cZero, type TypeOf } from "../../types/derive.js";
import type { FamilyUse } from "../../types/walk.js";
import {
  type DictFamily,
  familyOf,
  type ListFamily,
  type OptionalFamily,
  type ProductFamily,
  scalarPartsSymbol,
} from "../names.js";
import { makeC, readC } from "./convert.js";

export interface CFamily {
  /** What generated C++ calls the type: `myext_tuple_tensor_tensor`. */
  readonly alias: string;
  readonly cpp: string;
  readonly functions: readonly CFunction[];
}

const self: CppParameter = { type: "void*", name: "self" };
const index: CppParameter = { type: "int64_t", name: "index" };
const functionName = verbatim("__func__");

/** What a family is lowered with. */
interface Scope {
  readonly nativeName: string;
  readonly alias: string;
}

export function lowerFamily(nativeName: string, { type, isParameter }: FamilyUse): CFamily {
  const family = familyOf(nativeName, type);
  const scope: Scope = { nativeName, alias: family.name };
  const free: CFunction = {
    signature: { returns: "void", name: family.delete, parameters: [self] },
    body: [{ kind: "run", value: call(`delete static_cast<${family.name}*>`, verbatim("self")) }],
    guarded: false,
    failure: null,
  };
  const { read, make } = functionsOf(scope, type);
  return { alias: family.name, cpp: storedCpp(type), functions: [...read, ...(isParameter ? make : []), free] };
}

/** What tells R of scalars that come out what its torch cannot. */
export function lowerScalarParts(nativeName: string): CFamily {
  const value = call("from_raw::Scalar", call("tx::checked::given", verbatim("self"), functionName, string("self")));
  return {
    alias: `${nativeName}_scalar`,
    cpp: "torch::Scalar",
    functions: [
      {
        signature: { returns: "void*", name: scalarPartsSymbol(nativeName), parameters: [self] },
        body: [{ kind: "return", value: call("make_raw::vector::double_t", call("tx::checked::scalar_parts", value)) }],
        guarded: true,
        failure: "nullptr",
      },
    ],
  };
}

/** The C++ class behind a handle: that of the type, but entries in one order for any dictionary. */
function storedCpp(type: FamilyUse["type"]): string {
  return type.kind === "dict" ? `tx::entries<${cppType(type.key)}, ${cppType(type.value)}>` : cppType(type);
}

interface Functions {
  readonly read: readonly CFunction[];
  /** Where hosts make values of the type. */
  readonly make: readonly CFunction[];
}

function functionsOf(scope: Scope, type: FamilyUse["type"]): Functions {
  switch (type.kind) {
    case "tuple":
      return lowerTuple(scope, type, familyOf(scope.nativeName, type));
    case "record":
      return lowerRecord(scope, type, familyOf(scope.nativeName, type));
    case "optional":
      return lowerOptional(scope, type.of, familyOf(scope.nativeName, type));
    case "list":
      return lowerList(scope, type, familyOf(scope.nativeName, type));
    case "dict":
      return lowerDict(scope, type, familyOf(scope.nativeName, type));
  }
}

function lowerTuple(scope: Scope, type: TypeOf<"tuple">, family: ProductFamily): Functions {
  const elements = type.of.map((element, i) => ({ type: element, name: `e${i}` }));
  return {
    read: elements.map((element, i) =>
      reader(scope, family.get[i] ?? "", "tuple", [], element.type, call(`std::get<${i}>`, verbatim("tuple"))),
    ),
    make: [maker(scope, family.new, elements, (values) => call(scope.alias, ...values))],
  };
}

function lowerRecord(scope: Scope, type: TypeOf<"record">, family: ProductFamily): Functions {
  const { fields } = type.decl;
  return {
    read: fields.map((field, i) =>
      reader(
        scope,
        family.get[i] ?? "",
        "record",
        [],
        field.type,
        type.decl.tuple === undefined ? verbatim(`record.${field.name}`) : call(`std::get<${i}>`, verbatim("record")),
      ),
    ),
    make: [maker(scope, family.new, fields, (items) => ({ kind: "braced", type: scope.alias, items }))],
  };
}

function lowerOptional(scope: Scope, of: Type, family: OptionalFamily): Functions {
  const has: Type = { kind: "row", id: "bool" };
  return {
    read: [
      reader(scope, family.hasValue, "optional", [], has, verbatim("optional.has_value()")),
      reader(scope, family.get, "optional", [], of, verbatim("optional.value()")),
    ],
    make: [
      maker(scope, family.new, [{ type: of, name: "value" }], (values) => call(scope.alias, ...values)),
      maker(scope, family.none, [], () => call(scope.alias)),
    ],
  };
}

function lowerList(scope: Scope, type: TypeOf<"list">, family: ListFamily): Functions {
  const element = call("tx::checked::at_index", verbatim("list"), verbatim("index"));
  return {
    read: [sizeReader(scope, family.size, "list"), reader(scope, family.get, "list", [index], type.of, element)],
    make: [
      maker(scope, family.new, [], () => call(scope.alias)),
      changer(scope, family.push, "list.push_back", [{ type: type.of, name: "value" }]),
    ],
  };
}

function lowerDict(scope: Scope, type: TypeOf<"dict">, family: DictFamily): Functions {
  const entry = "tx::checked::at_index(entries, index)";
  const parts = [
    { type: type.key, name: "key" },
    { type: type.value, name: "value" },
  ];
  return {
    read: [
      sizeReader(scope, family.size, "entries"),
      reader(scope, family.key, "entries", [index], type.key, verbatim(`${entry}.first`)),
      reader(scope, family.value, "entries", [index], type.value, verbatim(`${entry}.second`)),
    ],
    make: [
      maker(scope, family.new, [], () => call(scope.alias)),
      changer(scope, family.set, "entries.emplace_back", parts),
    ],
  };
}

/** Gives the value behind `self` a name. */
function declareSelf(scope: Scope, name: string): Statement {
  const value = call(`tx::checked::self<${scope.alias}>`, verbatim("self"), functionName);
  return { kind: "declare", type: "auto&", name, value };
}

/** A function that returns a part of the value behind `self`, which the part calls `own`. */
function reader(
  scope: Scope,
  name: string,
  own: string,
  rest: readonly CppParameter[],
  type: Type,
  part: Expression,
): CFunction {
  return {
    signature: { returns: cType(type), name, parameters: [self, ...rest] },
    body: [declareSelf(scope, own), { kind: "return", value: makeC(type, part, functionName) }],
    guarded: true,
    failure: cZero(type),
  };
}

function sizeReader(scope: Scope, name: string, own: string): CFunction {
  return {
    signature: { returns: "int64_t", name, parameters: [self] },
    body: [declareSelf(scope, own), { kind: "return", value: call("static_cast<int64_t>", verbatim(`${own}.size()`)) }],
    guarded: true,
    failure: "0",
  };
}

interface Part {
  readonly type: Type;
  readonly name: string;
}

function parameters(parts: readonly Part[]): readonly CppParameter[] {
  return parts.map(({ type, name }) => ({ type: cType(type), name }));
}

function readParts({ nativeName }: Scope, parts: readonly Part[]): readonly Expression[] {
  return parts.map(({ type, name }) => readC(nativeName, type, name, { function: functionName, parameter: name }));
}

/** A function that makes a new handle of its parts. */
function maker(
  scope: Scope,
  name: string,
  parts: readonly Part[],
  build: (values: readonly Expression[]) => Expression,
): CFunction {
  return {
    signature: { returns: "void*", name, parameters: parameters(parts) },
    body: [{ kind: "return", value: call("tx::checked::make", build(readParts(scope, parts))) }],
    guarded: true,
    failure: "nullptr",
  };
}

/** A function that adds its parts to the value behind `self` by `add`: `list.push_back`. */
function changer(scope: Scope, name: string, add: string, parts: readonly Part[]): CFunction {
  return {
    signature: { returns: "void", name, parameters: [self, ...parameters(parts)] },
    body: [
      declareSelf(scope, add.slice(0, add.indexOf("."))),
      { kind: "run", value: call(add, ...readParts(scope, parts)) },
    ],
    guarded: true,
    failure: null,
  };
}
