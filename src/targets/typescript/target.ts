// The target TypeScript: the Node-API glue and the typed wrapper around it.
import { typeKey } from "../../c-abi/names.js";
import type { Module, Type } from "../../model/module.js";
import { nativeName } from "../../naming/package.js";
import { declaredTypes } from "../../types/walk.js";
import type { HostLanguage, Target, TypeColumn } from "../target.js";
import { checkNames } from "./check-names.js";
import { checkTypes } from "./check-types.js";
import { describe } from "./describe.js";
import { lowerAddon } from "./lower/addon.js";
import { lowerTypescript } from "./lower/module.js";
import { tsParameterType, tsResultType } from "./lower/type-names.js";
import { printAddon } from "./print/addon.js";
import { printTypescript } from "./print/module.js";
import { typescriptProblem } from "./types.js";

const language: HostLanguage = {
  host: "ts",
  title: "TypeScript",
  label: "TypeScript (Node.js)",
  packageFile: "package.json",
  packageName: (text) => {
    try {
      const { name } = JSON.parse(text) as { name?: unknown };
      return typeof name === "string" && name !== "" ? name : null;
    } catch {
      return null;
    }
  },
  nativeName,
  namingFix: 'Give it a "name"',
  nameProblem: () => null,
  isTorchexports: false,
};

export const typescript: Target = {
  id: "typescript",
  language,
  modes: ["ours"],
  check: (module) => [...checkNames(module), ...checkTypes(module)],
  interfaceLines,
  generate: ({ module, cAbi }) => {
    const lowered = lowerTypescript(module, cAbi().interfaceHash);
    const files = [printAddon(lowerAddon(module)), printTypescript(lowered)];
    return { files, description: describe(module, lowered, files) };
  },
  typeColumns: [
    column("TypeScript in", (type) => (isUnique(type) ? null : tsParameterType(type))),
    column("TypeScript out", (type) => (isView(type) ? null : tsResultType(type))),
  ],
};

/** The names of classes, which objects that cross carry. */
function interfaceLines(module: Module): readonly string[] {
  return declaredTypes(module).flatMap((type) =>
    type.kind === "handle" ? [`${typeKey(module.nativeName, type)} ${type.decl.hostNames?.typescript ?? ""}`] : [],
  );
}

function column(title: string, formOf: (type: Type) => string | null): TypeColumn {
  return {
    title,
    cell: (type) => {
      const form = typescriptProblem(type) === null ? formOf(type) : null;
      return form === null ? "–" : `\`${form.replaceAll("|", "\\|")}\``;
    },
  };
}

/** A `std::unique_ptr` is for results. */
function isUnique(type: Type): boolean {
  return type.kind === "handle" && type.pointer === "unique";
}

/** A view is for parameters. */
function isView(type: Type): boolean {
  return type.kind === "list" && type.container === "arrayRef";
}
