// Modules as `resolve` makes them, in few words.
import type { Doc, RegistrationDecl } from "../../src/model/declaration.js";
import type { DefaultValue, ExportedFunction, Module, Parameter, Type } from "../../src/model/module.js";
import { cppType } from "../../src/types/derive.js";

const span = {
  file: "csrc/src/myext.cpp",
  start: { line: 1, column: 1, offset: 0 },
  end: { line: 1, column: 1, offset: 0 },
};

export const tensor: Type = { kind: "row", id: "tensor" };
export const int64: Type = { kind: "row", id: "int64" };
export const double: Type = { kind: "row", id: "double" };
export const bool: Type = { kind: "row", id: "bool" };
export const string: Type = { kind: "row", id: "string" };
export const optionalTensor: Type = { kind: "optional", of: tensor };
export const tensorList: Type = { kind: "list", of: tensor };

export function tuple(...of: readonly Type[]): Extract<Type, { kind: "tuple" }> {
  return { kind: "tuple", of };
}

export function parameter(name: string, type: Type, value: DefaultValue | null = null, spelling?: string): Parameter {
  return { name, type, spelling: spelling ?? cppType(type), default: value, span };
}

export interface FunctionWords {
  readonly name?: string;
  readonly namespace?: readonly string[];
  readonly hostName?: string | null;
  readonly parameters?: readonly Parameter[];
  readonly returns?: Type;
  readonly returnNames?: readonly string[] | null;
  readonly visibleToHosts?: boolean;
  readonly doc?: Doc | null;
}

/** `torch::Tensor myext::f()` where nothing else is said. */
export function exported(words: FunctionWords = {}): ExportedFunction {
  const returns = words.returns ?? tensor;
  return {
    name: words.name ?? "f",
    namespace: words.namespace ?? ["myext"],
    hostName: words.hostName ?? null,
    parameters: words.parameters ?? [],
    returns,
    returnsSpelling: cppType(returns),
    returnNames: words.returnNames ?? null,
    visibleToHosts: words.visibleToHosts ?? true,
    doc: words.doc ?? null,
    span,
  };
}

export function moduleOf(
  functions: readonly ExportedFunction[],
  registrations: readonly RegistrationDecl[] = [],
): Module {
  return {
    packageName: "my-ext",
    nativeName: "myext",
    functions,
    registrations,
    classes: [],
    mode: "ours",
  };
}
