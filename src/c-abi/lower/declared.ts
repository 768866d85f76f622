// What generated C++ needs about user types: where they are defined, and what they hold.
import type { Module } from "../../model/module.js";
import type { CppDeclared } from "../../print/expression.js";
import { cppType } from "../../types/derive.js";
import { declaredTypes, eachType } from "../../types/walk.js";

export function lowerDeclared(module: Module): CppDeclared {
  const types = declaredTypes(module);
  const headers = new Set(types.map((type) => type.decl.header));
  for (const { span } of module.functions) {
    const header = headerOf(span.file);
    if (header !== null) headers.add(header);
  }
  eachType(module, (type) => {
    if (type.kind === "registered") headers.add(`${module.nativeName}/${module.nativeName}_types.h`);
  });
  return {
    headers: [...headers].sort(),
    enums: types.flatMap((type) =>
      type.kind === "enum"
        ? [
            {
              cpp: cppType(type),
              entries: type.decl.entries,
              values: [...new Set(type.decl.entries.map((entry) => entry.value))],
            },
          ]
        : [],
    ),
    records: types.flatMap((type) =>
      // The lib shim knows tuples by themselves.
      type.kind === "record" && type.decl.tuple === undefined
        ? [{ cpp: cppType(type), fields: type.decl.fields.map((field) => field.name) }]
        : [],
    ),
  };
}

/** The header below csrc/include that declares a function, so that it is not declared again; null for a source file. */
export function headerOf(file: string): string | null {
  return /^csrc\/include\/(.+)$/u.exec(file)?.[1] ?? null;
}
