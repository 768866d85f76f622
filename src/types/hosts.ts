// Which types each host has a form for.
import type { Type } from "../ir/module.js";
import { partsOf, qualifiedName, typeTitle } from "./derive.js";

/** What in a type TypeScript has no form for, in prose; null where all of it has one. */
export function typescriptProblem(type: Type): string | null {
  switch (type.kind) {
    case "row":
      if (type.id === "pointer") return "`void*`, an address, which JavaScript cannot hold safely";
      return isReady(type) ? null : `\`${type.id}\``;
    case "registered":
      return `the registered type \`${type.cpp}\`, which is converted for R alone`;
    case "foreign":
      return `\`${type.spelling}\``;
    case "enum":
    case "record":
    case "handle":
      return `\`${qualifiedName(type.decl)}\``;
    default:
      if (!isReady(type)) return `what is ${typeTitle(type)}`;
      return (
        partsOf(type)
          .map(typescriptProblem)
          .find((problem) => problem !== null) ?? null
      );
  }
}

/** What the glue for Node converts so far. */
function isReady(type: Type): boolean {
  switch (type.kind) {
    case "row":
      return ["tensor", "int64", "double", "bool", "string"].includes(type.id);
    case "optional":
    case "list":
      return type.of.kind === "row" && type.of.id === "tensor" && !("container" in type);
    case "tuple":
      return type.pair !== true;
    default:
      return false;
  }
}
