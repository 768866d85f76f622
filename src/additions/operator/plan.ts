// What is known of an operator that is to be written, and how its worked body comes by its numbers and tensors.
import type { Host } from "../../model/host.js";
import type { ExportedClass, ExportedFunction, Parameter, Type } from "../../model/module.js";
import { cppType, isArray, partsOf } from "../../types/derive.js";

/** An operator whose types bind's own stages looked up. */
export interface FunctionPlan {
  /** npm's name, where the package has a TypeScript side, else R's. */
  readonly packageName: string;
  readonly nativeName: string;
  readonly hosts: readonly Host[];
  readonly exported: ExportedFunction;
  /** Each parameter's default as C++; null where it has none. */
  readonly defaults: readonly (string | null)[];
  /** The results in order with their names: none for a function that returns nothing. */
  readonly results: readonly NamedResult[];
  readonly cuda: boolean;
  readonly differentiable: boolean;
  /** Of the package, for objects that a test has to make. */
  readonly classes: readonly ExportedClass[];
}

export interface NamedResult {
  readonly name: string | null;
  readonly type: Type;
}

/** Whether a value of the type is one number of the worked body: booleans count as 1 and -1. */
export function isNumber(type: Type): boolean {
  return type.kind === "row" && ["int64", "int32", "float", "double", "scalar", "bool"].includes(type.id);
}

export function isTensor(type: Type): boolean {
  return type.kind === "row" && type.id === "tensor";
}

/** Whether numbers are somewhere inside; keys of dictionaries are none. */
export function holdsNumbers(type: Type): boolean {
  return isNumber(type) || valuesIn(type).some(holdsNumbers);
}

export function holdsTensor(type: Type): boolean {
  return isTensor(type) || valuesIn(type).some(holdsTensor);
}

/** What a type is made of, without the keys of dictionaries. */
export function valuesIn(type: Type): readonly Type[] {
  return type.kind === "dict" ? [type.value] : partsOf(type);
}

/**
 * Where the sum of squares is computed.
 * - `here`: in the function itself, by torch's own operations.
 * - `own`: by kernels that are registered for the function itself.
 * - `inner`: by kernels of a second operator, of tensors and one factor, where the function takes or returns more than kernels do.
 */
export type Kernels = "here" | "own" | "inner";

export function kernelsOf({ exported, cuda, differentiable }: FunctionPlan): Kernels {
  if (!cuda && !differentiable) return "here";
  return isTensor(exported.returns) && exported.parameters.every(({ type }) => fitsKernel(type)) ? "own" : "inner";
}

function fitsKernel(type: Type): boolean {
  return isTensor(type) || (type.kind === "row" && ["int64", "double", "bool"].includes(type.id));
}

/** Whether each tensor and each number is a parameter of its own, so that the formula can be written in one line. */
export function isPlain({ parameters }: ExportedFunction): boolean {
  return parameters.every(
    ({ type }) => (isTensor(type) || !holdsTensor(type)) && (isNumber(type) || !holdsNumbers(type)),
  );
}

export const tensorsOf = (exported: ExportedFunction): readonly Parameter[] =>
  exported.parameters.filter(({ type }) => holdsTensor(type));

export const numbersOf = (exported: ExportedFunction): readonly Parameter[] =>
  exported.parameters.filter(({ type }) => holdsNumbers(type));

/** Whether there may be no tensor at all: each is optional, or in a list. */
export function mayLackTensors(exported: ExportedFunction): boolean {
  return !exported.parameters.some(({ type }) => isGiven(type));
}

function isGiven(type: Type): boolean {
  if (isTensor(type)) return true;
  return (type.kind === "tuple" || type.kind === "record") && partsOf(type).some(isGiven);
}

/** Whether the result needs the sum of squares, or its total. */
export function needsSum({ results }: FunctionPlan): boolean {
  return results.some(({ type }) => holdsTensor(type) || holdsNumbers(type));
}

/** The name of the operator whose kernels are registered, and of the function that takes gradients back. */
export function kernelName(plan: FunctionPlan): string {
  return kernelsOf(plan) === "inner" ? `${plan.exported.name}_kernel` : plan.exported.name;
}

export const backwardName = ({ exported }: FunctionPlan): string => `${exported.name}_backward`;

/** Why no worked body can be written for these types, in one sentence; null where it can. */
export function planProblem(plan: FunctionPlan): string | null {
  const { exported, cuda, differentiable, results } = plan;
  const types = [...exported.parameters.map(({ type }) => type), ...results.map(({ type }) => type)];
  for (const type of types) {
    const problem = typeProblem(type, plan.classes);
    if (problem !== null) return problem;
  }
  if ((cuda || differentiable) && tensorsOf(exported).length === 0) {
    const flag = cuda ? "--backend cpu,cuda" : "--differentiable";
    return `${flag} wants a tensor among the parameters: add one (--param "x: torch::Tensor"), or leave the flag out.`;
  }
  if (differentiable && !results.some(({ type }) => holdsTensor(type))) {
    return '--differentiable wants a tensor among the results: add one (--returns "out: torch::Tensor"), or leave the flag out.';
  }
  if (cuda && !needsSum(plan)) {
    return "--backend cpu,cuda wants a tensor or a number among the results, which the kernels compute: add one, or leave the flag out.";
  }
  return null;
}

/** Elements of an array for which values are made up. */
const mostExamples = 16;

function typeProblem(type: Type, classes: readonly ExportedClass[]): string | null {
  if (type.kind === "row" && type.id === "pointer") {
    return "`void*` is an address, for which no body can be made up: write that function by hand, in any file below csrc/src.";
  }
  if (type.kind === "registered" || type.kind === "foreign") {
    const name = type.kind === "registered" ? type.cpp : type.spelling;
    return `\`${name}\` has converters of your own, so that no value of it can be made up: write that function by hand.`;
  }
  if (type.kind === "enum" && type.decl.entries.length === 0) return `\`${type.decl.name}\` has no entry.`;
  if (type.kind === "handle") {
    const make = constructorOf(type, classes);
    if (make === null || make.parameters.some((parameter) => parameter.type.kind === "handle")) {
      return `A test cannot make a \`${type.decl.name}\`: mark a public constructor of it, of values alone, // [[torch::export]], or write the function by hand.`;
    }
    return firstProblem(
      make.parameters.map((parameter) => parameter.type),
      classes,
    );
  }
  if (isArray(type) && type.length > mostExamples) {
    return `No test should spell out the ${type.length} elements of \`${cppType(type)}\`: write that function by hand, or take a \`std::vector\`.`;
  }
  return firstProblem(partsOf(type), classes);
}

function firstProblem(types: readonly Type[], classes: readonly ExportedClass[]): string | null {
  return types.map((type) => typeProblem(type, classes)).find((problem) => problem !== null) ?? null;
}

/** The exported constructor of a class. */
export function constructorOf(
  { decl }: Extract<Type, { kind: "handle" }>,
  classes: readonly ExportedClass[],
): ExportedFunction | null {
  const same = (other: typeof decl): boolean =>
    other.name === decl.name && other.namespace.join("::") === decl.namespace.join("::");
  return classes.find((one) => same(one.decl))?.make ?? null;
}
