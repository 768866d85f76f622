// The C++ of a new type: its header below csrc/include, and the annotated function that a value of it travels through.
import { freshName } from "../../naming/words.js";
import { elementsOf, pointee, type TypeAnswers } from "./answers.js";

export interface TypePlace {
  readonly nativeName: string;
  /** Whether torchexport laid the package out. */
  readonly switched: boolean;
  /** Headers of the package's own types inside it, as they are included. */
  readonly headers?: readonly string[];
}

/** Where the files lie. */
export function typePaths(name: string, nativeName: string) {
  return {
    header: `csrc/include/${nativeName}/types/${name}.h`,
    source: `csrc/src/types/${name}.cpp`,
    page: `docs/types/${name}.md`,
    tsTest: `test/${name}.test.ts`,
    rTest: `tests/testthat/test-${name}.R`,
    ts: `ts/types/${name}.ts`,
    r: `R/type-${name}.R`,
  } as const;
}

/** The function that the type travels through. */
export function travellerOf({ name, direction }: Pick<TypeAnswers, "name" | "direction">): string {
  return `${name}_${{ both: "pass", in: "parts", out: "make" }[direction]}`;
}

const standard: readonly (readonly [pattern: RegExp, header: string])[] = [
  [/\bint\d+_t\b/u, "<cstdint>"],
  [/\bstd::map\b/u, "<map>"],
  [/\bstd::string\b/u, "<string>"],
  [/\bstd::(?:tuple|pair)\b/u, "<tuple>"],
  [/\bstd::unordered_map\b/u, "<unordered_map>"],
  [/\bstd::(?:pair|move)\b/u, "<utility>"],
  [/\bstd::vector\b/u, "<vector>"],
  [/\bstd::shared_ptr\b/u, "<memory>"],
  [/\bstd::runtime_error\b/u, "<stdexcept>"],
];

/** The includes that a text needs, in two groups. */
function includes(text: string, own: readonly string[], { switched }: TypePlace): readonly string[] {
  const torch = switched ? "<torch/torch.h>" : "<torch_extension/tensor.h>";
  const needed = standard.filter(([pattern]) => pattern.test(text)).map(([, header]) => header);
  return [
    `#include ${torch}`,
    ...own.map((header) => `#include <${header}>`),
    "",
    ...needed.sort().map((header) => `#include ${header}`),
    ...(needed.length > 0 ? [""] : []),
  ];
}

export function typeHeader(answers: TypeAnswers, place: TypePlace): string {
  const body = [
    `namespace ${place.nativeName} {`,
    "",
    ...typeDeclaration(answers, place),
    "",
    `}  // namespace ${place.nativeName}`,
  ];
  const own = [...(answers.kind === "external" ? [answers.include] : []), ...(place.headers ?? [])];
  return `${["#pragma once", "", ...includes(body.join("\n"), own, place), ...body, ...conventions(answers)].join("\n")}\n`;
}

/** What the header defines. */
export function typeDeclaration(answers: TypeAnswers, place: TypePlace): readonly string[] {
  const { cpp, kind, name, names, fields, entries } = answers;
  const named = namedInHosts(answers, place);
  const annotation = named.length === 0 ? [] : [`// [[torch::export(${named.join(", ")})]]`];
  switch (kind) {
    case "tuple":
      return [
        "/// A tuple to C++; hosts have its elements by name.",
        `// [[torch::export(${[`fields=c(${names.map((one) => `"${one}"`).join(", ")})`, ...named].join(", ")})]]`,
        `using ${name} = ${cpp};`,
      ];
    case "record":
      return [
        "/// Crosses field by field: each host has an object, or a named list, of these.",
        ...annotation,
        `struct ${name} {`,
        ...fields.map(
          (field) => `  ${field.type} ${field.name}${field.default === null ? "" : ` = ${field.default}`};`,
        ),
        "};",
      ];
    case "enum":
      return [
        "/// Hosts have an entry as text; a number that is none is refused on both ways.",
        ...annotation,
        `enum class ${name} {`,
        ...entries.map((entry) => `  ${entry.name}${entry.value === null ? "" : ` = ${entry.value}`},`),
        "};",
      ];
    case "opaque":
      return opaque(answers, annotation);
    case "external":
      return external(answers, annotation);
  }
}

/**
 * Arguments of the annotation that says what hosts call the type. In a package that switched, it also says that what torchexport passed
 * on unchanged is derived.
 */
function namedInHosts({ kind, name, hostNames }: TypeAnswers, { switched }: TypePlace): readonly string[] {
  const { typescript } = hostNames;
  const r = switched && kind !== "tuple" ? (hostNames.r ?? name) : hostNames.r;
  return [...(typescript === null ? [] : [`typescript="${typescript}"`]), ...(r === null ? [] : [`r="${r}"`])];
}

