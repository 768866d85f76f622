// test/<name>.test.ts, the example of the type's page in JavaScript, and ts/types/<name>.ts of an external type.
import type { Type } from "../../model/module.js";
import { className, functionName, methodName } from "../../targets/typescript/names.js";
import { json } from "../../templates/escape.js";
import { asserted, plainHelper } from "../operator/ts.js";
import { argument, callArguments, expected, nested } from "../operator/ts-values.js";
import { type Sample, shape, type TensorSample } from "../operator/values.js";
import type { Direction } from "./answers.js";
import { notWritten, touchName, typePaths } from "./cpp.js";
import { makerOf, type Travel, type TypePlan, travelOf } from "./plan.js";

const made = (value: TensorSample): string => `tensor([${value.values.join(", ")}])`;
const shown = (value: TensorSample): string => `torch.tensor(${nested(value, true)}, { dtype: "float64" })`;
const method = (name: string): string => methodName({ name, hostName: null });

/** The classes that the test makes objects of, and the function. */
function namesIn({ exported, type, classes }: TypePlan, text: string): readonly string[] {
  const all = [functionName(exported), ...classes.map(({ decl }) => className(decl))];
  const own = type.kind === "handle" ? [className(type.decl)] : [];
  const used = [...new Set([...all, ...own])].filter((name) => new RegExp(`\\b${name}\\b`, "u").test(text));
  return used.sort((a, b) => a.localeCompare(b, "en"));
}

