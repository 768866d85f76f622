// What stands at the C ABI: one C function per exported function, one family of functions per tuple type.
import type { ExportedFunction, Module, Type } from "../ir/module.js";
import {
  apiMacro,
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
  operatorsErrorSymbol,
} from "../names/c-abi.js";
import { abiOf, cppType, cType, cZero, isByValue, type TupleType } from "../types/derive.js";
import { callExported, declareFunctions, localNames } from "./cpp.js";
import { hashInterface } from "./interface.js";
import {
  type CppDeclarations,
  type CppParameter,
  type CppSignature,
  call,
  type Expression,
  type Statement,
  string,
  verbatim,
} from "./shared.js";

/** A function of the C ABI with its body. */
export interface CFunction {
  readonly signature: CppSignature;
  readonly body: readonly Statement[];
  /** What it returns after an exception was kept; null for one that throws none. */
  readonly failure: string | null;
}

interface CTuple {
  /** What generated C++ calls the type: `myext_tuple_tensor_tensor`. */
  readonly alias: string;
  readonly cpp: string;
  readonly functions: readonly CFunction[];
}

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
  /** The package's own functions, declared again so that no header of the person's is needed. */
  readonly declarations: readonly CppDeclarations[];
  readonly functions: readonly CFunction[];
  readonly tuples: readonly CTuple[];
  /** Every exported symbol, for the `.def`. */
  readonly symbols: readonly string[];
}

export function lowerCAbi(module: Module): CAbi {
  const { nativeName } = module;
  const errors = {
    variable: lastErrorVariable(nativeName),
    last: lastErrorSymbol(nativeName),
    clear: lastErrorClearSymbol(nativeName),
    keep: keepExceptionSymbol(nativeName),
    operators: operatorsErrorSymbol(nativeName),
  };
  const functions = module.functions.map((exported) => lowerFunction(nativeName, exported));
  const tuples = tuplesOf(module).map(({ type, isParameter }) => lowerTuple(nativeName, type, isParameter));
  const own = [...functions, ...tuples.flatMap((tuple) => tuple.functions)].map((f) => f.signature.name);
  return {
    nativeName,
    macros: {
      prefix: macroPrefix(nativeName),
      api: apiMacro(nativeName),
      headersOnly: headersOnlyMacro(nativeName),
      handleException: handleExceptionMacro(nativeName),
      interface: interfaceMacro(nativeName),
    },
    interfaceHash: hashInterface(module),
    errors,
    declarations: declareFunctions(module.functions),
    functions,
    tuples,
    symbols: [...own, errors.last, errors.clear, errors.operators],
  };
}

function lowerFunction(nativeName: string, exported: ExportedFunction): CFunction {
  const local = localNames(exported.parameters.map((parameter) => parameter.name));
  const called = callExported(exported, ({ type, name }) => readHandle(nativeName, type, name, exported.name));
  return {
    signature: {
      returns: cType(exported.returns),
      name: functionSymbol(exported.name),
      parameters: exported.parameters.map(({ type, name }) => ({ type: cType(type), name })),
    },
    body: returnResult(exported, called, local("result")),
    failure: cZero(exported.returns),
  };
}

/** Returns what was called: by value as it is, else checked and put behind a handle. */
function returnResult(exported: ExportedFunction, called: Expression, name: string): readonly Statement[] {
  const { returns } = exported;
  if (isByValue(returns)) return [{ kind: "return", value: called }];
  const checked = call("tx::checked::result", verbatim(`std::move(${name})`), string(exported.name));
  return [
    { kind: "declare", type: "auto", name, value: called },
    { kind: "return", value: makeHandle(returns, checked) },
  ];
}

/** The C++ value behind a C parameter; what is missing is refused in the name of `functionName` and the parameter. */
function readHandle(nativeName: string, type: Type, name: string, functionName: string): Expression {
  const rest = [verbatim(name), string(functionName), string(name)];
  if (type.kind === "tuple") return call(`tx::checked::tuple<${familyOf(nativeName, type).name}>`, ...rest);
  const abi = abiOf(type);
  if (abi.by === "raw") return call(`tx::checked::${abi.checked}`, ...rest);
  return verbatim(name);
}

/** What a C function returns for a C++ value. */
function makeHandle(type: Type, value: Expression): Expression {
  if (type.kind === "tuple") return call("tx::checked::make", value);
  const abi = abiOf(type);
  return abi.by === "raw" ? call(`make_raw::${abi.raw}`, value) : value;
}

function lowerTuple(nativeName: string, type: TupleType, isParameter: boolean): CTuple {
  const family = familyOf(nativeName, type);
  const self: readonly CppParameter[] = [{ type: "void*", name: "self" }];
  const getters = type.of.map((element, index): CFunction => {
    const name = family.get[index] ?? "";
    const tuple = call(`tx::checked::tuple<${family.name}>`, verbatim("self"), string(name), string("self"));
    const value = makeHandle(element, call(`std::get<${index}>`, tuple));
    const signature = { returns: cType(element), name, parameters: self };
    return { signature, body: [{ kind: "return", value }], failure: cZero(element) };
  });
  const elements = type.of.map((element, index) => ({ type: element, name: `e${index}` }));
  const values = elements.map((element) => readHandle(nativeName, element.type, element.name, family.new));
  const make: CFunction = {
    signature: {
      returns: "void*",
      name: family.new,
      parameters: elements.map((element) => ({ type: cType(element.type), name: element.name })),
    },
    body: [{ kind: "return", value: call("tx::checked::make", call(family.name, ...values)) }],
    failure: "nullptr",
  };
  const free: CFunction = {
    signature: { returns: "void", name: family.delete, parameters: self },
    body: [{ kind: "run", value: call(`delete static_cast<${family.name}*>`, verbatim("self")) }],
    failure: null,
  };
  return {
    alias: family.name,
    cpp: cppType(type),
    functions: [...getters, ...(isParameter ? [make] : []), free],
  };
}

/** Every tuple type of the package, those inside another one too, in order of first use. */
function tuplesOf(module: Module): readonly { readonly type: TupleType; readonly isParameter: boolean }[] {
  const found = new Map<string, { type: TupleType; isParameter: boolean }>();
  const visit = (type: Type, isParameter: boolean): void => {
    if (type.kind !== "tuple") return;
    const { name } = familyOf(module.nativeName, type);
    const known = found.get(name);
    found.set(name, { type, isParameter: isParameter || known?.isParameter === true });
    for (const element of type.of) visit(element, isParameter);
  };
  for (const exported of module.functions) {
    for (const parameter of exported.parameters) visit(parameter.type, true);
    visit(exported.returns, false);
  }
  return [...found.values()];
}
