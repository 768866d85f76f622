// Which types each host has a form for.
import type { Type } from "../../model/module.js";
import { partsOf, readable } from "../../types/derive.js";

/** What in a type TypeScript has no form for, in prose; null where all of it has one. */
export function typescriptProblem(type: Type): string | null {
  switch (type.kind) {
    case "row":
      return type.id === "pointer" ? "`void*`, an address, which JavaScript cannot hold safely" : null;
    case "registered":
      return `the registered type \`${readable(type.cpp)}\`, which is converted for R alone`;
    case "foreign":
      return `\`${type.spelling}\``;
    default:
      return (
        partsOf(type)
          .map(typescriptProblem)
          .find((problem) => problem !== null) ?? null
      );
  }
}
