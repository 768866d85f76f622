// What stands at the C ABI: one C function per exported function, one family of functions per type that needs one.
import type { ExportedClass, ExportedFunction, HandleInfo, Module, Type } from "../../model/module.js";
import {
  type CFunction,
  type CppDeclarations,
  type CppDeclared,
  call,
  type Expression,
  type Statement,
  string,
  verbatim,
} from "../../print/expression.js";
import { abiOf, cppType, cType, cZero, holdsTensors, qualifiedName } from "../../types/derive.js";
import { classesByName, declaredTypes, familiesOf } from "../../types/walk.js";
import {
  apiMacro,
  constructorSymbol,
  destructorSymbol,
  familyOf,
  functionSymbol,
  handleExceptionMacro,
  headersOnlyMacro,
  interfaceMacro,
  keepExceptionSymbol,
  lastErrorClearSymbol,
  lastErrorSymbol,
  lastErrorVariable,
  macroPrefix,
  methodSymbol,
  operatorsErrorSymbol,
} from "../names.js";
import { calledName, declareFunctions, localNames, passArgument } from "./calls.js";
import { makeC, needsName, readC } from "./convert.js";
import { lowerDeclared } from "./declared.js";
import { type CFamily, lowerFamily, lowerScalarParts } from "./families.js";

export type { CFamily } from "./families.js";

export interface CAbi {
  readonly nativeName: string;
  readonly macros: {
    readonly prefix: string;
    readonly api: string;
    readonly headersOnly: string;
    readonly handleException: string;
    readonly interface: string;
  };
  /** Hash of all signatures. */
  readonly interfaceHash: string;
  readonly errors: {
    readonly variable: string;
    readonly last: string;
    readonly clear: string;
    readonly keep: string;
    readonly operators: string;
  };
  /** User-owned headers and types that the bodies use. */
  readonly declared: CppDeclared;
  /** The package's own functions, declared again so that the unit does not include a user-owned header. */
  readonly declarations: readonly CppDeclarations[];
  readonly functions: readonly CFunction[];
  readonly classes: readonly CClass[];
  readonly families: readonly CFamily[];
  /** Whether dictionaries or c10::List cross. */
  readonly needsContainers: boolean;
  /** Whether objects of classes cross. */
  readonly needsObjects: boolean;
  /** Whether this unit has the bodies of R torch's lantern/types.h. */
  readonly definesLantern: boolean;
  /** Every exported symbol, for the `.def`. */
  readonly symbols: readonly string[];
}

/** The C functions of one class: its constructor and methods, and what frees an object. */
export interface CClass {
  readonly cpp: string;
  readonly functions: readonly CFunction[];
}

/** What the targets of a package need of its C ABI beside the exported functions. */
export interface CAbiNeeds {
  /** The bodies of R torch's lantern/types.h in the unit of the C ABI. */
  readonly lanternBodies: boolean;
  /** A function that gives the parts of a complex scalar. */
  readonly scalarParts: boolean;
}

/** @param interfaceHash what `hashInterface` returns */
export function lowerCAbi(module: Module, interfaceHash: string, needs: CAbiNeeds): CAbi {
  const { nativeName } = module;
  const errors = {
    variable: lastErrorVariable(nativeName),
    last: lastErrorSymbol(nativeName),
    clear: lastErrorClearSymbol(nativeName),
    keep: keepExceptionSymbol(nativeName),
    operators: operatorsErrorSymbol(nativeName),
  };
  const functions = module.functions.map((exported) => lowerFunction(nativeName, exported));
  const exportedClasses = classesByName(module);
  const classes = declaredTypes(module).flatMap((type) =>
    type.kind === "handle"
      ? [lowerClass(nativeName, cppType(type), type.decl, exportedClasses.get(qualifiedName(type.decl)))]
      : [],
  );
  const uses = familiesOf(module, (type) => familyOf(nativeName, type).name);
  const families = [
    ...uses.map((use) => lowerFamily(nativeName, use)),
    ...(needs.scalarParts ? [lowerScalarParts(nativeName)] : []),
  ];
  const own = [...functions, ...[...classes, ...families].flatMap((group) => group.functions)];
  return {
    nativeName,
    macros: {
      prefix: macroPrefix(nativeName),
      api: apiMacro(nativeName),
      headersOnly: headersOnlyMacro(nativeName),
      handleException: handleExceptionMacro(nativeName),
      interface: interfaceMacro(nativeName),
    },
    interfaceHash,
    errors,
    declared: lowerDeclared(module),
    declarations: declareFunctions(module.functions),
    functions,
    classes,
    families,
    needsContainers: uses.some(
      ({ type }) => type.kind === "dict" || (type.kind === "list" && type.container === "list"),
    ),
    needsObjects: classes.length > 0,
    definesLantern: needs.lanternBodies,
    symbols: [...own.map(({ signature }) => signature.name), errors.last, errors.clear, errors.operators],
  };
}

