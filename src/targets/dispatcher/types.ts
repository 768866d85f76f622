// What the dispatcher has of a type: its schema, and whether it takes the C++ value as it is.
import type { Type } from "../../model/module.js";
import { cppType, partsOf, qualifiedName, readable } from "../../types/derive.js";
import { registry } from "../../types/registry.js";

/** The type inside a dispatcher schema: `(Tensor, Tensor?)` for a tuple. Throws where `schemaProblem` has a reason. */
export function schemaType(type: Type): string {
  const problem = schemaProblem(type);
  if (problem !== null) throw new Error(`the dispatcher has no such type: ${problem}`);
  return write(type);
}

function write(type: Type): string {
  switch (type.kind) {
    case "row":
      return registry[type.id].schema ?? "";
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
      return registry[type.id].schema === null ? `the ${registry[type.id].title} \`${cppType(type)}\`` : null;
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
      return type.id !== "float" && type.id !== "int32";
    case "optional":
      return type.of.kind === "row" && isNativeToDispatcher(type.of);
    case "list":
      return type.of.kind === "row" && listed.has(type.of.id) && type.container === undefined;
    case "tuple":
      return type.pair !== true && type.of.every(isNativeToDispatcher);
    default:
      return false;
  }
}

/** Rows whose std::vector is an argument of libtorch's own operators. */
const listed: ReadonlySet<string> = new Set(["tensor", "int64", "double", "string"]);

/** The results of an operator: the elements of a tuple or pair, the fields of a struct, nothing, or the one value. */
export function schemaResults(type: Type): readonly { readonly type: Type; readonly name: string | null }[] {
  if (type.kind === "tuple") return type.of.map((element) => ({ type: element, name: null }));
  if (type.kind === "record") return type.decl.fields.map((field) => ({ type: field.type, name: field.name }));
  return type.kind === "row" && type.id === "void" ? [] : [{ type, name: null }];
}
