// Names in TypeScript, where words lose their underscores and namespaces fall away: clashes of functions, parameters, results, types,
// methods and fields.

import { checkHostNames } from "../../c-abi/host-names.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { quote, report } from "../../diagnostics/report.js";
import type { ExportedClass, ExportedFunction, Module, Type } from "../../model/module.js";
import type { Span } from "../../model/span.js";
import { clashes } from "../../naming/clash.js";
import { isPortableIdentifier } from "../../naming/identifier.js";
import { partsOf, qualifiedName } from "../../types/derive.js";
import { allFunctions } from "../../types/walk.js";
import {
  className,
  enumName,
  functionName,
  inputName,
  memberNamed,
  methodName,
  type Named,
  optionsInterface,
  parameterName,
  recordName,
  resultField,
  resultInterface,
} from "./names.js";
import { inputRecords } from "./types.js";

/** Something that has a name in TypeScript, and what it is in C++. */
interface NamedThing {
  readonly name: string;
  readonly what: string;
  readonly span: Span;
}

export function checkNames(module: Module): readonly Diagnostic[] {
  const declared = declaredIn(module);
  return [
    ...allFunctions(module).flatMap((fn) => [...checkParameters(fn), ...checkReturnNames(fn)]),
    ...checkHostNames(module, "TypeScript", functionName),
    ...together([...declared.map(({ thing }) => thing), ...inputsOf(module), ...interfacesOf(module)]),
    ...module.classes.flatMap(methodsOf).flatMap(together),
    ...declared.flatMap(({ type, thing }) => (type.kind === "record" ? together(fieldsOf(type, thing.span)) : [])),
  ];
}

function checkParameters(fn: ExportedFunction): readonly Diagnostic[] {
  return clashes(
    fn.parameters.filter(({ name }) => isPortableIdentifier(name)),
    ({ name }) => parameterName(name),
  ).flatMap(({ name, items: [first, ...others] }) =>
    others.map((parameter) =>
      report("TX1315", parameter.span, {
        message: `two parameters of ${quote(fn.name)} would be ${quote(name)} in TypeScript: ${quote(first?.name ?? "")} and ${quote(parameter.name)}`,
        fix: "Give one of them another name.",
      }),
    ),
  );
}

/** Different names of results that are one name in TypeScript; `frontend/check` reports the same name twice. */
function checkReturnNames(fn: ExportedFunction): readonly Diagnostic[] {
  return clashes([...new Set(fn.returnNames ?? [])], resultField).map(({ name, items }) =>
    report("TX1319", fn.annotationSpans?.returns ?? fn.span, {
      message: `elements of the result would have one name in TypeScript, ${quote(name)}: ${items.map(quote).join(" and ")}`,
      fix: "Give each element a name of its own.",
    }),
  );
}

function together(things: readonly NamedThing[]): readonly Diagnostic[] {
  return clashes(things, ({ name }) => name).flatMap(({ name, items: [first, ...others] }) =>
    others.map(({ what, span }) =>
      report("TX1312", span, {
        message: `${first?.what} and ${what} would both be ${quote(name)} in TypeScript`,
        fix: "Give one of them another name in C++.",
      }),
    ),
  );
}

interface Declared {
  readonly type: Extract<Type, { kind: "enum" | "record" | "handle" }>;
  readonly thing: NamedThing;
}

/** Every enum, struct and class, at the first function that names it. */
function declaredIn(module: Module): readonly Declared[] {
  const found = new Map<string, Declared>();
  const visit = (type: Type, span: Span): void => {
    if (type.kind === "enum" || type.kind === "record" || type.kind === "handle") {
      const cpp = qualifiedName(type.decl);
      const name = { enum: enumName, record: recordName, handle: className }[type.kind](type.decl);
      if (!found.has(cpp)) found.set(cpp, { type, thing: { name, what: quote(cpp), span } });
    }
    for (const part of partsOf(type)) visit(part, span);
  };
  for (const { decl, span } of module.classes) visit({ kind: "handle", decl }, span);
  for (const { parameters, returns, span } of allFunctions(module)) {
    for (const { type } of parameters) visit(type, span);
    visit(returns, span);
  }
  return [...found.values()];
}

/** What structs are called as arguments, at the first function that takes one. */
function inputsOf(module: Module): readonly NamedThing[] {
  const found = new Map<string, NamedThing>();
  for (const { parameters, span, visibleToHosts } of allFunctions(module)) {
    for (const decl of visibleToHosts ? inputRecords(parameters.map(({ type }) => type)) : []) {
      const cpp = qualifiedName(decl);
      const name = inputName(decl);
      if (!found.has(cpp)) found.set(cpp, { name, what: `${quote(cpp)} as an argument`, span });
    }
  }
  return [...found.values()];
}

/** The interfaces of options and of named results. */
function interfacesOf(module: Module): readonly NamedThing[] {
  const of = (exported: ExportedFunction, named: Named): readonly NamedThing[] => {
    const { parameters, returnNames, visibleToHosts, span } = exported;
    if (!visibleToHosts) return [];
    const hasOptions = parameters.some((parameter) => parameter.default !== null);
    return [
      ...(hasOptions ? [{ name: optionsInterface(named), what: `the options of ${quote(named.name)}`, span }] : []),
      ...(returnNames === null
        ? []
        : [{ name: resultInterface(named), what: `the result of ${quote(named.name)}`, span }]),
    ];
  };
  return [
    // Of functions of one name only the first: that finding is made elsewhere.
    ...[...new Map(module.functions.toReversed().map((exported) => [functionName(exported), exported])).values()]
      .toReversed()
      .flatMap((exported) => of(exported, exported)),
    ...module.classes.flatMap(({ decl, make, methods }) => [
      ...(make === null ? [] : of(make, { name: decl.name, hostName: className(decl) })),
      ...methods.flatMap((method) => of(method, memberNamed(decl, method))),
    ]),
  ];
}

function methodsOf({ methods }: ExportedClass): readonly (readonly NamedThing[])[] {
  const seen = methods.filter(({ visibleToHosts }) => visibleToHosts);
  return [
    seen.map((method) => ({ name: methodName(method), what: `the method ${quote(method.name)}`, span: method.span })),
  ];
}

function fieldsOf({ decl }: Extract<Type, { kind: "record" }>, span: Span): readonly NamedThing[] {
  const of = qualifiedName(decl);
  return decl.fields.map(({ name }) => ({
    name: resultField(name),
    what: `the field ${quote(`${of}::${name}`)}`,
    span,
  }));
}