/** The method of a worked class that changes its state. */
export const touchName = ({ fields }: Pick<TypeAnswers, "fields">): string =>
  freshName("touch", new Set(fields.map((field) => field.name)));

function opaque({ name, fields }: TypeAnswers, annotation: readonly string[]): readonly string[] {
  const touch = touchName({ fields });
  const parameters = fields.map(
    (field) => `${field.type} ${field.name}${field.default === null ? "" : ` = ${field.default}`}`,
  );
  const explicit = fields.length === 1 || fields.slice(1).every((field) => field.default !== null) ? "explicit " : "";
  return [
    "/// An object with state: it stays in C++, and crosses behind a handle that its host frees.",
    ...annotation,
    `class ${name} {`,
    " public:",
    "  /// Makes one.",
    "  // [[torch::export]]",
    `  ${explicit}${name}(${parameters.join(", ")})`,
    `      : ${fields.map((field) => `${field.name}_(std::move(${field.name}))`).join(", ")} {}`,
    "",
    ...fields.flatMap((field) => [
      `  /// @returns the ${field.name} that it was made with`,
      "  // [[torch::export]]",
      `  ${field.type} ${field.name}() const { return ${field.name}_; }`,
      "",
    ]),
    "  /// Changes its state, as a method of yours will.",
    "  /// @returns how often it was called",
    "  // [[torch::export]]",
    `  int64_t ${touch}() { return ++${touch}_; }`,
    "",
    " private:",
    ...fields.map((field) => `  ${field.type} ${field.name}_;`),
    `  int64_t ${touch}_ = 0;`,
    "};",
  ];
}

function external({ cpp, name, as }: TypeAnswers, annotation: readonly string[]): readonly string[] {
  const held = pointee(cpp);
  return [
    `/// A ${held} behind a handle, which shares in owning it. Hosts make it of, and turn it into, a value of ${as}.`,
    ...annotation,
    `class ${name} {`,
    " public:",
    "  /// Converts what a host has.",
    "  // [[torch::export]]",
    `  explicit ${name}(const ${as}& from);`,
    "",
    `  explicit ${name}(std::shared_ptr<${held}> value) : value_(std::move(value)) {}`,
    "",
    "  /// @returns what hosts have in its place",
    "  // [[torch::export]]",
    `  ${as} to_host() const;`,
    "",
    "  /// The library's own object.",
    `  ${held}& get() const { return *value_; }`,
    "",
    " private:",
    `  std::shared_ptr<${held}> value_;`,
    "};",
  ];
}

/** What code that crosses by hand calls, as torchexport's conventions have it. */
function conventions({ cpp, kind, name }: TypeAnswers): readonly string[] {
  if (kind !== "external") return [];
  const held = pointee(cpp);
  return [
    "",
    `// A new handle of it, what a handle holds, and what frees one: the generated C function is _${name}_delete.`,
    "namespace make_raw {",
    `void* ${name}(std::shared_ptr<${held}> value);`,
    "}  // namespace make_raw",
    "namespace from_raw {",
    `${held}& ${name}(void* raw);`,
    "}  // namespace from_raw",
    "namespace delete_raw {",
    `void ${name}(void* raw);`,
    "}  // namespace delete_raw",
  ];
}

