// What is registered with the dispatcher: a schema per exported function that the person does not define, and a composite
// kernel where they implement none.
import type { RegistrationDecl } from "../ir/declaration.js";
import type { ExportedFunction, Module } from "../ir/module.js";
import { apiMacro, operatorsErrorSymbol } from "../names/c-abi.js";
import { schemaName } from "../names/schema.js";
import { cppType } from "../types/derive.js";
import { callExported, declareFunctions } from "./cpp.js";
import { schemaOf } from "./schema.js";
import { type CppDeclarations, call, type Expression, type Statement, verbatim } from "./shared.js";

/** A boxed kernel: takes its inputs off the stack and leaves its results there. */
export interface Kernel {
  readonly name: string;
  readonly body: readonly Statement[];
}

interface Operator {
  readonly name: string;
  readonly schema: string;
  /** Null where the person implements the operator for their backends. */
  readonly kernel: Kernel | null;
}

export interface Operators {
  readonly nativeName: string;
  readonly apiMacro: string;
  readonly errorSymbol: string;
  readonly declarations: readonly CppDeclarations[];
  readonly operators: readonly Operator[];
  /** Operators whose schema the person defines. */
  readonly definedByPerson: readonly string[];
}

export function lowerOperators(module: Module): Operators {
  const { nativeName } = module;
  const isRegistered = registeredBy(module);
  const ours = module.functions.filter((exported) => !isRegistered(exported, "def"));
  const withKernel = ours.filter((exported) => !isRegistered(exported, "impl"));
  return {
    nativeName,
    apiMacro: apiMacro(nativeName),
    errorSymbol: operatorsErrorSymbol(nativeName),
    declarations: declareFunctions(withKernel),
    operators: ours.map((exported) => ({
      name: schemaName(exported.name),
      schema: schemaOf(exported),
      kernel: isRegistered(exported, "impl") ? null : lowerKernel(exported),
    })),
    definedByPerson: module.functions
      .filter((exported) => isRegistered(exported, "def"))
      .map((exported) => schemaName(exported.name)),
  };
}

/** Whether the person registers a function's schema, or kernels for it. */
export function registeredBy({
  nativeName,
  registrations,
}: Module): (exported: ExportedFunction, kind: RegistrationDecl["kind"]) => boolean {
  const own = registrations.filter(({ namespace }) => namespace === nativeName);
  const registered = new Set(own.map(({ kind, operator }) => `${kind} ${operator}`));
  return ({ name }, kind) => registered.has(`${kind} ${schemaName(name)}`);
}

function lowerKernel(exported: ExportedFunction): Kernel {
  const { parameters, returns } = exported;
  const called = callExported(exported, ({ type }, index) => call(`${input(index)}.to<${cppType(type)}>`));
  const results =
    returns.kind === "tuple"
      ? returns.of.map((_, index) => call(`std::get<${index}>`, call("std::move", verbatim("result"))))
      : [call("std::move", verbatim("result"))];
  return {
    name: `boxed_${exported.name}`,
    body: [
      {
        kind: "declare",
        type: "const size_t",
        name: "base",
        value: verbatim(parameters.length === 0 ? "stack->size()" : `stack->size() - ${parameters.length}`),
      },
      { kind: "declare", type: "auto", name: "result", value: called },
      run(call("stack->resize", verbatim("base"))),
      ...results.map((value) => run(call("stack->emplace_back", value))),
    ],
  };
}

function input(index: number): string {
  return index === 0 ? "(*stack)[base]" : `(*stack)[base + ${index}]`;
}

function run(value: Expression): Statement {
  return { kind: "run", value };
}
