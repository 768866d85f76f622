// test/<name>.test.ts, and the example of the operator's page in JavaScript.
import type { Type } from "../../model/module.js";
import { className, functionName, resultField } from "../../targets/typescript/names.js";
import { json } from "../../templates/escape.js";
import { gradOf } from "./kernels.js";
import { parts } from "./paths.js";
import { backwardName, type FunctionPlan, kernelsOf, tensorsOf } from "./plan.js";
import { argument, callArguments, expectedResult, nested, tsPath } from "./ts-values.js";
import { type Sample, shape, type TensorSample } from "./values.js";
import type { Worked } from "./worked.js";

/** The function as TypeScript calls it. */
export const tsName = (plan: FunctionPlan): string => functionName(plan.exported);
const tsBackwardName = (plan: FunctionPlan): string => functionName({ name: backwardName(plan), hostName: null });

const made = (value: TensorSample): string => `tensor([${value.values.join(", ")}])`;

/** The whole test. */
export function tsTest(plan: FunctionPlan, worked: Worked): string {
  const name = tsName(plan);
  const classes = [...new Set(worked.classes.map((decl) => className(decl)))];
  const backward = plan.differentiable ? [tsBackwardName(plan)] : [];
  const names = [...new Set([name, ...backward, ...classes])].sort((a, b) => a.localeCompare(b, "en"));
  const needsTensors = worked.tensors.length > 0;
  const lines = [
    'import assert from "node:assert/strict";',
    'import { readFileSync } from "node:fs";',
    'import { describe, expect, it } from "vitest";',
    'import * as torch from "../lib/node/torch/index.js";',
    'import * as operators from "../ts/index.js";',
    "",
    `const { ${names.join(", ")} } = operators;`,
    "",
    ...(needsTensors
      ? [
          "/** A tensor of float64. */",
          "const tensor = (values: readonly number[]): torch.Tensor =>",
          `  torch.tensor(Float64Array.from(values), { shape: [${shape.join(", ")}] });`,
          "",
        ]
      : []),
    ...plainHelper,
    "",
    `describe("${name}", () => {`,
    ...cases(plan, worked, name).flatMap((one, i) => [
      ...(i === 0 ? [] : [""]),
      ...one.map((line) => (line === "" ? "" : `  ${line}`)),
    ]),
    "});",
  ];
  return `${lines.join("\n")}\n`;
}

export const plainHelper = [
  "/** A result as plain data, its numbers to ten digits. */",
  "function plain(value: unknown): unknown {",
  "  if (value instanceof torch.Tensor) return plain(value.toArray());",
  '  if (typeof value === "number") return Number(value.toPrecision(10));',
  "  if (value instanceof Map) return [...value].map(plain);",
  "  if (Array.isArray(value)) return value.map(plain);",
  '  if (typeof value !== "object" || value === null) return value;',
  "  if (Object.getPrototypeOf(value) !== Object.prototype) return value.constructor.name;",
  "  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));",
  "}",
];

function cases(plan: FunctionPlan, worked: Worked, name: string): readonly (readonly string[])[] {
  const call = (samples: readonly Sample[], leaveOut: boolean): string =>
    `${name}(${callArguments(plan.exported, samples, made, leaveOut)})`;
  const check = (title: string, samples: readonly Sample[], results: readonly Sample[], leaveOut: boolean) => [
    `it("${title}", () => {`,
    `  const result = ${call(samples, leaveOut)};`,
    `  expect(plain(result)).toEqual(${expectedResult(plan, results)});`,
    "});",
  ];
  return [
    check(worked.title, worked.samples, worked.results, false),
    ...(worked.byDefault === null
      ? []
      : [
          check("takes its defaults where they are left out", worked.byDefault.samples, worked.byDefault.results, true),
        ]),
    ...(worked.shapesDiffer ? [refusal(plan, worked, name)] : []),
    ...(plan.differentiable ? [gradcheck(plan, worked, name)] : []),
    [
      'it("does what its page shows", () => {',
      `  const page = readFileSync(new URL("../docs/operators/${plan.exported.name}.md", import.meta.url), "utf8");`,
      '  const example = /^```js\\n(.*?)^```$/ms.exec(page)?.[1] ?? "";',
      `  expect(example).toContain("${name}(");`,
      '  const code = example.replace(/^import .*$/gm, "");',
      '  const names = Object.keys(operators).join(", ");',
      '  const run = new Function("assert", "torch", "operators", "const { " + names + " } = operators;\\n" + code);',
      "  run(assert, torch, operators);",
      "});",
    ],
  ];
}

/** Tensors whose sizes differ, which kernels refuse. */
function refusal(plan: FunctionPlan, worked: Worked, name: string): readonly string[] {
  let count = 0;
  const other = (value: TensorSample): string => {
    count += 1;
    return count === 2 ? `torch.tensor(Float64Array.from([1, 2]))` : made(value);
  };
  return [
    'it("refuses tensors of different shapes", () => {',
    `  const call = () => ${name}(${callArguments(plan.exported, worked.samples, other)});`,
    "  expect(call).toThrow(/all tensors must be .* of sizes .* like the first, got/);",
    "});",
  ];
}