export function typeSource(answers: TypeAnswers, place: TypePlace): string {
  const { nativeName } = place;
  const { header } = typePaths(answers.name, nativeName);
  const body = [
    `namespace ${nativeName} {`,
    "",
    ...(answers.kind === "external" ? conversions(answers, nativeName) : []),
    ...traveller(answers),
    "",
    `}  // namespace ${nativeName}`,
  ];
  const text = body.join("\n");
  const needed = standard.filter(([pattern]) => pattern.test(text)).map(([, one]) => `#include ${one}`);
  const own = header.slice("csrc/include/".length);
  const lines = [
    `#include <${own}>`,
    "",
    ...(answers.kind === "external" && !place.switched ? ["#include <torch_extension/objects.h>", ""] : []),
    ...needed.sort(),
    ...(needed.length > 0 ? [""] : []),
    ...body,
    ...(answers.kind === "external" ? rawFunctions(answers, place) : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** What both conversions of an external type throw until they are written. */
export const notWritten = "is yours to write";

function conversions({ cpp, name, as }: TypeAnswers, nativeName: string): readonly string[] {
  const { source } = typePaths(name, nativeName);
  const place = `" ${notWritten}: ${source}:" + std::to_string(__LINE__)`;
  return [
    `// Make a ${pointee(cpp)} of what the host has, and keep it in value_.`,
    `${name}::${name}(const ${as}& /*from*/) {`,
    `  throw std::runtime_error(std::string("The conversion of ${as} to ${pointee(cpp)}") + ${place});`,
    "}",
    "",
    `// The other way: what a host is to have of get().`,
    `${as} ${name}::to_host() const {`,
    `  throw std::runtime_error(std::string("The conversion of ${pointee(cpp)} to ${as}") + ${place});`,
    "}",
    "",
  ];
}

function rawFunctions({ cpp, name }: TypeAnswers, { nativeName, switched }: TypePlace): readonly string[] {
  const held = pointee(cpp);
  const own = `::${nativeName}::${name}`;
  const shared = `std::shared_ptr<${own}>`;
  const [make, from, free] = switched
    ? [
        `new ${shared}(std::make_shared<${own}>(std::move(value)))`,
        `(*static_cast<${shared}*>(raw))->get()`,
        `delete static_cast<${shared}*>(raw)`,
      ]
    : [
        `tx::checked::own(new ${own}(std::move(value)), "make_raw::${name}")`,
        `tx::checked::object<${own}>(raw, "from_raw::${name}", "raw").get()`,
        `tx::checked::disown<${own}>(raw)`,
      ];
  return [
    "",
    "namespace make_raw {",
    `void* ${name}(std::shared_ptr<${held}> value) {`,
    `  return ${make};`,
    "}",
    "}  // namespace make_raw",
    "",
    "namespace from_raw {",
    `${held}& ${name}(void* raw) {`,
    `  return ${from};`,
    "}",
    "}  // namespace from_raw",
    "",
    "namespace delete_raw {",
    `void ${name}(void* raw) { ${free}; }`,
    "}  // namespace delete_raw",
  ];
}

const small = /^(?:bool|double|float|(?:std::)?int(?:\d+_t)?)$/u;
const byReference = (type: string): string => (small.test(type) ? type : `const ${type}&`);

/** The exported function. */
function traveller(answers: TypeAnswers): readonly string[] {
  const { name, kind, direction } = answers;
  const called = travellerOf(answers);
  const parts = partsIn(answers);
  const single = parts.length === 1 ? parts[0] : undefined;
  const of = single?.type ?? `std::tuple<${parts.map((part) => part.type).join(", ")}>`;
  const isEnum = kind === "enum";
  switch (direction) {
    case "both":
      return [
        `/// Gives back the ${name} that it is given.`,
        `/// @param x a ${name}`,
        "/// @returns the same",
        "// [[torch::export]]",
        `${name} ${called}(${isEnum ? name : `const ${name}&`} x) { return x; }`,
      ];
    case "in": {
      const read = parts.map((part) => part.read);
      const value = single === undefined ? `${of}(${read.join(", ")})` : (read[0] ?? "");
      return [
        `/// What a ${name} holds.`,
        `/// @param x a ${name}`,
        "/// @returns its parts, in order",
        "// [[torch::export]]",
        `${of} ${called}(${isEnum ? name : `const ${name}&`} x) { return ${value}; }`,
      ];
    }
    case "out": {
      const made = isEnum ? `static_cast<${name}>(${parts[0]?.name})` : `${name}${kind === "record" ? "{" : "("}`;
      const close = isEnum ? "" : kind === "record" ? "}" : ")";
      const given = isEnum ? "" : parts.map((part) => part.name).join(", ");
      return [
        `/// Makes a ${name} of what it holds.`,
        "// [[torch::export]]",
        `${name} ${called}(${parts.map((part) => `${byReference(part.type)} ${part.name}`).join(", ")}) {`,
        `  return ${made}${given}${close};`,
        "}",
      ];
    }
  }
}

interface Part {
  readonly name: string;
  readonly type: string;
  /** How it is read of `x`. */
  readonly read: string;
}

/** What a value of the type is made of. */
function partsIn({ kind, cpp, names, fields, as }: TypeAnswers): readonly Part[] {
  switch (kind) {
    case "tuple":
      return (elementsOf(cpp) ?? []).map((type, i) => ({ name: names[i] ?? "", type, read: `std::get<${i}>(x)` }));
    case "record":
      return fields.map(({ name, type }) => ({ name, type, read: `x.${name}` }));
    case "opaque":
      return fields.map(({ name, type }) => ({ name, type, read: `x.${name}()` }));
    case "enum":
      return [{ name: "value", type: "int64_t", read: "static_cast<int64_t>(x)" }];
    case "external":
      return [{ name: "from", type: as, read: "x.to_host()" }];
  }
}
