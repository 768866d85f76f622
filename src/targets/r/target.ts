// The target R: the Rcpp glue and the wrappers around it; or, in a package that torchexport generated, torchexport's own files.

import { checkHostNames } from "../../c-abi/host-names.js";
import { definitionPath } from "../../c-abi/print/definition.js";
import { headerPath } from "../../c-abi/print/header.js";
import type { PackageFacts } from "../../model/package.js";
import { isGenerated } from "../../print/banner.js";
import { isNothing } from "../../types/derive.js";
import type { HostLanguage, Target, TargetInput, TargetOutput } from "../target.js";
import { describeOwn, describeSwitched } from "./describe.js";
import { lowerR } from "./lower/binding.js";
import { needsScalarParts } from "./lower/values.js";
import { describeInR } from "./lower/wrappers.js";
import { nativeNameOfR, rName, rPackageNameProblem } from "./names.js";
import { printR } from "./print/files.js";
import { lowerSwitched } from "./torchexport/lower.js";
import { printSwitched } from "./torchexport/print.js";

const language: HostLanguage = {
  host: "r",
  title: "R",
  label: "R (the package torch)",
  packageFile: "DESCRIPTION",
  packageName: (text) => /^Package:[ \t]*(\S+)[ \t]*$/mu.exec(text)?.[1] ?? null,
  nativeName: nativeNameOfR,
  namingFix: 'Give it a line "Package: <name>"',
  nameProblem: rPackageNameProblem,
  isTorchexports: true,
};

/** The header of the glue, which is the same in every package. */
const supportHeader = "vendor/printed/r/torch_extension.h";

export const r: Target = {
  id: "r",
  language,
  modes: ["ours", "switched"],
  reads: ({ names: { nativeName }, hostNames, mode }) => ({
    inPackage:
      mode === "switched"
        ? [definitionPath(nativeName), ...Object.values(torchexportFiles(nativeName))]
        : [`src/${typesHeader(nativeName, hostNames)}`],
    inGenerator: [supportHeader],
  }),
  // torchexport writes no wrappers, so that a function keeps its C++ name.
  check: (module) =>
    module.mode === "switched" ? [] : checkHostNames(module, "R", (fn) => rName(fn.hostName ?? fn.name)),
  cAbiNeeds: (module) => ({ lanternBodies: true, scalarParts: needsScalarParts(module) }),
  generate: (input) => (input.module.mode === "switched" ? generateSwitched(input) : generateOwn(input)),
  typeColumns: [
    {
      title: "R",
      cell: (type) => (isNothing(type) ? "nothing" : describeInR("myext", type).replaceAll("|", "\\|")),
    },
  ],
};

function generateOwn({ module, facts, texts, cAbi, cAbiFiles }: TargetInput): TargetOutput {
  const { nativeName } = module;
  const { inPackage, inGenerator } = texts;
  const binding = lowerR(module, cAbi());
  const header = typesHeader(nativeName, facts.hostNames);
  const types = inPackage[`src/${header}`] ?? null;
  const files = printR(binding, inGenerator[supportHeader] ?? "", {
    typesHeader: header,
    ownTypes: types !== null && !isGenerated(types),
  });
  // R's tarball has no csrc/: the glue compiles against a copy of the C ABI's header.
  const shipped = cAbiFiles.flatMap((file) => {
    if (file.path === headerPath(nativeName)) return [{ ...file, path: file.path.replace(/^csrc/, "inst") }];
    const isDefinition = file.path === definitionPath(nativeName);
    return isDefinition ? [{ ...file, path: file.path.replace(/^csrc\/src/, "inst/def") }] : [];
  });
  return { files: [...files, ...shipped], description: describeOwn(module, binding, files) };
}

function generateSwitched({ module, texts: { inPackage, inGenerator } }: TargetInput): TargetOutput {
  const paths = torchexportFiles(module.nativeName);
  const exists = (path: string): boolean => (inPackage[path] ?? null) !== null;
  const lowered = lowerSwitched(module, {
    common: exists(paths.common),
    types: exists(paths.types),
    rTypes: exists(paths.rTypes),
  });
  const def = inPackage[definitionPath(module.nativeName)] ?? null;
  const files = printSwitched(lowered, def, inGenerator[supportHeader] ?? null);
  return { files, description: describeSwitched(module, lowered, files) };
}

/** Files of the user that torchexport's files include if they exist. */
function torchexportFiles(nativeName: string) {
  return {
    common: `csrc/include/${nativeName}/common.h`,
    types: `csrc/include/${nativeName}/${nativeName}_types.h`,
    rTypes: `src/${nativeName}_types.h`,
  };
}

/** Rcpp looks for types in `<Package>_types.h`, where Package may have capitals, unlike names in C++. */
function typesHeader(nativeName: string, hostNames: PackageFacts["hostNames"]): string {
  return `${hostNames.r ?? nativeName}_types.h`;
}
