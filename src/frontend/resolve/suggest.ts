// What to write instead of a type that is not supported.
import { nearest } from "../../naming/nearest.js";
import { registry } from "../../types/registry.js";
import { templateNames } from "../../types/templates.js";

/** A supported spelling, and why it is the one. */
export interface Suggestion {
  readonly spelling: string;
  readonly note?: string;
}

const integer: Suggestion = { spelling: "int64_t", note: "Integers cross with 32 or 64 bits and a sign." };
const real: Suggestion = { spelling: "double" };
const text: Suggestion = {
  spelling: "std::string",
  note: "Text crosses as a string of its own, since a pointer would not outlive the call.",
};
const list: Suggestion = { spelling: "std::vector" };
const dictionary: Suggestion = { spelling: "std::unordered_map" };

/** By the last part of the name. */
const equivalents: Readonly<Record<string, Suggestion>> = {
  ...Object.fromEntries(
    [
      ...["long", "short", "unsigned", "signed", "long int", "long long", "long long int", "unsigned int"],
      ...["unsigned long", "unsigned long long", "size_t", "ssize_t", "ptrdiff_t", "SymInt"],
      ...[8, 16].map((bits) => `int${bits}_t`),
      ...[8, 16, 32, 64].map((bits) => `uint${bits}_t`),
    ].map((name) => [name, integer]),
  ),
  "long double": real,
  "std::float_t": real,
  char: text,
  string_view: text,
  basic_string: text,
  ...Object.fromEntries(
    ["array", "list", "deque", "span", "initializer_list", "valarray", "set", "unordered_set"].map((name) => [
      name,
      list,
    ]),
  ),
  ITensorListRef: { spelling: "std::vector<torch::Tensor>" },
  SymIntArrayRef: { spelling: "std::vector<int64_t>" },
  OptionalIntArrayRef: { spelling: "torch::optional<at::IntArrayRef>" },
  OrderedDict: dictionary,
  multimap: dictionary,
  half: real,
  Half: real,
  BFloat16: real,
  complex: { spelling: "torch::Scalar", note: "A complex number crosses as a Scalar, many of them as a tensor." },
  variant: { spelling: "torch::Scalar", note: "Of alternatives, those of numbers cross; others want a function each." },
  TensorBase: { spelling: "torch::Tensor" },
  Variable: { spelling: "torch::Tensor" },
  TensorOptions: { spelling: "torch::ScalarType", note: "Take dtype, device and layout as parameters of their own." },
  nullopt_t: { spelling: "torch::optional<torch::Tensor>" },
  weak_ptr: { spelling: "std::shared_ptr" },
  auto_ptr: { spelling: "std::unique_ptr" },
  "c10::weak_intrusive_ptr": { spelling: "c10::intrusive_ptr" },
};

const spellings = [
  ...Object.values(registry).map((row) => row.cpp),
  ...Object.values(templateNames),
  ...["at::IntArrayRef", "at::TensorList"],
];

/** The supported spelling that is nearest in meaning, else in letters; null where there is none. */
export function suggest(name: string): Suggestion | null {
  const bare = name.replace(/^::/, "");
  const last = bare.split("::").at(-1) ?? bare;
  for (const key of [bare, last]) {
    const known = Object.hasOwn(equivalents, key) ? equivalents[key] : undefined;
    if (known !== undefined) return known;
  }
  // What stands in somebody's own namespace is no slip of the pen.
  if (/^(?!(?:std|torch|at|c10)::)\w+::/u.test(bare)) return null;
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
