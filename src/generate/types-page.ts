// The manual's page of types: every supported type, and how it is written in each language and at each layer.
import type { HandleInfo, Type, TypeId } from "../model/module.js";
import type { Target, TypeColumn } from "../targets/target.js";
import { cppType, cType, hasFamily, isByValue, storedType } from "../types/derive.js";
import { registry } from "../types/registry.js";
import { templateNames, templates } from "../types/templates.js";

/** One type, or one way to derive types, with other spellings of it. */
interface Example {
  readonly type: Type;
  readonly aliases: readonly string[];
}

const row = (id: TypeId): Type => ({ kind: "row", id });
const mine = (name: string): HandleInfo => ({ name, namespace: ["myext"], doc: null, header: `myext/${name}.h` });

/** In the order of the registry. */
const rows: readonly Example[] = Object.values(registry).map(({ id, aliases }) => ({ type: row(id), aliases }));

/** Ways to derive types, each shown by an example. */
const derivations: readonly Example[] = [
  ...Object.values(registry)
    .flatMap(({ id, optional, list }): readonly Type[] => [
      ...(optional === null ? [] : [{ kind: "optional", of: row(id) } as const]),
      ...(list === null ? [] : [{ kind: "list", of: row(id) } as const]),
    ])
    .map((type) => ({ type, aliases: type.kind === "optional" ? spellingsOf("optional", type.of) : [] })),
  { type: { kind: "optional", of: row("int64") }, aliases: [] },
  { type: { kind: "list", of: row("float") }, aliases: [] },
  { type: { kind: "list", of: { kind: "optional", of: row("tensor") } }, aliases: [] },
  { type: { kind: "list", of: row("int64"), container: "arrayRef" }, aliases: ["at::IntArrayRef"] },
  { type: { kind: "list", of: row("tensor"), container: "arrayRef" }, aliases: ["at::TensorList"] },
  { type: { kind: "list", of: { kind: "optional", of: row("tensor") }, container: "list" }, aliases: [] },
  { type: { kind: "list", of: row("double"), container: "array", length: 3 }, aliases: [] },
  { type: { kind: "tuple", of: [row("tensor"), { kind: "optional", of: row("tensor") }] }, aliases: [] },
  { type: { kind: "tuple", of: [row("tensor"), row("double")], pair: true }, aliases: [] },
  { type: { kind: "dict", key: row("string"), value: row("tensor") }, aliases: [] },
  { type: { kind: "dict", key: row("int64"), value: row("string"), container: "map" }, aliases: [] },
  { type: { kind: "dict", key: row("string"), value: row("double"), container: "unorderedMap" }, aliases: [] },
  { type: { kind: "enum", decl: { ...mine("Mode"), entries: ["nearest", "linear"].map(entry) } }, aliases: [] },
  { type: { kind: "record", decl: { ...mine("Range"), fields: ["low", "high"].map(field) } }, aliases: [] },
  { type: { kind: "handle", decl: mine("Filter") }, aliases: [] },
  { type: { kind: "handle", decl: mine("Filter"), pointer: "shared" }, aliases: [] },
  { type: { kind: "handle", decl: mine("Filter"), pointer: "unique" }, aliases: [] },
  { type: { kind: "handle", decl: mine("Filter"), pointer: "intrusive" }, aliases: [] },
  {
    type: { kind: "registered", cpp: "tensor_pair", raw: "TensorPair", abi: "void*", host: "myext::tensor_pair" },
    aliases: [],
  },
];

function entry(name: string, value: number) {
  return { name, value: String(value), doc: null };
}

function field(name: string) {
  return { name, type: row("double"), spelling: "double", doc: null, default: null };
}

function spellingsOf(kind: "optional", of: Type): readonly string[] {
  return Object.entries(templates)
    .filter(([name, other]) => other === kind && name !== templateNames[kind])
    .map(([name]) => `${name}<${cppType(of)}>`);
}

function crossingOf(type: Type): string {
  if (type.kind === "handle") return "the class's own functions";
  if (type.kind === "registered") return `\`make_raw::${type.raw}\`, the person's`;
  if (isByValue(type)) return `${code(cType(type))}, by value`;
  if (hasFamily(storedType(type))) return "functions of its own";
  const form = type.kind === "row" ? registry[type.id].abi : formAbi(type);
  return form.by === "raw" ? `\`make_raw::${form.raw}\`` : "–";
}

function formAbi(type: Type) {
  const inner = type.kind === "optional" || type.kind === "list" ? type.of : type;
  const { optional, list } = inner.kind === "row" ? registry[inner.id] : { optional: null, list: null };
  return (type.kind === "optional" ? optional : list)?.abi ?? ({ by: "nothing" } as const);
}

