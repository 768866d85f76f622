// One function or method: its types, its defaults.
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { quote, report } from "../../diagnostics/report.js";
import type { FunctionDecl, ParameterDecl, RecordDecl, TypeRef, UnmarkedDecl } from "../../model/declaration.js";
import type { ExportedFunction, Parameter } from "../../model/module.js";
import type { ModuleMode } from "../../model/package.js";
import { isNoCppName } from "../../naming/reserved.js";
import { cppType, holdsNamedTuple, type TypeOf, withoutNames } from "../../types/derive.js";
import { describeRecord } from "./declared.js";
import { resolveDefault } from "./defaults.js";
import type { Scopes } from "./lookup.js";
import type { Declarations, Resolved, Role, TypePlace } from "./place.js";
import * as refusals from "./refusals.js";
import type { Registrations } from "./registered.js";
import { resolveType } from "./types.js";

export interface Run {
  readonly scopes: Scopes;
  readonly registered: Registrations;
  readonly declarations: Declarations;
  readonly mode: ModuleMode;
  readonly diagnostics: Diagnostic[];
  readonly reported: Set<string>;
  /** Types that were found, without a finding, by where they were looked up and how they are spelled. */
  readonly known: Map<string, Resolved>;
}

/** Null where a finding is an error. */
export function resolveFunction(declaration: FunctionDecl, run: Run): ExportedFunction | null {
  const { annotation, namespace } = declaration;
  const { name, returns: returnsSpan } = annotation.argumentSpans;
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
  if (isNoCppName(declaration.name)) {
    run.diagnostics.push(refusals.noName(declaration.name, declaration.span));
    return null;
  }
  const place = (role: Role): TypePlace => placeIn(run, namespace, declaration.span.file, role);
  const parameters = declaration.parameters.map((parameter, i) =>
    resolveParameter(parameter, i, place("parameter"), run),
  );
  const returns = lookUp(declaration.returns, place("result"), run);
  if (returns === null || !parameters.every((parameter) => parameter !== null)) return null;
  return {
    name: declaration.name,
    namespace,
    hostName: annotation.name,
    parameters,
    returns: returns.type,
    returnsSpelling: spell(declaration.returns, returns, run),
    returnNames: annotation.returns,
    visibleToHosts: annotation.rcpp,
    doc: declaration.doc,
    span: declaration.span,
    annotationSpans: {
      ...(name === undefined ? {} : { name }),
      ...(returnsSpan === undefined ? {} : { returns: returnsSpan }),
    },
  };
}

function resolveParameter(parameter: ParameterDecl, index: number, place: TypePlace, run: Run): Parameter | null {
  if (parameter.name !== null && isNoCppName(parameter.name)) {
    run.diagnostics.push(refusals.noName(parameter.name, parameter.span));
    return null;
  }
  const resolved = lookUp(parameter.type, place, run);
  if (resolved === null) return null;
  // A package that switched has no wrappers that a default could stand in.
  const isCarried = parameter.default !== null && run.mode === "ours";
  const value = isCarried && parameter.default !== null ? resolveDefault(parameter.default, resolved.type) : null;
  if (value !== null && "diagnostic" in value) {
    run.diagnostics.push(value.diagnostic);
    return null;
  }
  return {
    name: parameter.name ?? `arg${index}`,
    type: resolved.type,
    spelling: spell(parameter.type, resolved, run),
    default: value === null ? null : value.value,
    span: parameter.span,
  };
}

/** The types of a declaration's parameters, as the module spells them; null where one is not supported. */
export function resolveSignature(
  { namespace, parameters, span }: UnmarkedDecl,
  run: Run,
): readonly Pick<Parameter, "type" | "spelling">[] | null {
  const place = placeIn(run, namespace, span.file, "parameter");
  const found = parameters.map(({ type }) => {
    const resolved = lookUp(type, place, run);
    return resolved === null ? null : { type: resolved.type, spelling: spell(type, resolved, run) };
  });
  return found.every((one) => one !== null) ? found : null;
}

/** The handle of a class that has exported members; null where it cannot have one. */
export function selfType(record: RecordDecl, run: Run): TypeOf<"handle"> | null {
  const ref: TypeRef = {
    spelling: record.name,
    name: record.name,
    args: [],
    isConst: false,
    reference: "",
    span: record.span,
  };
  const place = placeIn(run, record.namespace, record.span.file, "parameter");
  const type = describeRecord(record, ref, { ...place, at: record.span }, () => null);
  return type?.kind === "handle" ? type : null;
}

function placeIn(run: Run, namespace: readonly string[], file: string, role: Role): TypePlace {
  const { scopes, registered, declarations, reported } = run;
  const add = (diagnostic: Diagnostic) => run.diagnostics.push(diagnostic);
  return { scopes, registered, declarations, namespace, file, role, add, reported };
}

/** `resolveType`, once for each spelling that is seen from one place. */
function lookUp(ref: TypeRef, place: TypePlace, run: Run): Resolved | null {
  const key = `${place.role} ${place.file} ${place.namespace.join("::")} ${ref.spelling}`;
  const known = run.known.get(key);
  if (known !== undefined) return known;
  const before = run.diagnostics.length;
  const found = run.mode === "switched" ? passOn(ref, place) : resolveType(ref, place);
  if (found !== null && (run.diagnostics.length === before || run.mode === "switched")) run.known.set(key, found);
  return found;
}

/** In a package that switched from torchexport, a type that is not known passes every layer as it is spelled. */
function passOn(ref: TypeRef, place: TypePlace): Resolved {
  const found: Diagnostic[] = [];
  const resolved = resolveType(ref, { ...place, reported: new Set(), add: (diagnostic) => found.push(diagnostic) });
  if (resolved !== null) return resolved;
  place.add(
    report("TX1214", ref.span, {
      message: `${quote(ref.spelling)} passes unchanged`,
      note: `As torchexport does with what it does not know. ${found[0]?.message ?? ""}.`,
      fix: "Where that is not what you want, register the type with `register_types`, or change it.",
    }),
  );
  return { type: { kind: "foreign", spelling: ref.spelling }, isConst: false, reference: "", size: 1 };
}

/**
 * The type in full, aliases replaced, so that it can be declared again where they are not known. A package that switched has
 * headers that declare them.
 */
function spell(ref: TypeRef, { type, isConst, reference }: Resolved, run: Run): string {
  const around = (cpp: string): string => (isConst && reference !== "" ? "const " : "") + cpp + reference;
  // An alias that names a tuple's elements is of us, and stands in a header of its own.
  if (run.mode === "switched") return holdsNamedTuple(type) ? around(cppType(withoutNames(type))) : ref.spelling;
  return around(cppType(type));
}
