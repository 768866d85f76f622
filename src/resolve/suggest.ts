// What to write instead of a type that is not supported.
import { nearest } from "../names/nearest.js";
import { isOpen, registry, templates } from "../types/registry.js";

/** A supported spelling, and why it is the one. */
export interface Suggestion {
  readonly spelling: string;
  readonly note?: string;
}

const integer: Suggestion = { spelling: "int64_t", note: "Integers cross with 64 bits, as libtorch has them." };
const real: Suggestion = { spelling: "double", note: "Floating-point numbers cross as double, as libtorch has them." };
const text: Suggestion = {
  spelling: "std::string",
  note: "Text crosses as a string of its own, since a pointer would not outlive the call.",
};
const tensors: Suggestion = {
  spelling: "std::vector<torch::Tensor>",
  note: "A list crosses as a vector of its own, since a view would not outlive the call.",
};
const numbers: Suggestion = {
  spelling: "torch::Tensor",
  note: "Lists of numbers cross as a one-dimensional tensor for now.",
};

/** By the last part of the name. */
const equivalents: Readonly<Record<string, Suggestion>> = {
  ...Object.fromEntries(
    [
      "int",
      "long",
      "short",
      "unsigned",
      "signed",
      "long int",
      "long long",
      "long long int",
      "unsigned int",
      "unsigned long",
      "unsigned long long",
      "size_t",
      "ssize_t",
      "ptrdiff_t",
    ].map((name) => [name, integer]),
  ),
  ...Object.fromEntries(
    [8, 16, 32, 64].flatMap((bits) => [
      [`int${bits}_t`, integer],
      [`uint${bits}_t`, integer],
    ]),
  ),
  float: real,
  "long double": real,
  "std::float_t": real,
  char: text,
  string_view: text,
  basic_string: text,
  ArrayRef: tensors,
  TensorList: tensors,
  ITensorListRef: tensors,
  List: tensors,
  array: tensors,
  list: tensors,
  deque: tensors,
  span: tensors,
  initializer_list: tensors,
  IntArrayRef: numbers,
  OptionalIntArrayRef: numbers,
  valarray: numbers,
  pair: { spelling: "std::tuple", note: "A pair crosses as a tuple of two." },
  void: { spelling: "torch::Tensor", note: "A function without a result cannot be exported yet." },
  Scalar: real,
  half: real,
  Half: real,
  BFloat16: real,
  TensorBase: { spelling: "torch::Tensor" },
  Variable: { spelling: "torch::Tensor" },
  nullopt_t: { spelling: "torch::optional<torch::Tensor>" },
};

const rows = Object.values(registry).filter((row) => isOpen(row.id));
const spellings = [...rows.map((row) => row.cpp), ...Object.keys(templates).filter((name) => name !== "std::optional")];

/** The supported spelling that is nearest in meaning, else in letters; null where there is none. */
export function suggest(name: string): Suggestion | null {
  const bare = name.replace(/^::/, "");
  const last = bare.split("::").at(-1) ?? bare;
  for (const key of [bare, last]) {
    const known = Object.hasOwn(equivalents, key) ? equivalents[key] : undefined;
    if (known !== undefined) return known;
  }
  const same = spellings.find((spelling) => spelling.split("::").at(-1) === last);
  const near =
    same ??
    nearest(bare, spellings) ??
    spellingOf(
      nearest(
        last,
        spellings.map((spelling) => spelling.split("::").at(-1) ?? ""),
      ),
    );
  return near === null || near === undefined ? null : { spelling: near };
}

function spellingOf(last: string | null): string | null {
  return last === null ? null : (spellings.find((spelling) => spelling.split("::").at(-1) === last) ?? null);
}

/** Every supported spelling, for a message. */
export const supportedSpellings: readonly string[] = [
  ...rows.map((row) => row.cpp),
  ...[registry.tensor.optional?.cpp, registry.tensor.list?.cpp].filter((cpp) => cpp !== undefined),
  "std::tuple",
];
