// What is known of a type that is to be written, once bind's own stages have read its C++.
import type { Host } from "../../model/host.js";
import type { ExportedClass, ExportedFunction, Type } from "../../model/module.js";
import { constructorOf } from "../operator/plan.js";
import { type Sample, sampler } from "../operator/values.js";
import type { TypeAnswers } from "./answers.js";

export interface TypePlan {
  readonly answers: TypeAnswers;
  readonly packageName: string;
  readonly nativeName: string;
  readonly hosts: readonly Host[];
  readonly switched: boolean;
  /** Headers of the package's own types inside it. */
  readonly headers: readonly string[];
  /** The type itself. */
  readonly type: Type;
  /** The function that it travels through. */
  readonly exported: ExportedFunction;
  readonly classes: readonly ExportedClass[];
}

/** Arguments for the function, and what it returns for them. */
export interface Travel {
  readonly args: readonly Sample[];
  readonly result: Sample;
}

/** Values that go through. */
export function travelOf({ answers, type, exported, classes }: TypePlan): Travel {
  const { kind, direction } = answers;
  const value = sampler(classes)(type);
  if (direction === "both") return { args: [value], result: value };
  const parts = kind === "enum" && type.kind === "enum" ? [numberOf(type, value)] : partsOf(value);
  const isOne = parts.length === 1;
  if (direction === "out") return { args: parts, result: value };
  return {
    args: [value],
    result: isOne && exported.returns.kind !== "tuple" ? (parts[0] as Sample) : { kind: "list", items: parts },
  };
}

function numberOf(type: Extract<Type, { kind: "enum" }>, value: Sample): Sample {
  const entry = type.decl.entries.find((one) => value.kind === "text" && one.name === value.value);
  return { kind: "number", value: Number(entry?.value ?? 0) };
}

/** What a value is made of, in order. */
function partsOf(value: Sample): readonly Sample[] {
  if (value.kind === "record") return value.fields.map(([, part]) => part);
  if (value.kind === "object") return value.args;
  return [value];
}

/** Why no value of the type can be made up for a test, in one sentence; null where one can. */
export function valueProblem(plan: TypePlan): string | null {
  try {
    travelOf(plan);
    return null;
  } catch (error) {
    return `No test can make a ${plan.answers.name} up: ${error instanceof Error ? error.message : String(error)}. Write it by hand, below csrc/.`;
  }
}

/** The constructor of a class. */
export function makerOf({ type, classes }: TypePlan): ExportedFunction | null {
  return type.kind === "handle" ? constructorOf(type, classes) : null;
}
