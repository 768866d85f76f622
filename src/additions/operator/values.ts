// Values that tests call a new operator with, and what its worked body makes of them. All numbers have few binary digits, so
// that sums and products of them are exact in whatever order they are taken.
import type { DefaultValue, ExportedClass, ExportedFunction, Type } from "../../model/module.js";
import { constructorOf, type FunctionPlan, isNumber, isTensor } from "./plan.js";

/** Sizes of every tensor that a test makes. */
export const shape = [2, 3] as const;

export type Sample =
  /** In float64. A result may have no dimensions. */
  | { readonly kind: "tensor"; readonly values: readonly number[]; readonly isPoint?: boolean }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "bool"; readonly value: boolean }
  /** A string, the name of a dtype, device, layout, memory format or of an enum's entry. */
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "generator" }
  | { readonly kind: "none" }
  /** A list, tuple or pair. */
  | { readonly kind: "list"; readonly items: readonly Sample[] }
  | { readonly kind: "dict"; readonly entries: readonly (readonly [key: string | number, value: Sample])[] }
  | { readonly kind: "record"; readonly fields: readonly (readonly [name: string, value: Sample])[] }
  | { readonly kind: "object"; readonly make: ExportedFunction; readonly args: readonly Sample[] };

export type TensorSample = Extract<Sample, { kind: "tensor" }>;

const tensorValues = [
  [0.5, -1, 1.5, 2, -2.5, 3],
  [1, 2, -0.5, 0.25, 4, -1.5],
  [-2, 0.5, 1, -3, 0.75, 2],
] as const;
const integers = [3, 2, 5] as const;
const reals = [1.5, 0.5, 2.5] as const;
const texts = ["label", "name", "key"] as const;

/** Makes values of types, each time other ones. */
export function sampler(classes: readonly ExportedClass[]): (type: Type) => Sample {
  const counts = new Map<readonly unknown[], number>();
  const next = (values: readonly unknown[]): number => {
    const count = counts.get(values) ?? 0;
    counts.set(values, count + 1);
    return count;
  };
  const pick = <T>(values: readonly T[]): T => values[next(values) % values.length] as T;
  // The product of many stays small: after the first few they are one.
  const pickNumber = (values: readonly number[]): number => values[next(values)] ?? 1;
  const make = (type: Type): Sample => {
    switch (type.kind) {
      case "row":
        return rowSample(type.id, pick, pickNumber);
      case "optional":
        return make(type.of);
      case "list":
        return {
          kind: "list",
          items: Array.from({ length: type.container === "array" ? type.length : 2 }, () => make(type.of)),
        };
      case "tuple":
        return { kind: "list", items: type.of.map(make) };
      case "dict": {
        const keys = type.key.kind === "row" && type.key.id === "string" ? ["a", "b"] : [1, 2];
        return { kind: "dict", entries: keys.map((key) => [key, make(type.value)]) };
      }
      case "enum":
        return { kind: "text", value: type.decl.entries.at(-1)?.name ?? "" };
      case "record":
        return { kind: "record", fields: type.decl.fields.map((field) => [field.name, make(field.type)]) };
      case "handle": {
        const made = constructorOf(type, classes);
        if (made === null) throw new Error(`no constructor of ${type.decl.name} is exported`);
        return { kind: "object", make: made, args: made.parameters.map((one) => make(one.type)) };
      }
      default:
        throw new Error(`a ${type.kind} cannot be made up`);
    }
  };
  return make;
}

function rowSample(
  id: Extract<Type, { kind: "row" }>["id"],
  pick: <T>(values: readonly T[]) => T,
  pickNumber: (values: readonly number[]) => number,
): Sample {
  switch (id) {
    case "tensor":
      return { kind: "tensor", values: pick(tensorValues) };
    case "int64":
    case "int32":
      return { kind: "number", value: pickNumber(integers) };
    case "float":
    case "double":
    case "scalar":
      return { kind: "number", value: pickNumber(reals) };
    case "bool":
      return { kind: "bool", value: false };
    case "string":
      return { kind: "text", value: pick(texts) };
    case "generator":
      return { kind: "generator" };
    default:
      return { kind: "text", value: usualNames[id] ?? "" };
  }
}

