// The calls that tests and the page make of a new operator, with what comes of them.
import type { HandleInfo, Type } from "../../model/module.js";
import { partsOf } from "../../types/derive.js";
import { bodyOf } from "./body.js";
import { type TensorPath, tensorPath } from "./paths.js";
import { constructorOf, type FunctionPlan, kernelsOf } from "./plan.js";
import { type Computed, compute, defaultSample, leavesOf, type Sample, sampler, type TensorSample } from "./values.js";

export interface Worked {
  /** What the first test says. */
  readonly title: string;
  /** An argument for each parameter. */
  readonly samples: readonly Sample[];
  readonly results: readonly Sample[];
  readonly computed: Computed;
  /** With every default left out; null where there is none, or where nothing exact can be said of it. */
  readonly byDefault: { readonly samples: readonly Sample[]; readonly results: readonly Sample[] } | null;
  /** Two or more tensors go to a kernel, which refuses them where their shapes differ. */
  readonly shapesDiffer: boolean;
  /** Every tensor among the arguments. */
  readonly tensors: readonly TensorSample[];
  /** Where the first tensor of the result is; null where there is none. */
  readonly tensorPath: TensorPath | null;
  /** Classes of which the calls make objects. */
  readonly classes: readonly HandleInfo[];
}

export function workThrough(plan: FunctionPlan): Worked {
  const { exported } = plan;
  const make = sampler(plan.classes);
  const samples = exported.parameters.map(({ type }) => make(type));
  const computed = compute(plan, samples);
  const results = resultsFor(plan, samples);
  const tensors = exported.parameters.flatMap(({ type }, i) => leavesOf(type, samples[i] ?? { kind: "none" }).tensors);
  return {
    title: titleOf(plan, tensors.length > 0),
    samples,
    results,
    computed,
    byDefault: defaultsOf(plan, samples),
    shapesDiffer: kernelsOf(plan) !== "here" && tensors.length > 1,
    tensors,
    tensorPath: firstTensor(plan, results),
    classes: classesIn(plan),
  };
}

function titleOf({ results }: FunctionPlan, hasTensors: boolean): string {
  if (results.length === 0) return "takes what it should";
  return hasTensors ? "is the sum of squares, times every number" : "is what its page says";
}

/** What the worked body returns. */
function resultsFor(plan: FunctionPlan, samples: readonly Sample[]): readonly Sample[] {
  const computed = compute(plan, samples);
  // For a function whose kernels are its own there is a body too: that of what they compute.
  return bodyOf(plan).results.built.map((one) => one.expect(samples, computed));
}

function defaultsOf(plan: FunctionPlan, samples: readonly Sample[]): Worked["byDefault"] {
  const { parameters } = plan.exported;
  if (parameters.every((parameter) => parameter.default === null)) return null;
  const given = parameters.map((parameter, i) =>
    parameter.default === null ? (samples[i] ?? null) : defaultSample(parameter.default, parameter.type),
  );
  if (!given.every((sample) => sample !== null)) return null;
  const results = resultsFor(plan, given);
  return results.every(isTame) ? { samples: given, results } : null;
}

/** Whether a test can say such a number exactly. */
function isTame(sample: Sample): boolean {
  switch (sample.kind) {
    case "number":
      return Math.abs(sample.value) < 2 ** 30;
    case "tensor":
      return sample.values.every((value) => Math.abs(value) < 2 ** 30);
    case "list":
      return sample.items.every(isTame);
    case "dict":
      return sample.entries.every(([, value]) => isTame(value));
    case "record":
      return sample.fields.every(([, value]) => isTame(value));
    default:
      return true;
  }
}

function firstTensor({ exported, results: named }: FunctionPlan, results: readonly Sample[]): TensorPath | null {
  for (const [i, sample] of results.entries()) {
    const type = named[i]?.type ?? exported.returns;
    const inner = tensorPath(type, sample);
    if (inner === null) continue;
    if (named.length < 2) return inner;
    const name = exported.returnNames?.[i];
    return {
      steps: [name === undefined ? { kind: "index", index: i } : { kind: "field", name }, ...inner.steps],
    };
  }
  return null;
}

/** The classes that stand in the signature. */
function classesIn({ exported, classes }: FunctionPlan): readonly HandleInfo[] {
  const found = new Map<string, HandleInfo>();
  const visit = (type: Type): void => {
    if (type.kind === "handle" && constructorOf(type, classes) !== null) found.set(type.decl.name, type.decl);
    for (const part of partsOf(type)) visit(part);
  };
  for (const { type } of exported.parameters) visit(type);
  visit(exported.returns);
  return [...found.values()];
}
