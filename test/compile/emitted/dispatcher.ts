// The cases of the fixtures as calls of the dispatcher: C++ for dispatcher.h.
import type { ExportedFunction, Module, Type } from "../../../src/model/module.js";
import { operatorProblem } from "../../../src/targets/dispatcher/lower.js";
import { schemaName } from "../../../src/targets/dispatcher/names.js";
import { schemaResults } from "../../../src/targets/dispatcher/types.js";
import { readFixture, type Step, typeFixtures, type Value } from "../../fixtures/types/format.js";

const dtypes: Readonly<Record<string, string>> = {
  uint8: "Byte",
  int8: "Char",
  int16: "Short",
  int32: "Int",
  int64: "Long",
  float16: "Half",
  float32: "Float",
  float64: "Double",
  bfloat16: "BFloat16",
  bool: "Bool",
};
const memoryFormats: Readonly<Record<string, string>> = {
  contiguous_format: "Contiguous",
  preserve_format: "Preserve",
  channels_last: "ChannelsLast",
};

/** A program that makes every call of the fixtures that the dispatcher can make, and prints what is not as expected. */
export function dispatcherProgram(module: Module): string {
  const functions = new Map(module.functions.map((exported) => [exported.name, exported]));
  const lines = typeFixtures.flatMap((name) =>
    readFixture(name).cases.flatMap((steps) => steps.flatMap((step) => callOf(module, functions.get(step.call), step))),
  );
  return [
    '#include "dispatcher.h"',
    "",
    "int main(int, char** argv) {",
    "  if (dlopen(argv[1], RTLD_NOW) == nullptr) std::puts(dlerror());",
    ...lines.map((line) => `  ${line}`),
    '  std::printf("%d calls, %d failures\\n", calls, failures);',
    "}",
    "",
  ].join("\n");
}

/** None for what only a host refuses, or what needs an object that an earlier step kept. */
function callOf(module: Module, exported: ExportedFunction | undefined, step: Step): readonly string[] {
  if (exported === undefined || operatorProblem(exported) !== null || step.on !== undefined) return [];
  if (JSON.stringify(step.args).includes('"ref"') || step.keep !== undefined) return [];
  if (step.refuses !== undefined) return [];
  const name = cString(`${module.nativeName}::${schemaName(exported.name)}`);
  const given = step.args.map((value, i) => ivalue(exported.parameters[i]?.type as Type, value));
  // The dispatcher itself lets undefined tensors through.
  if (step.throws !== undefined && !step.throws.includes("undefined")) {
    return [`throws(${name}, {${given.join(", ")}}, ${cString(step.throws)});`];
  }
  if (step.returns === undefined) return [];
  const results = schemaResults(exported.returns);
  const expected = step.returns;
  const parts =
    results.length === 1 && results[0]?.type === exported.returns
      ? [expected]
      : results.map(({ name: field }, i) => partOf(expected, field, i));
  return [
    `returns(${name}, {${given.join(", ")}}, {${parts.map((part, i) => ivalue(results[i]?.type as Type, part)).join(", ")}});`,
  ];
}

function partOf(value: Value, field: string | null, index: number): Value {
  if (Array.isArray(value)) return value[index] as Value;
  const record = (value as { readonly record?: Readonly<Record<string, Value>> } | null)?.record;
  return (field === null ? undefined : record?.[field]) ?? null;
}

