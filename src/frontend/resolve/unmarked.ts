// What an exported function takes from its declarations without annotation: default arguments, comments, names of parameters.
import { placeOf, quote, report } from "../../diagnostics/report.js";
import type { Doc, ParsedFile, UnmarkedDecl } from "../../model/declaration.js";
import type { DefaultValue, ExportedFunction, Parameter } from "../../model/module.js";
import { resolveDefault } from "./defaults.js";
import { type Run, resolveSignature } from "./functions.js";

/** Completes functions by what the files say of them. A package that switched has neither defaults nor comments in its output. */
export function unmarkedOf(files: readonly ParsedFile[], run: Run): <T extends ExportedFunction>(exported: T) => T {
  const declared = new Map<string, UnmarkedDecl[]>();
  if (run.mode === "ours") {
    for (const one of files.flatMap((file) => file.unmarked)) {
      const group = declared.get(nameOf(one)) ?? [];
      if (group.length === 0) declared.set(nameOf(one), group);
      group.push(one);
    }
  }
  return (exported) =>
    (declared.get(nameOf(exported)) ?? []).reduce((one, declaration) => complete(one, declaration, run), exported);
}

function nameOf({ namespace, name }: Pick<ExportedFunction, "namespace" | "name">): string {
  return [...namespace, name].join("::");
}

/** The function with what `declaration` adds, where it declares the same one and not an overload. */
function complete<T extends ExportedFunction>(exported: T, declaration: UnmarkedDecl, run: Run): T {
  if (declaration.parameters.length !== exported.parameters.length) return exported;
  // What is wrong with an overload's types is nobody's matter here.
  const types = resolveSignature(declaration, { ...run, diagnostics: [], reported: new Set() });
  if (types === null || types.some(({ spelling }, i) => spelling !== exported.parameters[i]?.spelling)) return exported;
  const parameters = exported.parameters.map((parameter, i): Parameter => {
    const other = declaration.parameters[i];
    const named = parameter.name === `arg${i}` && other?.name != null ? { ...parameter, name: other.name } : parameter;
    return other?.default == null ? named : { ...named, default: defaultOf(exported, named, other, run) };
  });
  const renamed = new Map(declaration.parameters.map(({ name }, i) => [name ?? "", parameters[i]?.name ?? ""]));
  return { ...exported, parameters, doc: mergeDocs(exported.doc, declaration.doc, renamed) };
}

function defaultOf(
  exported: ExportedFunction,
  parameter: Parameter,
  other: UnmarkedDecl["parameters"][number],
  run: Run,
): DefaultValue | null {
  if (other.default === null) return parameter.default;
  const read = resolveDefault(other.default, parameter.type);
  const value = "value" in read ? read.value : null;
  if (parameter.default === null) {
    if ("diagnostic" in read) run.diagnostics.push(read.diagnostic);
    return value;
  }
  if (JSON.stringify(value) !== JSON.stringify(parameter.default)) {
    run.diagnostics.push(
      report("TX1323", other.default.span, {
        message: `the declarations of ${quote(exported.name)} give ${quote(parameter.name)} different defaults`,
        label: "here one",
        note: `The other stands at ${placeOf(parameter.span)}.`,
        fix: "Keep one of the two, and remove the other.",
      }),
    );
  }
  return parameter.default;
}

/** A comment with what it lacks taken from another one, whose parameters may have other names. */
function mergeDocs(own: Doc | null, other: Doc | null, renamed: ReadonlyMap<string, string>): Doc | null {
  if (other === null) return own;
  const params = Object.entries(other.params).map(([name, text]) => [renamed.get(name) ?? name, text] as const);
  return {
    summary: own === null || own.summary === "" ? other.summary : own.summary,
    params: { ...Object.fromEntries(params), ...own?.params },
    returns: own?.returns ?? other.returns,
  };
}
