// The Node-API glue: reads JavaScript values, calls the C ABI, and makes JavaScript values of what comes back.
import type { ExportedFunction, Module, Type } from "../ir/module.js";
import {
  familyOf,
  fixedSymbols,
  functionSymbol,
  headersOnlyMacro,
  lastErrorClearSymbol,
  lastErrorSymbol,
  operatorsErrorSymbol,
} from "../names/c-abi.js";
import { functionName } from "../names/typescript.js";
import { cType, formOf, type TupleType } from "../types/derive.js";
import { localNames } from "./cpp.js";
import { call, type Expression, type Statement, verbatim } from "./shared.js";

/** One function of the glue. */
export interface AddonFunction {
  /** In C++. A prefix keeps it apart from what the C library has at global scope. */
  readonly name: string;
  /** The property of the native object. */
  readonly hostName: string;
  /** How many arguments it reads. */
  readonly arity: number;
  readonly body: readonly Statement[];
}

export interface Addon {
  readonly nativeName: string;
  readonly headersOnlyMacro: string;
  readonly operatorsErrorSymbol: string;
  readonly functions: readonly AddonFunction[];
}

/** A package's name for the C functions that a body calls. */
interface Scope {
  readonly nativeName: string;
  readonly local: (wanted: string) => string;
}

const leave = verbatim("nullptr");

/** `functions` are those that hosts see. */
export function lowerAddon(module: Module, functions: readonly ExportedFunction[]): Addon {
  return {
    nativeName: module.nativeName,
    headersOnlyMacro: headersOnlyMacro(module.nativeName),
    operatorsErrorSymbol: operatorsErrorSymbol(module.nativeName),
    functions: functions.map((exported) => lowerAddonFunction(module.nativeName, exported)),
  };
}

function lowerAddonFunction(nativeName: string, exported: ExportedFunction): AddonFunction {
  const symbol = functionSymbol(exported.name);
  const local = localNames(["call", "env", "info", "napi_value", symbol, ...fixedSymbols(nativeName)]);
  const scope = { nativeName, local };
  const inputs = exported.parameters.map(({ name, type }, index) =>
    readValue(scope, type, local(name), `call[${index}]`),
  );
  const failed = call("call.failed", verbatim(lastErrorSymbol(nativeName)), verbatim(lastErrorClearSymbol(nativeName)));
  const leaveIfFailed: Statement = { kind: "leaveIf", condition: failed, value: leave };
  const made = inputs.flatMap((input) => input.make);
  const result = local("result");
  const called = call(symbol, ...inputs.map((input) => verbatim(input.name)));
  const output = writeValue(scope, exported.returns, verbatim(result));
  return {
    name: `node_${exported.name}`,
    hostName: functionName(exported),
    arity: exported.parameters.length,
    body: [
      ...inputs.flatMap((input) => input.read),
      { kind: "leaveIf", condition: verbatim("!call.ok()"), value: leave },
      ...(made.length > 0 ? [...made, leaveIfFailed] : []),
      { kind: "declare", type: cType(exported.returns), name: result, value: called },
      leaveIfFailed,
      ...output.before,
      // What reads a tuple may run out of memory; the error must not be left for the next call to find.
      ...(output.before.length > 0 ? [leaveIfFailed] : []),
      { kind: "return", value: output.value },
    ],
  };
}

interface Input {
  readonly name: string;
  /** Reads from JavaScript; all of it happens before the first check. */
  readonly read: readonly Statement[];
  /** Makes tuples of what was read, from the inside out. */
  readonly make: readonly Statement[];
}

function readValue(scope: Scope, type: Type, name: string, value: string): Input {
  if (type.kind === "tuple") return readTuple(scope, type, name, value);
  const read = call(`call.${formOf(type).node.read}`, verbatim(value));
  return { name, read: [{ kind: "declare", type: cType(type), name, value: read }], make: [] };
}

function readTuple(scope: Scope, type: TupleType, name: string, value: string): Input {
  const family = familyOf(scope.nativeName, type);
  const elements = type.of.map((element, index) =>
    readValue(scope, element, scope.local(`${name}_${index}`), `call.element(${value}, ${index})`),
  );
  const made = call(family.new, ...elements.map((element) => verbatim(element.name)));
  const owned = call("call.own", made, verbatim(family.delete));
  return {
    name,
    read: elements.flatMap((element) => element.read),
    make: [...elements.flatMap((element) => element.make), { kind: "declare", type: "void*", name, value: owned }],
  };
}

interface Output {
  readonly before: readonly Statement[];
  readonly value: Expression;
}

/** `value` is what the C ABI returned; writers take its ownership. */
function writeValue(scope: Scope, type: Type, value: Expression): Output {
  if (type.kind === "tuple") return writeTuple(scope, type, value);
  return { before: [], value: call(`call.${formOf(type).node.write}`, value) };
}

function writeTuple(scope: Scope, type: TupleType, handle: Expression): Output {
  const family = familyOf(scope.nativeName, type);
  const fields = scope.local("fields");
  const before: Statement[] = [
    { kind: "declare", type: "napi_value", name: fields, value: call("call.array", verbatim(String(type.of.length))) },
  ];
  for (const [index, element] of type.of.entries()) {
    let value: Expression = call(family.get[index] ?? "", handle);
    if (element.kind === "tuple") {
      const inner = scope.local(`element_${index}`);
      before.push({ kind: "declare", type: "void*", name: inner, value });
      value = verbatim(inner);
    }
    const written = writeValue(scope, element, value);
    before.push(...written.before);
    before.push({ kind: "run", value: call("call.set", verbatim(fields), verbatim(String(index)), written.value) });
  }
  before.push({ kind: "run", value: call(family.delete, handle) });
  return { before, value: verbatim(fields) };
}