/** A value as an IValue. */
function ivalue(type: Type, value: Value): string {
  const made = (of: readonly Type[], values: readonly Value[]) =>
    values.map((each, i) => ivalue(of[i] as Type, each)).join(", ");
  switch (type.kind) {
    case "optional":
      return value === null ? "c10::IValue()" : ivalue(type.of, value);
    case "list": {
      const values = value as readonly Value[];
      return `list(${typePointer(type.of)}, {${made(
        values.map(() => type.of),
        values,
      )}})`;
    }
    case "tuple":
      return `tuple({${made(type.of, value as readonly Value[])}})`;
    case "dict": {
      const { dict } = value as { readonly dict: readonly (readonly [string | number, Value])[] };
      const entries = dict.map(([key, each]) => `{${ivalue(type.key, key)}, ${ivalue(type.value, each)}}`);
      return `dictionary(${typePointer(type.key)}, ${typePointer(type.value)}, {${entries.join(", ")}})`;
    }
    case "enum": {
      const { enum: name } = value as { readonly enum: string };
      return `c10::IValue(int64_t(${type.decl.entries.find((entry) => entry.name === name)?.value}))`;
    }
    case "record":
      return `tuple({${type.decl.fields.map((field, i) => ivalue(field.type, partOf(value, field.name, i))).join(", ")}})`;
    case "row":
      return rowValue(type.id, value);
    default:
      throw new Error(`the dispatcher has no ${type.kind}`);
  }
}

function rowValue(id: string, value: Value): string {
  const told = value as Readonly<Record<string, string>>;
  switch (id) {
    case "tensor": {
      const { tensor, dtype } = value as { readonly tensor: unknown; readonly dtype: string };
      const data = [tensor].flat(10).map((each) => Number(each));
      return `tensor({${data.join(", ")}}, {${shapeOf(tensor).join(", ")}}, at::k${dtypes[dtype]})`;
    }
    case "int64":
    case "int32":
      return `c10::IValue(int64_t(${value}))`;
    case "float":
    case "double":
      return `c10::IValue(double(${typeof value === "number" ? value : told.double === "NaN" ? "NAN" : "INFINITY"}))`;
    case "bool":
      return `c10::IValue(${value})`;
    case "string":
      return `c10::IValue(std::string(${cString(String(value))}))`;
    case "scalar": {
      if (typeof value === "number") return `c10::IValue(at::Scalar(int64_t(${value})))`;
      const [kind = "", held] = Object.entries(told.scalar ?? {})[0] ?? [];
      const types = { int: "int64_t", float: "double", bool: "bool", complex: "c10::complex<double>" };
      return `c10::IValue(at::Scalar(${types[kind as keyof typeof types]}(${[held].flat().join(", ")})))`;
    }
    case "dtype":
      return `c10::IValue(at::k${dtypes[told.dtype ?? ""]})`;
    case "device":
      return `c10::IValue(c10::Device("${told.device}"))`;
    case "layout":
      return `c10::IValue(at::k${told.layout === "strided" ? "Strided" : "Sparse"})`;
    case "memoryFormat":
      return `c10::IValue(at::MemoryFormat::${memoryFormats[told.memoryFormat ?? ""]})`;
    case "generator":
      return `generator(${told.generator})`;
    default:
      throw new Error(`the dispatcher has no ${id}`);
  }
}

function shapeOf(tensor: unknown): readonly number[] {
  return Array.isArray(tensor) ? [tensor.length, ...(tensor.length === 0 ? [] : shapeOf(tensor[0]))] : [];
}

function typePointer(type: Type): string {
  switch (type.kind) {
    case "optional":
      return `c10::OptionalType::create(${typePointer(type.of)})`;
    case "list":
      return `c10::ListType::create(${typePointer(type.of)})`;
    case "tuple":
      return `c10::TupleType::create({${type.of.map(typePointer).join(", ")}})`;
    case "record":
      return `c10::TupleType::create({${type.decl.fields.map((field) => typePointer(field.type)).join(", ")}})`;
    case "dict":
      return `c10::DictType::create(${typePointer(type.key)}, ${typePointer(type.value)})`;
    case "enum":
      return "c10::IntType::get()";
    case "row":
      return `c10::${rowTypes[type.id] ?? "Int"}Type::get()`;
    default:
      throw new Error(`the dispatcher has no ${type.kind}`);
  }
}

const rowTypes: Readonly<Record<string, string>> = {
  tensor: "Tensor",
  float: "Float",
  double: "Float",
  bool: "Bool",
  string: "String",
  scalar: "Number",
  device: "DeviceObj",
  generator: "Generator",
};

function cString(text: string): string {
  return JSON.stringify(text);
}