/** The gradients of the function that takes them back, beside those of finite differences. */
function gradcheck(plan: FunctionPlan, worked: Worked, name: string): readonly string[] {
  const tensors = worked.tensors;
  // What an object holds is its own, and no gradient is asked of it.
  const asked = (value: TensorSample): string => {
    const at = tensors.indexOf(value);
    return at < 0 ? made(value) : `tensors[${at}] as torch.Tensor`;
  };
  const called = `${name}(${callArguments(plan.exported, worked.samples, asked)})`;
  const isInner = kernelsOf(plan) === "inner";
  const back = tsBackwardName(plan);
  const own = plan.exported.parameters.map((parameter, i) => {
    const at = tensorsOf(plan.exported).indexOf(parameter);
    return at >= 0 ? `inputs[${at}] as torch.Tensor` : argument(worked.samples[i] ?? { kind: "none" }, made);
  });
  const backArgs = isInner ? `weights, inputs, ${worked.computed.factor}` : ["weights", ...own].join(", ");
  const fields = tensorsOf(plan.exported).map((one) => resultField(gradOf(one)));
  const gradients = isInner
    ? `${back}(${backArgs})`
    : fields.length === 1
      ? `[${back}(${backArgs})]`
      : `Object.values(${back}(${backArgs}))`;
  return [
    'it("has the gradients that finite differences have", () => {',
    `  const values = [${tensors.map((one) => `[${one.values.join(", ")}]`).join(", ")}];`,
    "  const weights = tensor([1, -2, 3, 0.5, 4, -1]);",
    "  const inputs = values.map(tensor);",
    `  const gradients = ${gradients};`,
    "  expect(gradients).toHaveLength(values.length);",
    "  // The loss is the sum of the results, times weights.",
    "  const loss = (changed: readonly (readonly number[])[]): number => {",
    "    const tensors = changed.map(tensor);",
    `    const out: unknown = ${called}${tsPath(worked.tensorPath?.steps ?? [], true)};`,
    '    if (!(out instanceof torch.Tensor)) throw new TypeError("no tensor came back");',
    "    const factors = Array.from(weights.data(), Number);",
    "    return Array.from(out.data(), Number).reduce((sum, value, i) => sum + value * (factors[i] ?? Number.NaN), 0);",
    "  };",
    "  const step = 1e-6;",
    "  for (const [k, own] of values.entries()) {",
    "    const found = Array.from(gradients[k]?.data() ?? [], Number);",
    "    expect(found).toHaveLength(own.length);",
    "    for (const [i, gradient] of found.entries()) {",
    "      const moved = (by: number) => values.map((one, j) => one.map((x, l) => (j === k && l === i ? x + by : x)));",
    "      expect(gradient).toBeCloseTo((loss(moved(step)) - loss(moved(-step))) / (2 * step), 4);",
    "    }",
    "  }",
    "});",
  ];
}

/** The example of the page, which its test runs. */
export function tsExample(plan: FunctionPlan, worked: Worked): readonly string[] {
  const name = tsName(plan);
  const classes = [...new Set(worked.classes.map((decl) => className(decl)))];
  const shown = (value: TensorSample): string => `torch.tensor(${nested(value, true)}, { dtype: "float64" })`;
  const called = `${name}(${callArguments(plan.exported, worked.samples, shown)})`;
  const names = [name, ...classes].sort((a, b) => a.localeCompare(b, "en"));
  return [
    'import assert from "node:assert/strict";',
    `import { ${names.join(", ")} } from ${json(plan.packageName)};`,
    ...(/\btorch\./u.test(called) ? [`import * as torch from ${json(`${plan.packageName}/torch`)};`] : []),
    "",
    plan.results.length === 0 ? `${called};` : `const result = ${called};`,
    ...plan.results.flatMap(({ type }, i) => {
      const sample = worked.results[i];
      return sample === undefined ? [] : asserted(resultPath(plan, i), type, sample);
    }),
  ];
}

/** Where one of the results is, from `result`. */
export function resultPath(plan: FunctionPlan, index: number): string {
  if (plan.results.length < 2) return "result";
  const name = plan.exported.returnNames?.[index];
  return name === undefined ? `result[${index}]` : `result.${resultField(name)}`;
}

export function asserted(path: string, type: Type, sample: Sample): readonly string[] {
  switch (sample.kind) {
    case "tensor":
      return [`assert.deepEqual(${path}.toArray(), ${nested(sample, true)});`];
    case "number":
      return [`assert.equal(${path}, ${sample.value});`];
    case "bool":
    case "text":
      return [`assert.equal(${path}, ${json(sample.value)});`];
    case "generator":
      return [`assert.ok(${path} instanceof torch.Generator);`];
    case "none":
      return [`assert.equal(${path}, null);`];
    case "object":
      return [`assert.ok(${path} instanceof ${type.kind === "handle" ? className(type.decl) : "Object"});`];
    default:
      return parts(type, sample).flatMap(([step, part, value]) =>
        asserted(`${path}${tsPath([step], false)}`, part, value),
      );
  }
}
