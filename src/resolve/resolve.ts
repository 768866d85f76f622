import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { quote, report } from "../diagnostics/report.js";
import type { FunctionDecl, ParameterDecl, ParsedFile, TypeRef } from "../ir/declaration.js";
import type { ExportedFunction, Host, Module, ModuleMode, Parameter } from "../ir/module.js";
import { cppType } from "../types/derive.js";
import { resolveDefault } from "./defaults.js";
import { type Scopes, scopesOf } from "./lookup.js";
import { type Resolved, resolveType, type TypePlace } from "./types.js";

/** What is known of a package beside its sources. */
export interface PackageFacts {
  readonly packageName: string;
  readonly nativeName: string;
  /** `ours` where it is left out. */
  readonly mode?: ModuleMode;
  /** TypeScript alone where it is left out. */
  readonly hosts?: readonly Host[];
}

interface Run {
  readonly scopes: Scopes;
  readonly diagnostics: Diagnostic[];
  readonly reported: Set<string>;
  /** Types that were found, without a finding, by where they were looked up and how they are spelled. */
  readonly known: Map<string, Resolved>;
}

/**
 * Looks up every type and default of the files of a package. A function with a finding that is an error is left out of
 * the module; findings are returned, never thrown.
 */
export function resolve(
  files: readonly ParsedFile[],
  about: PackageFacts,
): { readonly module: Module; readonly diagnostics: readonly Diagnostic[] } {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const run: Run = {
    scopes: scopesOf(sorted, about.nativeName),
    diagnostics: [],
    reported: new Set(),
    known: new Map(),
  };
  const functions: ExportedFunction[] = [];
  for (const declaration of sorted.flatMap((file) => file.functions)) {
    const found = resolveFunction(declaration, run);
    if (found !== null) functions.push(found);
  }
  const module: Module = {
    packageName: about.packageName,
    nativeName: about.nativeName,
    functions,
    classes: [],
    mode: about.mode ?? "ours",
    hosts: about.hosts ?? ["ts"],
    registrations: sorted.flatMap((file) => file.registrations),
    annotated: sorted.reduce((sum, file) => sum + file.annotations, 0),
  };
  return { module, diagnostics: run.diagnostics };
}

function resolveFunction(declaration: FunctionDecl, run: Run): ExportedFunction | null {
  const { annotation, namespace } = declaration;
  const { name, returns: returnsSpan, register_types: registered } = annotation.argumentSpans;
  if (registered !== undefined) {
    run.diagnostics.push(
      report("TX1110", registered, {
        message: "`register_types` is not supported",
        fix: "Leave it out: tuples are derived from their C++ type, by an alias too.",
      }),
    );
  }
  if (declaration.qualifiers > 0 && !run.scopes.hasNamespace(namespace.join("::"))) {
    const owner = namespace.slice(-declaration.qualifiers).join("::");
    run.diagnostics.push(
      report("TX1302", declaration.span, {
        message: `${quote(declaration.name)} is a member of ${quote(owner)}, annotated outside of it`,
        label: "not a free function",
        note: `No file of the package opens a namespace ${quote(namespace.join("::"))}.`,
        fix: "Put the annotation above its declaration inside the class, in the public part.",
      }),
    );
    return null;
  }
  const place = (role: TypePlace["role"]): TypePlace => ({
    scopes: run.scopes,
    namespace,
    file: declaration.span.file,
    role,
    add: (diagnostic) => run.diagnostics.push(diagnostic),
    reported: run.reported,
  });
  const parameters = declaration.parameters.map((parameter, i) =>
    resolveParameter(parameter, i, place("parameter"), run),
  );
  const returns = lookUp(declaration.returns, place("result"), run);
  if (returns === null || !parameters.every((parameter) => parameter !== null)) return null;
  if (registered !== undefined) return null;
  return {
    name: declaration.name,
    namespace,
    hostName: annotation.name,
    parameters,
    returns: returns.type,
    returnsSpelling: spell(returns),
    returnNames: annotation.returns,
    rcpp: annotation.rcpp,
    doc: declaration.doc,
    span: declaration.span,
    annotationSpans: {
      ...(name === undefined ? {} : { name }),
      ...(returnsSpan === undefined ? {} : { returns: returnsSpan }),
    },
  };
}

function resolveParameter(parameter: ParameterDecl, index: number, place: TypePlace, run: Run): Parameter | null {
  const resolved = lookUp(parameter.type, place, run);
  if (resolved === null) return null;
  const value = parameter.default === null ? null : resolveDefault(parameter.default, resolved.type);
  if (value !== null && "diagnostic" in value) {
    run.diagnostics.push(value.diagnostic);
    return null;
  }
  return {
    name: parameter.name ?? `arg${index}`,
    type: resolved.type,
    spelling: spell(resolved),
    default: value === null ? null : value.value,
    span: parameter.span,
  };
}

/** `resolveType`, once for each spelling that is seen from one place. */
function lookUp(ref: TypeRef, place: TypePlace, run: Run): Resolved | null {
  const key = `${place.role} ${place.file} ${place.namespace.join("::")} ${ref.spelling}`;
  const known = run.known.get(key);
  if (known !== undefined) return known;
  const before = run.diagnostics.length;
  const found = resolveType(ref, place);
  if (found !== null && run.diagnostics.length === before) run.known.set(key, found);
  return found;
}

/** The type in full, aliases replaced, so that it can be declared again where they are not known. */
function spell({ type, isConst, reference }: Resolved): string {
  return (isConst && reference !== "" ? "const " : "") + cppType(type) + reference;
}