export function typeTsTest(plan: TypePlan): string {
  const { answers } = plan;
  const travel = travelOf(plan);
  const cases = [
    ...(answers.kind === "external" ? [external(plan)] : [through(plan, travel)]),
    ...(answers.kind === "opaque" ? state(plan) : []),
    refusal(plan),
    page(plan),
  ];
  const body = cases.flatMap((one, i) => [
    ...(i === 0 ? [] : [""]),
    ...one.map((line) => (line === "" ? "" : `  ${line}`)),
  ]);
  const text = body.join("\n");
  const usesPlain = /\bplain\(/u.test(text);
  const usesTensors = /\btensor\(/u.test(text);
  const usesTorch = usesTensors || usesPlain || /\btorch\b/u.test(text);
  const usesOperators = /\boperators\b/u.test(text);
  const names = namesIn(plan, text);
  const lines = [
    ...(usesOperators ? ['import assert from "node:assert/strict";', 'import { readFileSync } from "node:fs";'] : []),
    'import { describe, expect, it } from "vitest";',
    ...(usesTorch ? ['import * as torch from "../lib/node/torch/index.js";'] : []),
    'import * as operators from "../ts/index.js";',
    ...(answers.kind === "external"
      ? [`import { ${conversionsIn(tsClass(plan), answers.direction)} } from "../ts/types/${answers.name}.js";`]
      : []),
    "",
    `const { ${names.join(", ")} } = operators;`,
    "",
    ...(usesTensors
      ? [
          "/** A tensor of float64. */",
          "const tensor = (values: readonly number[]): torch.Tensor =>",
          `  torch.tensor(Float64Array.from(values), { shape: [${shape.join(", ")}] });`,
          "",
        ]
      : []),
    ...(usesPlain ? [...plainHelper, ""] : []),
    `describe(${json(answers.name)}, () => {`,
    ...body,
    "});",
  ];
  return `${lines.join("\n")}\n`;
}

/** The conversions of an external type that are needed where it travels so. */
const conversionsIn = (name: string, direction: Direction): string =>
  [...(direction === "in" ? [] : [`from${name}`]), ...(direction === "out" ? [] : [`to${name}`])].join(", ");

const tsClass = ({ type, answers }: TypePlan): string => (type.kind === "handle" ? className(type.decl) : answers.name);

function through(plan: TypePlan, { args, result }: Travel): readonly string[] {
  const { exported } = plan;
  return [
    'it("goes through C++ and comes back", () => {',
    `  const result = ${functionName(exported)}(${callArguments(exported, args, made)});`,
    `  expect(plain(result)).toEqual(${expected(result, exported.returns)});`,
    ...(plan.answers.kind === "opaque" && plan.answers.direction !== "in" ? stateOf(plan, "result", result) : []),
    "});",
  ];
}

/** What the object that a name stands for says of its state. */
function stateOf(plan: TypePlan, name: string, value: Sample): readonly string[] {
  if (value.kind !== "object") return [];
  return value.make.parameters.map((parameter, i) => {
    const wanted = expected(value.args[i] ?? { kind: "none" }, parameter.type);
    return `  expect(plain(${name}.${method(plan.answers.fields[i]?.name ?? "")}())).toEqual(${wanted});`;
  });
}

function state(plan: TypePlan): readonly (readonly string[])[] {
  const make = makerOf(plan);
  const args = make === null ? [] : sampleArguments(plan);
  const build = make === null ? "" : `new ${tsClass(plan)}(${callArguments(make, args, made)})`;
  const touch = method(touchName(plan.answers));
  return [
    [
      'it("keeps its state between calls", () => {',
      `  const object = ${build};`,
      `  expect(object.${touch}()).toBe(1);`,
      `  expect(object.${touch}()).toBe(2);`,
      "});",
    ],
    [
      'it("is gone once it is disposed", () => {',
      `  const object = ${build};`,
      "  object.dispose();",
      "  expect(object.disposed).toBe(true);",
      `  expect(() => object.${touch}()).toThrow(/disposed|released/);`,
      "});",
    ],
  ];
}

/** Arguments for the constructor. */
function sampleArguments(plan: TypePlan): readonly Sample[] {
  const { args, result } = travelOf(plan);
  const object = [result, ...args].find((one) => one.kind === "object");
  return object?.kind === "object" ? object.args : [];
}

function refusal({ exported, answers }: TypePlan): readonly string[] {
  const name = functionName(exported);
  return [
    `it("takes nothing else for ${answers.direction === "out" ? "its parts" : "it"}", () => {`,
    `  const call = ${name} as unknown as (...given: readonly unknown[]) => unknown;`,
    `  expect(() => call(${exported.parameters.map(() => 'Symbol("no value")').join(", ")})).toThrow(TypeError);`,
    "});",
  ];
}

function page(plan: TypePlan): readonly string[] {
  const { answers, exported } = plan;
  const isExternal = answers.kind === "external";
  const name = tsClass(plan);
  return [
    `it("does what its page shows", (${isExternal ? "context" : ""}) => {`,
    `  const page = readFileSync(new URL("../${typePaths(answers.name, "").page}", import.meta.url), "utf8");`,
    '  const example = /^```js\\n(.*?)^```$/ms.exec(page)?.[1] ?? "";',
    `  expect(example).toContain("${functionName(exported)}(");`,
    '  const code = example.replace(/^import .*$/gm, "");',
    ...(isExternal ? [`  const all = { ...operators, ${conversionsIn(name, plan.answers.direction)} };`] : []),
    `  const names = Object.keys(${isExternal ? "all" : "operators"}).join(", ");`,
    '  const run = new Function("assert", "torch", "operators", "const { " + names + " } = operators;\\n" + code);',
    ...(isExternal ? leftOpen(["run(assert, torch, all);"]) : ["  run(assert, torch, operators);"]),
    "});",
  ];
}

/** The test stays open until the user has written the conversion. It names the place. */
function external(plan: TypePlan): readonly string[] {
  const { value, of } = convertedOf(plan);
  return [
    'it("goes through and back", (context) => {',
    `  const given = ${argument(value, made)};`,
    ...leftOpen([`expect(plain(${backOf(plan)})).toEqual(${expected(value, of)});`]),
    "});",
  ];
}

/** Leaves a test to do, at the place that the message of an unwritten conversion names. */
const leftOpen = (lines: readonly string[]): readonly string[] => [
  "  try {",
  ...lines.map((line) => `    ${line}`),
  "  } catch (error) {",
  "    // Not written yet: left to do, at the place that the message names.",
  `    if (error instanceof Error && error.message.includes(${json(notWritten)})) return context.skip(\`todo: \${error.message}\`);`,
  "    throw error;",
  "  }",
];

/** What a value of an external type is made of, and its type. */
function convertedOf(plan: TypePlan): { readonly value: Sample; readonly of: Type } {
  const value = sampleArguments(plan)[0] ?? { kind: "none" };
  return { value, of: makerOf(plan)?.parameters[0]?.type ?? plan.type };
}

/** `given`, made an external value of, sent through C++, and made what TypeScript has again. */
function backOf(plan: TypePlan): string {
  const name = tsClass(plan);
  const called = functionName(plan.exported);
  return {
    both: `from${name}(${called}(to${name}(given)))`,
    in: `${called}(to${name}(given))`,
    out: `from${name}(${called}(given))`,
  }[plan.answers.direction];
}

/** The example of the page, which its test runs. */
export function typeTsExample(plan: TypePlan): readonly string[] {
  const { packageName } = plan;
  const lines = plan.answers.kind === "external" ? externalExample(plan) : plainExample(plan);
  const text = lines.join("\n");
  const imported = [
    ...namesIn(plan, `${text} ${/instanceof (\w+)/u.exec(text)?.[1] ?? ""}(`),
    ...(plan.answers.kind === "external" ? conversionsIn(tsClass(plan), plan.answers.direction).split(", ") : []),
  ];
  return [
    'import assert from "node:assert/strict";',
    `import { ${[...imported].sort((a, b) => a.localeCompare(b, "en")).join(", ")} } from ${json(packageName)};`,
    ...(/\btorch\./u.test(text) ? [`import * as torch from ${json(`${packageName}/torch`)};`] : []),
    "",
    ...lines,
  ];
}

function plainExample(plan: TypePlan): readonly string[] {
  const { exported, answers } = plan;
  const { args, result } = travelOf(plan);
  const name = functionName(exported);
  const call = `${name}(${callArguments(exported, args, shown)})`;
  const ends = asserted("result", exported.returns, result);
  const [given] = args;
  if (answers.kind === "opaque") {
    const used = [`assert.equal(object.${method(touchName(answers))}(), 1);`];
    const end = "object.dispose();";
    if (answers.direction === "out" || given === undefined) {
      return [`const object = ${call};`, ...asserted("object", exported.returns, result), ...used, end];
    }
    return [`const object = ${argument(given, shown)};`, ...used, `const result = ${name}(object);`, ...ends, end];
  }
  if (given?.kind !== "record") return [`const result = ${call};`, ...ends];
  return [`const given = ${argument(given, shown)};`, `const result = ${name}(given);`, ...ends];
}

function externalExample(plan: TypePlan): readonly string[] {
  const { value, of } = convertedOf(plan);
  return [`const given = ${argument(value, shown)};`, `const back = ${backOf(plan)};`, ...asserted("back", of, value)];
}

/** ts/types/<name>.ts: how TypeScript converts to an external type and from it. */
export function typeTsModule(plan: TypePlan): string {
  const name = tsClass(plan);
  return `${[
    `import { ${name} } from "../generated.js";`,
    "",
    `export { ${name} };`,
    "",
    `/** What TypeScript has in the place of a ${name}. */`,
    `export type ${name}Value = ConstructorParameters<typeof ${name}>[0];`,
    "",
    `/** A ${name} of a value. The C++ conversion is in ${typePaths(plan.answers.name, plan.nativeName).source}. */`,
    `export function to${name}(value: ${name}Value): ${name} {`,
    `  return new ${name}(value);`,
    "}",
    "",
    `/** The value of a ${name}. */`,
    `export function from${name}(value: ${name}): ReturnType<${name}[${json(method("to_host"))}]> {`,
    `  return value.${method("to_host")}();`,
    "}",
  ].join("\n")}\n`;
}
