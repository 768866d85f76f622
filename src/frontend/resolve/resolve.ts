import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { placeOf, quote, report } from "../../diagnostics/report.js";
import type { MethodDecl, ParsedFile, RecordDecl } from "../../model/declaration.js";
import type { ExportedClass, ExportedFunction, ExportedMethod, Module } from "../../model/module.js";
import type { PackageFacts } from "../../model/package.js";
import { qualifiedName } from "../../types/derive.js";
import { type Run, resolveFunction, selfType } from "./functions.js";
import { scopesOf } from "./lookup.js";
import { mergeDeclarations } from "./merge.js";
import { registrationsOf } from "./registered.js";
import { unmarkedOf } from "./unmarked.js";

/**
 * Looks up every type and default of the files of a package. A function with a finding that is an error is left out of
 * the module; findings are returned, never thrown.
 */
export function resolve(
  files: readonly ParsedFile[],
  facts: Pick<PackageFacts, "names" | "mode">,
): { readonly module: Module; readonly diagnostics: readonly Diagnostic[] } {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const { registered, diagnostics } = registrationsOf(sorted);
  const { names, mode } = facts;
  const run: Run = {
    scopes: scopesOf(sorted, names.nativeName),
    registered,
    declarations: { known: new Map(), open: new Set() },
    mode,
    diagnostics: [...diagnostics],
    reported: new Set(),
    known: new Map(),
  };
  const functions: ExportedFunction[] = [];
  for (const declaration of sorted.flatMap((file) => file.functions)) {
    const found = resolveFunction(declaration, run);
    if (found !== null) functions.push(found);
  }
  const marked = mergeDeclarations(functions);
  const classes = sorted
    .flatMap((file) => file.records)
    .filter((record) => record.methods.length > 0)
    .flatMap((record) => resolveClass(record, run) ?? []);
  const unmarked = unmarkedOf(sorted, run);
  const module: Module = {
    packageName: names.packageName,
    nativeName: names.nativeName,
    functions: marked.map(unmarked),
    classes: classes.map((one) => ({ ...one, methods: one.methods.map(unmarked) })),
    mode,
    registrations: sorted.flatMap((file) => file.registrations),
    annotated: sorted.reduce((sum, file) => sum + file.annotations, 0),
  };
  return { module, diagnostics: run.diagnostics };
}

function resolveClass(record: RecordDecl, run: Run): ExportedClass | null {
  const self = selfType(record, run);
  if (self === null) return null;
  const [make = null, ...others] = record.methods.filter((method) => method.isConstructor);
  for (const other of others) {
    run.diagnostics.push(
      report("TX1322", other.span, {
        message: `a second constructor of ${quote(record.name)} is exported`,
        note: `The first stands at ${placeOf((make ?? other).span)}.`,
        fix: "Remove one of the two annotations, or export a function that returns an object made the other way.",
      }),
    );
  }
  const resolveMember = (method: MethodDecl): ExportedMethod | null => {
    const found = resolveFunction({ ...method, namespace: [...record.namespace, record.name] }, run);
    return found === null ? null : { ...found, isConst: method.isConst };
  };
  const constructed = make === null ? null : resolveMember(make);
  const methods = record.methods.filter((method) => !method.isConstructor).map(resolveMember);
  return {
    decl: self.decl,
    make:
      constructed === null
        ? null
        : withoutConst({ ...constructed, returns: self, returnsSpelling: qualifiedName(self.decl) }),
    methods: methods.filter((method) => method !== null),
    span: record.span,
  };
}

function withoutConst({ isConst: _, ...rest }: ExportedMethod): ExportedFunction {
  return rest;
}