/** The manual's page, with the columns of these targets: host languages before the C ABI, other targets after it. */
export function renderTypes(targets: readonly Target[]): string {
  const table = tableOf(targets);
  return `${[
    "# Types",
    "",
    "What may stand in the signature of an exported function, and how it stands in each language and at each layer. Types that are",
    "not here are refused with the nearest one: [TX1201](diagnostics.md#tx1201-a-type-that-cannot-be-exported). How functions are",
    "annotated is on a [page of its own](annotations.md).",
    "",
    "Every type may be passed by value or as `const T&`; objects of a class as `T&`, too. Results are returned by value. All",
    "spellings of a type are one type, `using` aliases of your own among them. `torch::optional` compiles with every libtorch,",
    "`std::optional` from 2.6 on.",
    "",
    ...table(rows),
    "",
    "## Derived",
    "",
    "Nobody registers these or writes converters for them. Each is shown by an example: what optionals, vectors, tuples, pairs,",
    "dictionaries and structs hold may be anything else that is supported, nested up to 16 levels.",
    "",
    ...table(derivations),
    "",
    "- **Views** (`at::ArrayRef`, `at::IntArrayRef`, `at::TensorList`, optional ones too) are for parameters.",
    "- **`c10::List` and `c10::Dict`** hold what the dispatcher knows: tensors, `int64_t`, `double`, `bool`, strings, and",
    "  optionals, vectors, tuples of these. Keys of all dictionaries are strings or `int64_t`.",
    "- **Enums, structs and classes** stand in a header below `csrc/include/`, which generated code includes. A struct that",
    "  braces can make and that has no annotated member crosses field by field; every other struct or class crosses behind a",
    "  handle, with the constructor and the methods that are annotated inside its body. A number that is no entry of an enum",
    "  is refused on its way in and out.",
    "- **Pointers to objects** of a class: `T&`, `const T&`, `T*` and `const T*` borrow one for the call, and are never null.",
    "  `std::shared_ptr<T>`, and `c10::intrusive_ptr<T>` of a class that derives from `torch::CustomClassHolder`, share it with the host,",
    "  both ways. A `std::unique_ptr<T>` is for results: it gives the object away. A null pointer as a result is an error; where there may be",
    "  none, `torch::optional<std::shared_ptr<T>>` says so. A raw pointer or reference as a result, whose owner nobody knows, is refused:",
    "  [TX1220](diagnostics.md#tx1220-a-pointer-or-reference-to-an-object-as-a-result).",
    "- **`std::array<T, N>`** is a list of exactly N elements: any other length is refused, with the function's and the argument's name. N is",
    "  written as a number. Elements that a default argument leaves out are zero, as in C++.",
    "- **An alias of a tuple or pair** may name its elements, in a header below `csrc/include/`: hosts get and take an object, or a named",
    '  list, in its place. `// [[torch::export(fields=c("tensor", "score"))]]` stands above `using scored = std::tuple<torch::Tensor, double>;`.',
    "- **`torch-extension type`** writes any of these with a function that it travels through, tests and a page: see",
    "  [commands](commands.md#type). Of a type of another library it writes a class that holds it, whose conversions you write.",
    "- **`register_types`** names converters of your own, as in torchexport, for the whole package and by the spelling that it gives.",
    "  It wins over derivation; such types are for R, since TypeScript does not know their converters.",
    "",
    "## At the C ABI",
    "",
    "What does not pass by value is an owning `void*`. Where `lantern/types.h` has a name for it that works both ways in R's torch,",
    "`make_raw` of that name makes it and `from_raw` reads it. Every other type has exported C functions of its own, named after what it",
    "holds, by which a host makes, reads and frees values without knowing their layout:",
    "",
    "| shape | functions |",
    "| --- | --- |",
    "| tuple, pair, struct, named tuple | `_get_0`, `_get_1`, …, `_new`, `_delete` |",
    "| optional | `_has_value`, `_get`, `_new`, `_none`, `_delete` |",
    "| vector, list | `_size`, `_get`, `_new`, `_push`, `_delete` |",
    "| dictionary | `_size`, `_key`, `_value`, `_new`, `_set`, `_delete` |",
    "| class `Filter` | `_Filter_new`, `_Filter_<method>`, `_Filter_delete` |",
    "",
    "## In the dispatcher",
    "",
    "Every function whose types have a schema is registered, so that TorchScript, Python's `torch.ops` and R's `jit_ops` find it. An enum is",
    "an integer there, `float` a double, a struct a tuple of its fields and, as a result, one result for each field. The others",
    "are named in `csrc/src/operators.cpp`, with what in their signature no schema has. Members of classes are not registered.",
    "",
    "This page is printed from the registry of types, `src/types`.",
  ].join("\n")}\n`;
}

function tableOf(targets: readonly Target[]): (examples: readonly Example[]) => readonly string[] {
  const columnsOf = (isHost: boolean) =>
    targets.filter(({ language }) => (language !== null) === isHost).flatMap(({ typeColumns = [] }) => typeColumns);
  const columns: readonly TypeColumn[] = [
    ...columnsOf(true),
    { title: "C ABI", cell: crossingOf },
    ...columnsOf(false),
  ];
  return (examples) => [
    `| ${["C++", "also written", ...columns.map(({ title }) => title)].join(" | ")} |`,
    `| ${["---", "---", ...columns.map(() => "---")].join(" | ")} |`,
    ...examples.map(({ type, aliases }) => {
      const cells = columns.map(({ cell }) => cell(type));
      return `| ${[code(cppType(type).replace(/(?<![\w>])::/gu, "")), aliases.map(code).join(", "), ...cells].join(" | ")} |`;
    }),
  ];
}

function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}
