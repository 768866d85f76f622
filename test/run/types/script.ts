// The steps of fixtures as JavaScript that calls a built package, and what is expected of each, in the form that it prints.
import type { ExportedFunction, Module } from "../../../src/model/module.js";
import { callableMembers, type TypescriptMember } from "../../../src/targets/typescript/lower/members.js";
import { optionName, parameterName, resultField } from "../../../src/targets/typescript/names.js";
import type { Fixture, ScalarValue, Step, Value } from "../../fixtures/types/format.js";

/** What one step is to print: a value; `{ throws }` with parts of the message and the class; nothing where it is only kept. */
export type Expected =
  | { readonly value: unknown }
  | { readonly throws: readonly string[]; readonly errors: readonly string[] }
  | { readonly kept: true };

export interface ScriptedStep {
  readonly title: string;
  readonly code: string;
  readonly expected: Expected;
}

/** The steps of one case, in order. Each `code` is an expression; kept values stand in `kept`. */
export function scriptCase(module: Module, steps: Fixture["cases"][number]): readonly ScriptedStep[] {
  const members = callableMembers(module);
  const classes = new Map<string, string>();
  return steps.flatMap((step) => {
    if (step.except?.ts !== undefined) return [];
    const member = findMember(members, step, classes);
    if (step.keep !== undefined) classes.set(step.keep, classOf(member.exported));
    const called = callOf(member, step);
    const title = `${step.call}(${step.args.map((arg) => JSON.stringify(arg)).join(", ")})`;
    return [
      {
        title,
        code: step.keep === undefined ? called : `kept.${step.keep} = ${called}`,
        expected: expect(member, step),
      },
    ];
  });
}

function findMember(
  members: readonly TypescriptMember[],
  step: Step,
  classes: ReadonlyMap<string, string>,
): TypescriptMember {
  const owner = step.on === undefined ? null : classes.get(step.on);
  const found = members.find(({ exported, self, name, named }) => {
    if (owner !== null) return self?.decl.name === owner && exported.name === step.call;
    return self === null && (name === null ? named.name : exported.name) === step.call;
  });
  if (found === undefined) throw new Error(`no member is named ${step.call}`);
  return found;
}

function classOf({ returns }: ExportedFunction): string {
  const inner = returns.kind === "optional" ? returns.of : returns;
  return inner.kind === "handle" ? inner.decl.name : "";
}

function callOf(member: TypescriptMember, step: Step): string {
  const { parameters } = member.exported;
  const positional: string[] = [];
  const options: string[] = [];
  for (const [i, arg] of step.args.entries()) {
    const parameter = parameters[i];
    if (parameter === undefined) throw new Error(`${step.call} has no parameter ${i}`);
    if (parameter.default === null) positional.push(encode(arg));
    else options.push(`${optionName(parameter.name)}: ${encode(arg)}`);
  }
  if (step.returns !== undefined && /"int64":/.test(JSON.stringify(step.returns))) options.push("bigint: true");
  const args = [...positional, ...(options.length > 0 ? [`{ ${options.join(", ")} }`] : [])].join(", ");
  if (member.name === null) return `new m.${member.label}(${args})`;
  return `${step.on === undefined ? "m" : `kept.${step.on}`}.${member.name}(${args})`;
}

/** A value as JavaScript. */
function encode(value: Value): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(encode).join(", ")}]`;
  if ("tensor" in value) {
    const data = JSON.stringify(value.tensor).replace(/"(-?\d+)"/g, "$1n");
    return `torch.tensor(${data}, { dtype: "${value.dtype}" })`;
  }
  if ("int64" in value) return `${value.int64}n`;
  if ("double" in value) return value.double === "NaN" ? "Number.NaN" : value.double;
  if ("scalar" in value) return encodeScalar(value.scalar);
  if ("generator" in value) return `new torch.Generator(${value.generator})`;
  if ("ref" in value) return `kept.${value.ref}`;
  if ("dict" in value) return `new Map([${value.dict.map(([k, v]) => `[${encode(k)}, ${encode(v)}]`).join(", ")}])`;
  if ("record" in value) {
    return `{ ${Object.entries(value.record).map(([k, v]) => `${resultField(k)}: ${encode(v)}`)} }`;
  }
  return JSON.stringify(Object.values(value)[0]);
}

function encodeScalar(scalar: ScalarValue): string {
  if ("complex" in scalar) return `{ re: ${scalar.complex[0]}, im: ${scalar.complex[1]} }`;
  if ("float" in scalar && Number.isInteger(scalar.float)) return `torch.scalar(${scalar.float}, "float64")`;
  return JSON.stringify(Object.values(scalar)[0]);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function expect(member: TypescriptMember, step: Step): Expected {
  if (step.throws !== undefined) return { throws: [step.throws], errors: ["Error"] };
  if (step.refuses !== undefined) {
    const parameter = member.exported.parameters.find(({ name }) => name === step.refuses);
    const said = parameter?.default === null ? parameterName(step.refuses) : optionName(step.refuses);
    return { throws: [`${member.label}: ${said}`], errors: ["TypeError", "RangeError"] };
  }
  if (step.keep !== undefined) return { kept: true };
  const value = printed(step.returns ?? null);
  const names = member.exported.returnNames?.map(resultField);
  if (names === undefined || !Array.isArray(value)) return { value };
  return { value: { record: Object.fromEntries(names.map((name, i) => [name, value[i]])) } };
}

/** What `describe` in the runner makes of such a value. */
function printed(value: Value): unknown {
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map(printed);
  if ("tensor" in value) return { tensor: JSON.parse(JSON.stringify(value.tensor)), dtype: value.dtype };
  if ("int64" in value || "double" in value || "generator" in value) return value;
  if ("scalar" in value) {
    if (!("complex" in value.scalar)) return Object.values(value.scalar)[0];
    const [re, im] = value.scalar.complex;
    return { record: { re, im } };
  }
  if ("dict" in value) return { dict: value.dict.map(([k, v]) => [k, printed(v)]) };
  if ("record" in value) {
    return { record: Object.fromEntries(Object.entries(value.record).map(([k, v]) => [resultField(k), printed(v)])) };
  }
  return Object.values(value)[0];
}

/** A module that runs steps, given as a JSON list of lists of expressions in its first argument, and prints what came of each. */
export const runner = `
import { readFileSync } from "node:fs";
import * as m from "./dist/ts/index.js";
import * as torch from "./dist/lib/node/torch/index.js";

function describe(value) {
  if (value === undefined) return null;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : { int64: String(value) };
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)))
    return { double: Object.is(value, -0) ? "-0" : String(value) };
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(describe);
  if (value instanceof torch.Tensor) return { tensor: nested(value), dtype: value.dtype };
  if (value instanceof torch.Generator) return { generator: Number(value.seed) };
  if (value instanceof Map) return { dict: [...value].map(([k, v]) => [describe(k), describe(v)]) };
  return { record: Object.fromEntries(Object.entries(value).map(([k, v]) => [k, describe(v)])) };
}

function nested(tensor) {
  try {
    return tensor.toArray();
  } catch {
    return [...tensor.data()].map((each) => Number.isSafeInteger(Number(each)) ? Number(each) : String(each));
  }
}

const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
const said = cases.map((steps) => {
  const kept = {};
  return steps.map((code) => {
    try {
      const value = new Function("m", "torch", "kept", "return " + code)(m, torch, kept);
      return { value: code.startsWith("kept.") && / = /.test(code) ? null : describe(value) };
    } catch (error) {
      return { error: error.constructor.name, message: error.message };
    }
  });
});
console.log(JSON.stringify(said));
`;
