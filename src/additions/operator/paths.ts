// Where something is inside a result, in whatever language it is read.
import type { Type } from "../../model/module.js";
import type { Sample } from "./values.js";

export type Step =
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "key"; readonly key: string | number }
  | { readonly kind: "field"; readonly name: string };

export interface TensorPath {
  readonly steps: readonly Step[];
}

/** Where the first tensor of a value is; null where it holds none. */
export function tensorPath(type: Type, sample: Sample): TensorPath | null {
  if (sample.kind === "tensor") return { steps: [] };
  for (const [step, part, value] of parts(type, sample)) {
    const inner = tensorPath(part, value);
    if (inner !== null) return { steps: [step, ...inner.steps] };
  }
  return null;
}

/** The values directly inside one, with their types and the way there. */
export function parts(type: Type, sample: Sample): readonly (readonly [Step, Type, Sample])[] {
  switch (sample.kind) {
    case "list":
      return sample.items.map((item, index) => [{ kind: "index", index }, partOf(type, index), item]);
    case "dict":
      return sample.entries.map(([key, value]) => [{ kind: "key", key }, partOf(type, 0), value]);
    case "record":
      return sample.fields.map(([name, value], i) => [{ kind: "field", name }, partOf(type, i), value]);
    default:
      return [];
  }
}

function partOf(type: Type, index: number): Type {
  const inner = type.kind === "optional" ? type.of : type;
  if (inner.kind === "tuple") return inner.of[index] ?? inner;
  if (inner.kind === "list") return inner.of;
  if (inner.kind === "dict") return inner.value;
  if (inner.kind === "record") return inner.decl.fields[index]?.type ?? inner;
  return inner;
}
