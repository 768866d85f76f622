// How the tests type-check emitted TypeScript.
import { join } from "node:path";

/** Every strict option; nothing is written. */
export function compilerOptions(repository: string) {
  return {
    target: "es2023",
    lib: ["es2023", "esnext.disposable"],
    module: "nodenext",
    types: ["node"],
    typeRoots: [join(repository, "node_modules/@types")],
    strict: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    erasableSyntaxOnly: true,
    noEmit: true,
    skipLibCheck: true,
  };
}
