// The dispatcher's column: the schema of each type, and whether libtorch converts the C++ value itself.
import type { Type, TypeId } from "../../model/module.js";
import { cppType, isNothing, partsOf, qualifiedName, readable } from "../../types/derive.js";
import { registry } from "../../types/registry.js";

interface SchemaRow {
  /** The type in a schema; null if the dispatcher has no such type. */
  readonly schema: string | null;
  /** Whether `IValue` converts to and from the C++ type; tx::boxed does otherwise. */
  readonly isNative: boolean;
  /** Whether the same holds for a `std::vector` of the type. */
  readonly isNativeList: boolean;
}

const rows: Readonly<Record<TypeId, SchemaRow>> = {
  tensor: { schema: "Tensor", isNative: true, isNativeList: true },
  int64: { schema: "int", isNative: true, isNativeList: true },
  int32: { schema: "int", isNative: false, isNativeList: false },
  float: { schema: "float", isNative: false, isNativeList: false },
  double: { schema: "float", isNative: true, isNativeList: true },
  bool: { schema: "bool", isNative: true, isNativeList: false },
  string: { schema: "str", isNative: true, isNativeList: true },
  scalar: { schema: "Scalar", isNative: true, isNativeList: false },
  dtype: { schema: "ScalarType", isNative: true, isNativeList: false },
  device: { schema: "Device", isNative: true, isNativeList: false },
  layout: { schema: "Layout", isNative: true, isNativeList: false },
  memoryFormat: { schema: "MemoryFormat", isNative: true, isNativeList: false },
  generator: { schema: "Generator", isNative: true, isNativeList: false },
  pointer: { schema: null, isNative: true, isNativeList: false },
  void: { schema: "()", isNative: true, isNativeList: false },
};

/** The type inside a dispatcher schema: `(Tensor, Tensor?)` for a tuple. Throws where `schemaProblem` has a reason. */
export function schemaType(type: Type): string {
  const problem = schemaProblem(type);
  if (problem !== null) throw new Error(`the dispatcher has no such type: ${problem}`);
  return write(type);
}

function write(type: Type): string {
  switch (type.kind) {
    case "row":
      return rows[type.id].schema ?? "";
    case "optional":
      return `${write(type.of)}?`;
    case "list":
      return `${write(type.of)}[]`;
    case "tuple":
      return `(${type.of.map(write).join(", ")})`;
    case "dict":
      return `Dict(${write(type.key)}, ${write(type.value)})`;
    case "enum":
      return "int";
    case "record":
      return `(${type.decl.fields.map((field) => write(field.type)).join(", ")})`;
    case "handle":
    case "registered":
    case "foreign":
      return "";
  }
}

/** What in a type no schema can name: `the pointer void*`; null where all can be. */
export function schemaProblem(type: Type): string | null {
  switch (type.kind) {
    case "row":
      return rows[type.id].schema === null ? `the ${registry[type.id].title} \`${cppType(type)}\`` : null;
    case "handle":
      return `the class \`${qualifiedName(type.decl)}\``;
    case "registered":
      return `the registered type \`${readable(type.cpp)}\``;
    case "foreign":
      return `\`${type.spelling}\``;
    default:
      return (
        partsOf(type)
          .map(schemaProblem)
          .find((problem) => problem !== null) ?? null
      );
  }
}

/** Whether `IValue` converts to and from the C++ type itself; else tx::boxed does. */
export function isNativeToDispatcher(type: Type): boolean {
  switch (type.kind) {
    case "row":
      return rows[type.id].isNative;
    case "optional":
      return type.of.kind === "row" && isNativeToDispatcher(type.of);
    case "list":
      return type.of.kind === "row" && rows[type.of.id].isNativeList && type.container === undefined;
    case "tuple":
      return type.pair !== true && type.of.every(isNativeToDispatcher);
    default:
      return false;
  }
}

/** The results of an operator: the elements of a tuple or pair, the fields of a struct, nothing, or the one value. */
export function schemaResults(type: Type): readonly { readonly type: Type; readonly name: string | null }[] {
  if (type.kind === "tuple") return type.of.map((element) => ({ type: element, name: null }));
  if (type.kind === "record") return type.decl.fields.map((field) => ({ type: field.type, name: field.name }));
  return isNothing(type) ? [] : [{ type, name: null }];
}
