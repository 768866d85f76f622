// What is registered with the dispatcher: a schema per exported function that the user does not define, and a composite
// kernel where they implement none.

import { calledName, declareFunctions, passArgument } from "../../c-abi/lower/calls.js";
import { lowerDeclared } from "../../c-abi/lower/declared.js";
import { apiMacro, functionSymbol, operatorsErrorSymbol } from "../../c-abi/names.js";
import type { RegistrationDecl } from "../../model/declaration.js";
import type { FunctionKey } from "../../model/description.js";
import type { ExportedFunction, Module, Type } from "../../model/module.js";
import {
  type CppDeclarations,
  type CppDeclared,
  call,
  type Expression,
  type Statement,
  verbatim,
} from "../../print/expression.js";
import { cppType, isArray, isOptionalView, storedType } from "../../types/derive.js";
import { schemaName } from "./names.js";
import { schemaOf } from "./schema.js";
import { isNativeToDispatcher, schemaProblem, schemaResults } from "./types.js";

/** A boxed kernel: takes its inputs off the stack and leaves its results there. */
export interface Kernel {
  readonly name: string;
  readonly body: readonly Statement[];
}

interface Operator {
  readonly key: FunctionKey;
  readonly name: string;
  readonly schema: string;
  /** Null if the user implements the operator for each backend. */
  readonly kernel: Kernel | null;
}

export interface Operators {
  readonly nativeName: string;
  readonly apiMacro: string;
  readonly errorSymbol: string;
  readonly declarations: readonly CppDeclarations[];
  readonly operators: readonly Operator[];
  /** Operators whose schema the user defines. */
  readonly definedByPerson: readonly string[];
  /** Functions that the dispatcher cannot have, and why: `load: the class `myext::Model``. */
  readonly leftOut: readonly string[];
  /** User-owned headers and types that the kernels use. */
  readonly declared: CppDeclared;
  /** Whether a kernel converts what the dispatcher has no type for. */
  readonly needsBoxed: boolean;
}

export function lowerOperators(module: Module): Operators {
  const { nativeName } = module;
  const isRegistered = registeredBy(module);
  const ours = module.functions.filter(
    (exported) => !isRegistered(exported, "def") && operatorProblem(exported) === null,
  );
  const withKernel = ours.filter((exported) => !isRegistered(exported, "impl"));
  return {
    nativeName,
    apiMacro: apiMacro(nativeName),
    errorSymbol: operatorsErrorSymbol(nativeName),
    declarations: declareFunctions(withKernel),
    operators: ours.map((exported) => ({
      key: functionSymbol(exported.name),
      name: schemaName(exported.name),
      schema: schemaOf(exported),
      kernel: isRegistered(exported, "impl") ? null : lowerKernel(exported),
    })),
    definedByPerson: module.functions
      .filter((exported) => isRegistered(exported, "def"))
      .map((exported) => schemaName(exported.name)),
    leftOut: module.functions
      .filter((exported) => !isRegistered(exported, "def"))
      .flatMap((exported) => {
        const problem = operatorProblem(exported);
        return problem === null ? [] : [`${exported.name}: ${problem}`];
      }),
    declared: lowerDeclared({ ...module, functions: withKernel, classes: [] }),
    needsBoxed: withKernel.some(
      ({ parameters, returns }) =>
        !parameters.every(({ type }) => isNativeToDispatcher(type)) ||
        !schemaResults(returns).every(({ type }) => isNativeToDispatcher(type)),
    ),
  };
}

/** Reports whether the user registers a function's schema, or kernels for it. */
export function registeredBy({
  nativeName,
  registrations,
}: Module): (exported: ExportedFunction, kind: RegistrationDecl["kind"]) => boolean {
  const own = registrations.filter(({ namespace }) => namespace === nativeName);
  const registered = new Set(own.map(({ kind, operator }) => `${kind} ${operator}`));
  return ({ name }, kind) => registered.has(`${kind} ${schemaName(name)}`);
}

/** Why the dispatcher cannot have a function: what in its signature no schema can name; null where it can. */
export function operatorProblem({ parameters, returns }: ExportedFunction): string | null {
  const types = [...parameters.map(({ type }) => type), returns];
  return types.map(schemaProblem).find((problem) => problem !== null) ?? null;
}

function lowerKernel(exported: ExportedFunction): Kernel {
  const { parameters, returns } = exported;
  const args = parameters.map((parameter, index) => passArgument(parameter, unbox(parameter.type, input(index))));
  const called = call(calledName(exported), ...args);
  const results = schemaResults(returns);
  const base = verbatim(parameters.length === 0 ? "stack->size()" : `stack->size() - ${parameters.length}`);
  return {
    name: `boxed_${exported.name}`,
    body: [
      { kind: "declare", type: "const size_t", name: "base", value: base },
      results.length === 0 ? run(called) : { kind: "declare", type: "auto", name: "result", value: called },
      run(call("stack->resize", verbatim("base"))),
      ...results.map(({ type }, index) => run(call("stack->emplace_back", box(type, part(returns, index))))),
    ],
  };
}

/** Returns the argument of a kernel as the user's function takes it. */
function unbox(type: Type, value: string): Expression {
  const stored = isArray(type) ? type : storedType(type);
  if (isNativeToDispatcher(stored)) return call(`${value}.to<${cppType(stored)}>`);
  const read = call(`tx::boxed<${cppType(type.kind === "dict" ? type : stored)}>::read`, verbatim(value));
  return isOptionalView(type) ? call("tx::checked::view", read) : read;
}

function box(type: Type, value: Expression): Expression {
  return isNativeToDispatcher(type) ? value : call(`tx::boxed<${cppType(type)}>::write`, value);
}

/** One of the results of a function. */
function part(returns: Type, index: number): Expression {
  const whole = call("std::move", verbatim("result"));
  if (returns.kind === "tuple") return call(`std::get<${index}>`, whole);
  if (returns.kind === "record" && returns.decl.tuple !== undefined) return call(`std::get<${index}>`, whole);
  if (returns.kind === "record") return call("std::move", verbatim(`result.${returns.decl.fields[index]?.name ?? ""}`));
  return whole;
}

function input(index: number): string {
  return index === 0 ? "(*stack)[base]" : `(*stack)[base + ${index}]`;
}

function run(value: Expression): Statement {
  return { kind: "run", value };
}
