import type { Type, TypeId } from "../ir/module.js";

/** One C++ type and how it stands at every layer. */
export interface TypeRow {
  readonly id: TypeId;
  /** How generated C++ spells it. */
  readonly cpp: string;
  /** Other spellings of the same type, qualified. */
  readonly aliases: readonly string[];
  /** At the C ABI: by value, or an owning `void*` that `make_raw::<raw>` makes and `from_raw::<raw>` reads. */
  readonly abi: { readonly byValue: true; readonly c: string } | { readonly byValue: false; readonly raw: string };
  /** In a dispatcher schema. */
  readonly schema: string;
  /** In TypeScript, as a parameter and as a result. */
  readonly ts: { readonly parameter: string; readonly result: string };
  /** In prose. */
  readonly title: string;
}

export const registry: Readonly<Record<TypeId, TypeRow>> = {
  tensor: {
    id: "tensor",
    cpp: "torch::Tensor",
    aliases: ["at::Tensor"],
    abi: { byValue: false, raw: "Tensor" },
    schema: "Tensor",
    ts: { parameter: "Tensor", result: "Tensor" },
    title: "tensor",
  },
  int64: {
    id: "int64",
    cpp: "int64_t",
    aliases: ["std::int64_t"],
    abi: { byValue: true, c: "int64_t" },
    schema: "int",
    ts: { parameter: "number | bigint", result: "number" },
    title: "64-bit integer",
  },
  double: {
    id: "double",
    cpp: "double",
    aliases: [],
    abi: { byValue: true, c: "double" },
    schema: "float",
    ts: { parameter: "number", result: "number" },
    title: "double",
  },
  bool: {
    id: "bool",
    cpp: "bool",
    aliases: [],
    abi: { byValue: true, c: "bool" },
    schema: "bool",
    ts: { parameter: "boolean", result: "boolean" },
    title: "boolean",
  },
  string: {
    id: "string",
    cpp: "std::string",
    aliases: [],
    abi: { byValue: false, raw: "string" },
    schema: "str",
    ts: { parameter: "string", result: "string" },
    title: "string",
  },
};

/** Templates from which types are derived, by their qualified names. */
export const templates: Readonly<Record<string, "optional" | "list" | "tuple">> = {
  "torch::optional": "optional",
  "c10::optional": "optional",
  "std::optional": "optional",
  "std::vector": "list",
  "std::tuple": "tuple",
};

/** Whether a derived type is supported: optional and list of tensor, tuples of anything supported, none empty. */
export function isSupported(type: Type): boolean {
  switch (type.kind) {
    case "row":
      return true;
    case "optional":
    case "list":
      return type.of.kind === "row" && type.of.id === "tensor";
    case "tuple":
      return type.of.length > 0 && type.of.every(isSupported);
  }
}