function lowerFunction(nativeName: string, exported: ExportedFunction): CFunction {
  return lowerCall(nativeName, exported, {
    symbol: functionSymbol(exported.name),
    label: exported.name,
    self: null,
    call: (args) => call(calledName(exported), ...args),
  });
}

/** A user function at the C ABI. */
interface CallTarget {
  readonly symbol: string;
  /** What errors call it. */
  readonly label: string;
  /** The class on whose `object` it is called. */
  readonly self: string | null;
  /** Whether what is called is a constructor, whose pointer is the handle. */
  readonly isNew?: true;
  readonly call: (args: readonly Expression[]) => Expression;
}

function lowerCall(nativeName: string, { parameters, returns }: ExportedFunction, target: CallTarget): CFunction {
  const label = string(target.label);
  const local = localNames(target.self === null ? [] : ["self", "object"]);
  const named = parameters.map((parameter) => ({ ...parameter, name: local(parameter.name), said: parameter.name }));
  const args = named.map((parameter) =>
    passArgument(
      parameter,
      readC(nativeName, parameter.type, parameter.name, { function: label, parameter: parameter.said }),
    ),
  );
  const called = target.call(args);
  return {
    signature: {
      returns: cType(returns),
      name: target.symbol,
      parameters: [
        ...(target.self === null ? [] : [{ type: "void*", name: "self" }]),
        ...named.map(({ type, name }) => ({ type: cType(type), name })),
      ],
    },
    body: [
      ...(target.self === null ? [] : [declareObject(target.self, label)]),
      ...(target.isNew
        ? [{ kind: "return" as const, value: called }]
        : returnResult(returns, called, label, local("result"))),
    ],
    guarded: true,
    failure: cZero(returns),
  };
}

function declareObject(cpp: string, label: Expression): Statement {
  const value = call(`tx::checked::object<${cpp}>`, verbatim("self"), label, string("self"));
  return { kind: "declare", type: "auto&", name: "object", value };
}

/** Returns what was called: tensors in it are checked, and what is not passed by value is put behind a handle. */
function returnResult(returns: Type, called: Expression, label: Expression, name: string): readonly Statement[] {
  if (abiOf(returns).by === "nothing") return [{ kind: "run", value: called }];
  const isChecked = holdsTensors(returns);
  if (!isChecked && !needsName(returns)) return [{ kind: "return", value: makeC(returns, called, label) }];
  const value = isChecked ? call("tx::checked::result", call("std::move", verbatim(name)), label) : verbatim(name);
  return [
    { kind: "declare", type: "auto", name, value: called },
    { kind: "return", value: makeC(returns, value, label) },
  ];
}

function lowerClass(nativeName: string, cpp: string, decl: HandleInfo, exported: ExportedClass | undefined): CClass {
  const make = exported?.make ?? null;
  const making =
    make === null
      ? []
      : [
          lowerCall(nativeName, make, {
            symbol: constructorSymbol(decl.name),
            label: decl.name,
            self: null,
            isNew: true,
            call: (args) => call("tx::checked::own", call(`new ${cpp}`, ...args), string(decl.name)),
          }),
        ];
  const methods = (exported?.methods ?? []).map((method) =>
    lowerCall(nativeName, method, {
      symbol: methodSymbol(decl.name, method),
      label: `${decl.name}::${method.name}`,
      self: cpp,
      call: (args) => call(`object.${method.name}`, ...args),
    }),
  );
  const free: CFunction = {
    signature: { returns: "void", name: destructorSymbol(decl.name), parameters: [{ type: "void*", name: "self" }] },
    body: [{ kind: "run", value: call(`tx::checked::disown<${cpp}>`, verbatim("self")) }],
    guarded: false,
    failure: null,
  };
  return { cpp, functions: [...making, ...methods, free] };
}
