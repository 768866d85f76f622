// Every C++ type that is supported, and how it stands and is converted at each layer. A new type is a new row: no stage
// asks for a type's id. Tuples are derived from rows by src/types/derive.ts.
import type { Type, TypeId } from "../ir/module.js";

/** How a type crosses the C ABI. */
type AbiForm =
  /** By value; `zero` is what a function returns after an exception. */
  | { readonly byValue: true; readonly c: string; readonly zero: string }
  /** As an owning `void*`: `make_raw::<raw>` makes it, `tx::checked::<checked>` reads it and refuses what is missing. */
  | { readonly byValue: false; readonly raw: string; readonly checked: string };

/** How one type stands at every layer: that of a row, or the optional or list of a row. */
export interface TypeForm {
  /** How generated C++ spells it. */
  readonly cpp: string;
  readonly abi: AbiForm;
  /** In a dispatcher schema. */
  readonly schema: string;
  /** The Node glue's reader `call.<read>(value)` and writer `call.<write>(result)`. */
  readonly node: { readonly read: string; readonly write: string };
  readonly ts: {
    /** What a person sees, as a parameter and as a result. */
    readonly parameter: string;
    readonly result: string;
    /** What crosses to the native function and back. */
    readonly native: { readonly parameter: string; readonly result: string };
    /** `argument.<argument>` checks and converts a parameter. */
    readonly argument: string;
    /** `result.<convert>` makes a result of what the native function returned; null where that is the result. */
    readonly convert: string | null;
    /** When the conversion of a parameter and of a result raises a RangeError; null where it cannot. */
    readonly range: { readonly parameter: string | null; readonly result: string | null };
  };
  /** Whether it is or holds tensors, which a host must keep alive for as long as a call runs. */
  readonly holdsTensors: boolean;
  /** In prose. */
  readonly title: string;
}

/** One C++ type and how it stands at every layer. */
interface TypeRow extends TypeForm {
  readonly id: TypeId;
  /** Other spellings of the same type, qualified. */
  readonly aliases: readonly string[];
  /** Its optional and its list; null where that is not supported. */
  readonly optional: TypeForm | null;
  readonly list: TypeForm | null;
}

const neverOutOfRange = { parameter: null, result: null };

export const registry: Readonly<Record<TypeId, TypeRow>> = {
  tensor: {
    id: "tensor",
    cpp: "torch::Tensor",
    aliases: ["at::Tensor"],
    abi: { byValue: false, raw: "Tensor", checked: "tensor" },
    schema: "Tensor",
    node: { read: "tensor", write: "from_tensor" },
    ts: {
      parameter: "Tensor",
      result: "Tensor",
      native: { parameter: "number", result: "number" },
      argument: "tensor",
      convert: "tensor",
      range: neverOutOfRange,
    },
    holdsTensors: true,
    title: "tensor",
    optional: {
      cpp: "torch::optional<torch::Tensor>",
      abi: { byValue: false, raw: "optional::Tensor", checked: "optional_tensor" },
      schema: "Tensor?",
      node: { read: "optional_tensor", write: "from_optional_tensor" },
      ts: {
        parameter: "Tensor | null",
        result: "Tensor | null",
        native: { parameter: "number | null", result: "number | null" },
        argument: "optionalTensor",
        convert: "optionalTensor",
        range: neverOutOfRange,
      },
      holdsTensors: true,
      title: "optional tensor",
    },
    list: {
      cpp: "std::vector<torch::Tensor>",
      abi: { byValue: false, raw: "TensorList", checked: "tensor_list" },
      schema: "Tensor[]",
      node: { read: "tensor_list", write: "from_tensor_list" },
      ts: {
        parameter: "readonly Tensor[]",
        result: "Tensor[]",
        native: { parameter: "readonly number[]", result: "readonly number[]" },
        argument: "tensorList",
        convert: "tensorList",
        range: neverOutOfRange,
      },
      holdsTensors: true,
      title: "list of tensors",
    },
  },
  int64: {
    id: "int64",
    cpp: "int64_t",
    aliases: ["std::int64_t"],
    abi: { byValue: true, c: "int64_t", zero: "0" },
    schema: "int",
    node: { read: "int64", write: "from_int64" },
    ts: {
      parameter: "number | bigint",
      result: "number",
      native: { parameter: "number | bigint", result: "number | bigint" },
      argument: "int64",
      convert: "int64",
      range: { parameter: "does not fit 64 bits", result: "is no safe integer, so that a number would lose digits" },
    },
    holdsTensors: false,
    title: "64-bit integer",
    optional: null,
    list: null,
  },
  double: {
    id: "double",
    cpp: "double",
    aliases: [],
    abi: { byValue: true, c: "double", zero: "0" },
    schema: "float",
    node: { read: "number", write: "from_double" },
    ts: {
      parameter: "number",
      result: "number",
      native: { parameter: "number", result: "number" },
      argument: "double",
      convert: null,
      range: neverOutOfRange,
    },
    holdsTensors: false,
    title: "double",
    optional: null,
    list: null,
  },
  bool: {
    id: "bool",
    cpp: "bool",
    aliases: [],
    abi: { byValue: true, c: "bool", zero: "false" },
    schema: "bool",
    node: { read: "boolean", write: "from_bool" },
    ts: {
      parameter: "boolean",
      result: "boolean",
      native: { parameter: "boolean", result: "boolean" },
      argument: "bool",
      convert: null,
      range: neverOutOfRange,
    },
    holdsTensors: false,
    title: "boolean",
    optional: null,
    list: null,
  },
  string: {
    id: "string",
    cpp: "std::string",
    aliases: [],
    abi: { byValue: false, raw: "string", checked: "string" },
    schema: "str",
    node: { read: "string", write: "from_string" },
    ts: {
      parameter: "string",
      result: "string",
      native: { parameter: "string", result: "string" },
      argument: "string",
      convert: null,
      range: neverOutOfRange,
    },
    holdsTensors: false,
    title: "string",
    optional: null,
    list: null,
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
      return type.of.kind === "row" && registry[type.of.id][type.kind] !== null;
    case "tuple":
      return type.of.length > 0 && type.of.every(isSupported);
  }
}
