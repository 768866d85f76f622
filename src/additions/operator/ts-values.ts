// Values as a test in TypeScript writes them: arguments, and what comes back.
import type { ExportedFunction, Type } from "../../model/module.js";
import { className, optionName, resultField } from "../../targets/typescript/names.js";
import { json } from "../../templates/escape.js";
import { parts, type Step } from "./paths.js";
import type { FunctionPlan } from "./plan.js";
import { type Sample, shape, type TensorSample } from "./values.js";

/** Ten digits tell values apart, and say nothing of the last bit. */
export const rounded = (value: number): number => Number(value.toPrecision(10)) || 0;

/** `[[1, 2], [3, 4]]`. @param exact to the last bit: sums of samples are exact */
export function nested(tensor: TensorSample, exact: boolean): string {
  const values = tensor.values.map((value) => String(exact ? value : rounded(value)));
  if (tensor.isPoint === true) return values[0] ?? "0";
  const [rows, columns] = shape;
  return `[${Array.from({ length: rows }, (_, i) => `[${values.slice(i * columns, (i + 1) * columns).join(", ")}]`).join(", ")}]`;
}

/** An argument. @param tensor how the next tensor is written */
export function argument(sample: Sample, tensor: (value: TensorSample) => string): string {
  const inside = (one: Sample): string => argument(one, tensor);
  switch (sample.kind) {
    case "tensor":
      return tensor(sample);
    case "number":
    case "bool":
      return String(sample.value);
    case "text":
      return json(sample.value);
    case "generator":
      return "new torch.Generator(1)";
    case "none":
      return "null";
    case "list":
      return `[${sample.items.map(inside).join(", ")}]`;
    case "dict":
      return `new Map([${sample.entries.map(([key, value]) => `[${json(key)}, ${inside(value)}]`).join(", ")}])`;
    case "record":
      return `{ ${sample.fields.map(([name, value]) => `${property(resultField(name))}: ${inside(value)}`).join(", ")} }`;
    case "object":
      return construct(sample.make, sample.args, tensor);
  }
}

function construct(make: ExportedFunction, args: readonly Sample[], tensor: (value: TensorSample) => string): string {
  const type = make.returns.kind === "handle" ? className(make.returns.decl) : make.name;
  return `new ${type}(${callArguments(make, args, tensor)})`;
}

/** Positional arguments, then one object of those that have defaults. */
export function callArguments(
  exported: ExportedFunction,
  samples: readonly Sample[],
  tensor: (value: TensorSample) => string,
  leaveOut = false,
): string {
  const positional: string[] = [];
  const options: string[] = [];
  for (const [i, parameter] of exported.parameters.entries()) {
    const value = argument(samples[i] ?? { kind: "none" }, tensor);
    if (parameter.default === null) positional.push(value);
    else if (!leaveOut) options.push(`${property(optionName(parameter.name))}: ${value}`);
  }
  return [...positional, ...(options.length === 0 ? [] : [`{ ${options.join(", ")} }`])].join(", ");
}

const property = (name: string): string => (/^[A-Za-z_$][\w$]*$/u.test(name) ? name : json(name));

/** What `plain` in the test makes of a result. */
export function expected(sample: Sample, type: Type): string {
  const inside = parts(type, sample).map(([, part, value]) => expected(value, part));
  switch (sample.kind) {
    case "tensor":
      return nested(sample, false);
    case "number":
      return String(rounded(sample.value));
    case "bool":
      return String(sample.value);
    case "text":
      return json(sample.value);
    case "generator":
      return '"Generator"';
    case "none":
      return "null";
    case "list":
      return `[${inside.join(", ")}]`;
    case "dict":
      return `[${sample.entries.map(([key], i) => `[${json(key)}, ${inside[i]}]`).join(", ")}]`;
    case "record":
      return `{ ${sample.fields.map(([name], i) => `${property(resultField(name))}: ${inside[i]}`).join(", ")} }`;
    case "object":
      return json(type.kind === "handle" ? className(type.decl) : "");
  }
}

/** All results, as the function returns them. */
export function expectedResult(plan: FunctionPlan, results: readonly Sample[]): string {
  const parts = results.map((sample, i) => expected(sample, plan.results[i]?.type ?? plan.exported.returns));
  const names = plan.exported.returnNames;
  if (plan.results.length === 0) return "undefined";
  if (names !== null && plan.results.length > 1) {
    return `{ ${parts.map((part, i) => `${property(resultField(names[i] ?? ""))}: ${part}`).join(", ")} }`;
  }
  return plan.results.length > 1 ? `[${parts.join(", ")}]` : (parts[0] ?? "undefined");
}

/** A way into a result, after what returned it. @param optional whether each step may meet nothing */
export function tsPath(steps: readonly Step[], optional: boolean): string {
  const dot = optional ? "?." : "";
  return steps
    .map((step) => {
      if (step.kind === "index") return `${dot}[${step.index}]`;
      if (step.kind === "key") return `${optional ? "?." : "."}get(${json(step.key)})`;
      return `${optional ? "?." : "."}${resultField(step.name)}`;
    })
    .join("");
}
