// The fixtures' values as R code.
import { rString } from "../../../src/print/escape.js";
import type { Fixture, ScalarValue, Step, Value } from "../../fixtures/types/format.js";

const quote = rString;

/** R code that makes a value. */
export function rValue(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "number") return `${value}`;
  if (typeof value === "string") return quote(value);
  if (isList(value)) return `list(${value.map(rValue).join(", ")})`;
  if ("int64" in value) return `myext:::tx$integer64(${quote(value.int64)})`;
  if ("double" in value) return rDouble(value.double);
  if ("scalar" in value) return rScalar(value.scalar);
  if ("tensor" in value) return `tensor_of(${rTensor(value.tensor, value.dtype)})`;
  if ("dtype" in value) return `dtype_of(${quote(value.dtype)})`;
  if ("device" in value) return `torch::torch_device(${quote(value.device)})`;
  if ("layout" in value) return quote(value.layout);
  if ("memoryFormat" in value) return quote(value.memoryFormat);
  if ("generator" in value) return `generator_of(${value.generator})`;
  if ("dict" in value) return named(value.dict);
  if ("enum" in value) return quote(value.enum);
  if ("record" in value) return named(Object.entries(value.record));
  return value.ref;
}

/** R code of a function that compares a result with a value. */
function rExpected(value: Value): string {
  if (value === null) return "is_null()";
  if (typeof value !== "object") return `is_value(${rValue(value)})`;
  if (isList(value)) return `is_list(${value.map(rExpected).join(", ")})`;
  if ("double" in value) return `is_double(${rDouble(value.double)})`;
  if ("scalar" in value) return `is_scalar(${rScalar(value.scalar)})`;
  if ("tensor" in value) return `is_tensor(${rTensor(value.tensor, value.dtype)})`;
  if ("dtype" in value) return `function(x) if (!x == ${rValue(value)}) format(x)`;
  if ("device" in value) return `function(x) if (!x == ${rValue(value)}) "another device"`;
  if ("memoryFormat" in value) return `is_memory_format(${quote(value.memoryFormat)})`;
  if ("generator" in value) return `is_generator(${value.generator})`;
  if ("dict" in value) return namedExpected(value.dict);
  if ("record" in value) return namedExpected(Object.entries(value.record));
  return `is_value(${rValue(value)})`;
}

/** A script that runs every case of a fixture; `rName` is what R calls an exported function. */
export function rScript(name: string, fixture: Fixture, rName: (cpp: string) => string): string {
  const cases = fixture.cases.map((steps, i) => {
    const lines = steps.map((step) => rStep(`${name} ${i + 1}, ${step.call}`, step, rName));
    return `local({\n${lines.join("\n")}\n})`;
  });
  return cases.join("\n");
}

function rStep(title: string, step: Step, rName: (cpp: string) => string): string {
  if (step.except?.r !== undefined) return `# ${title}: ${step.except.r}`;
  const called = step.on === undefined ? `myext::${rName(step.call)}` : `${step.on}$${step.call}`;
  const call = `${called}(${step.args.map(rValue).join(", ")})`;
  if (step.throws !== undefined) return `stops(${quote(title)}, ${quote(step.throws)}, ${call})`;
  if (step.refuses !== undefined) return `stops(${quote(title)}, ${quote(`\`${step.refuses}`)}, ${call})`;
  const expected = step.keep === undefined ? rExpected(step.returns ?? null) : "function(x) NULL";
  const run = `returns(${quote(title)}, ${expected}, ${call})`;
  return step.keep === undefined ? run : `${step.keep} <- ${run}`;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function rDouble(text: string): string {
  return text === "-0" ? "-0" : text.replace("Infinity", "Inf");
}

function rScalar(scalar: ScalarValue): string {
  if ("complex" in scalar) return `complex(real = ${scalar.complex[0]}, imaginary = ${scalar.complex[1]})`;
  if ("int" in scalar) return `${scalar.int}L`;
  if ("float" in scalar) return `as.double(${scalar.float})`;
  return scalar.bool ? "TRUE" : "FALSE";
}

function rTensor(data: unknown, dtype: string): string {
  const shape: number[] = [];
  for (let level = data; Array.isArray(level); level = level[0]) shape.push(level.length);
  const flat = [data].flat(Number.POSITIVE_INFINITY) as (number | boolean | string)[];
  const texts = flat.map((one) =>
    typeof one === "string" ? quote(one) : typeof one === "boolean" ? (one ? "TRUE" : "FALSE") : `${one}`,
  );
  const filled = texts.length === 0 ? "numeric(0)" : `c(${texts.join(", ")})`;
  return `${filled}, ${shape.length === 0 ? "integer(0)" : `c(${shape.join(", ")})`}, ${quote(dtype)}`;
}

function named(entries: readonly (readonly [key: string | number, value: Value])[]): string {
  const values = entries.map(([, value]) => rValue(value)).join(", ");
  return `stats::setNames(list(${values}), c(${entries.map(([key]) => quote(`${key}`)).join(", ")}))`;
}

function namedExpected(entries: readonly (readonly [key: string | number, value: Value])[]): string {
  const names = `c(${entries.map(([key]) => quote(`${key}`)).join(", ")})`;
  return `is_named(TRUE, ${[names, ...entries.map(([, value]) => rExpected(value))].join(", ")})`;
}