/** What hosts call the ones that the worked body makes. */
export const usualNames: Readonly<Record<string, string>> = {
  dtype: "float64",
  device: "cpu",
  layout: "strided",
  memoryFormat: "contiguous_format",
};

/** A default as a value; null where no test can say exactly what comes of it. */
export function defaultSample(value: DefaultValue, of: Type): Sample | null {
  const type = of.kind === "optional" ? of.of : of;
  switch (value.kind) {
    case "none":
      return { kind: "none" };
    case "bool":
      return { kind: "bool", value: value.value };
    case "int64":
      return tame(Number(value.text));
    case "double":
      return tame(type.kind === "row" && type.id === "float" ? Math.fround(value.value) : value.value);
    case "string":
      return { kind: "text", value: value.value };
    case "enum":
      return { kind: "text", value: value.entry };
    case "named":
      return { kind: "text", value: value.name };
    case "emptyList":
      return { kind: "list", items: [] };
    case "emptyDict":
      return { kind: "dict", entries: [] };
    case "list": {
      const inner = type.kind === "list" ? type.of : type;
      const items = value.items.map((item) => defaultSample(item, inner));
      return items.every((item) => item !== null) ? { kind: "list", items } : null;
    }
  }
}

function tame(value: number): Sample | null {
  return Number.isFinite(value) && Math.abs(value) <= 1e6 ? { kind: "number", value } : null;
}

/** The numbers and tensors in a value, in the order in which the worked body meets them. */
export function leavesOf(type: Type, sample: Sample): { numbers: readonly number[]; tensors: readonly TensorSample[] } {
  const numbers: number[] = [];
  const tensors: TensorSample[] = [];
  const visit = (of: Type, value: Sample): void => {
    if (isTensor(of) && value.kind === "tensor") tensors.push(value);
    else if (isNumber(of) && value.kind === "number") numbers.push(value.value);
    else if (isNumber(of) && value.kind === "bool") numbers.push(value.value ? 1 : -1);
    else if (of.kind === "optional") visit(of.of, value);
    else if (of.kind === "list" && value.kind === "list") for (const item of value.items) visit(of.of, item);
    else if (of.kind === "tuple" && value.kind === "list")
      for (const [i, part] of of.of.entries()) visit(part, value.items[i] ?? { kind: "none" });
    else if (of.kind === "dict" && value.kind === "dict") for (const [, item] of value.entries) visit(of.value, item);
    else if (of.kind === "record" && value.kind === "record")
      for (const [i, field] of of.decl.fields.entries()) visit(field.type, value.fields[i]?.[1] ?? { kind: "none" });
  };
  visit(type, sample);
  return { numbers, tensors };
}

/** What the worked body computes of arguments: factor · Σ x², or the factor alone where no tensor is given. */
export interface Computed {
  readonly factor: number;
  readonly sum: TensorSample;
  readonly total: number;
}

export function compute({ exported }: FunctionPlan, samples: readonly Sample[]): Computed {
  const leaves = exported.parameters.map(({ type }, i) => leavesOf(type, samples[i] ?? { kind: "none" }));
  const factor = leaves.flatMap(({ numbers }) => numbers).reduce((product, value) => product * value, 1);
  const tensors = leaves.flatMap((one) => one.tensors);
  if (tensors.length === 0) {
    return { factor, sum: { kind: "tensor", values: [factor], isPoint: true }, total: factor };
  }
  const values = (tensors[0]?.values ?? []).map(
    (_, i) => factor * tensors.reduce((sum, { values: own }) => sum + (own[i] ?? 0) ** 2, 0),
  );
  return { factor, sum: { kind: "tensor", values }, total: values.reduce((a, b) => a + b, 0) };
}
