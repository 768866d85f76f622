// The questions of `torch-extension type` and `yo torch-extension:type`.
import type { Io } from "../../io.js";
import type { Host } from "../../model/host.js";
import type { Checked, Choice } from "../../questions/questions.js";
import type { Row, Table, Value, Values } from "../../questions/table.js";
import { recordName } from "../../targets/typescript/names.js";
import type { ParameterText, Read } from "../engine/text.js";
import { asOneName, elementsOf, KINDS, lastName, pointee, readEntries, readFields, readNames } from "./answers.js";
import { defaultName, elementNames, memberProblem, twiceProblem, typeNameProblem } from "./names.js";

/** What the questions know of the package. */
export interface TypeWorld {
  readonly nativeName: string;
  readonly hosts: readonly Host[];
  /** Types that annotated functions use and bind refused. */
  readonly refused: readonly Choice[];
  /** What of the package has the name, or a name that the new type needs, already; null for nothing. */
  readonly taken: (name: string) => string | null;
  /** What bind would say of a value of the type; null for nothing. */
  readonly problem: (field: ParameterText) => string | null;
}

const accept = (value: string): Checked => ({ ok: true, value });
const refuse = (problem: string): Checked => ({ ok: false, problem });

const kinds: readonly Choice[] = [
  { value: "tuple", label: "tuple: a std::tuple whose elements get names" },
  { value: "record", label: "record: a struct that crosses field by field" },
  { value: "enum", label: "enum: entries, which hosts have as text" },
  { value: "opaque", label: "opaque: a class with state and methods, behind a handle" },
  { value: "external", label: "external: a type of another library, whose conversion you write" },
];
const directions: readonly Choice[] = [
  { value: "both", label: "both: into functions and out of them" },
  { value: "in", label: "in: into functions" },
  { value: "out", label: "out: of functions" },
];

const kindOf = (soFar: Values): string => String(soFar.get("kind"));
const typeOf = (soFar: Values): string => String(soFar.get("type"));
const oneOf =
  (flag: string, choices: readonly Choice[]) =>
  (value: string): Checked => {
    const found = choices.find((choice) => choice.value === value.toLowerCase());
    const known = choices.map((choice) => choice.value).join(", ");
    return found === undefined ? refuse(`--${flag} knows ${known}; "${value}" is none of them.`) : accept(found.value);
  };

const rows: readonly Row<TypeWorld>[] = [
  {
    id: "type",
    prompt: "C++ type",
    flag: null,
    kind: "text",
    value: "C++ type",
    choices: (_, world) => world.refused,
    help: 'a tuple ("std::tuple<torch::Tensor, double>"), the name of a struct, enum or class to write, or a type of another library',
    defaultHelp: "asked, with what annotated functions use and bind refused",
    default: () => null,
    check: (value) => (value.trim() === "" ? refuse("Which type? Write it as C++ has it.") : accept(value.trim())),
    stored: true,
  },
  {
    id: "kind",
    prompt: "Kind",
    flag: "kind",
    kind: "choice",
    value: KINDS.join("|"),
    choices: (soFar) => (elementsOf(typeOf(soFar)) === null ? kinds.slice(1) : kinds.slice(0, 1)),
    help: "what the type is",
    defaultHelp: "tuple for a std::tuple; external for a type of another namespace",
    default: (soFar, world) => {
      if (elementsOf(typeOf(soFar)) !== null) return "tuple";
      const [first = "", ...more] = pointee(typeOf(soFar)).split("::");
      const isTheirs = more.length > 0 && first !== world.nativeName;
      return isTheirs || /[*&]$|_ptr\s*</u.test(typeOf(soFar)) ? "external" : null;
    },
    check: checkKind,
    stored: true,
  },
  {
    id: "name",
    prompt: "Name",
    flag: "name",
    kind: "text",
    value: "<name>",
    help: "of the type in C++ and of its files; TypeScript makes Scored of scored",
    defaultHelp: "the last word of the type; a tuple's elements",
    default: (soFar) => {
      if (kindOf(soFar) !== "external") return defaultName(typeOf(soFar));
      return defaultName(asOneName(pointee(typeOf(soFar)))).toLowerCase();
    },
    // A struct, an enum or a class has its name already.
    asked: (soFar, world) => isNamedFreely(soFar) || !checkName(lastName(typeOf(soFar)), soFar, world).ok,
    check: checkName,
    stored: true,
  },
  {
    id: "fields",
    prompt: "Fields",
    flag: "fields",
    kind: "list",
    value: '<names>|"<name>: <type>"',
    help: 'tuple: names of its elements, behind commas; record, opaque: "x: torch::Tensor, n: int64_t = 2", repeated or behind commas',
    defaultHelp: "tuple: by type; else asked",
    applies: (soFar) => ["tuple", "record", "opaque"].includes(kindOf(soFar)),
    default: (soFar) => {
      const elements = kindOf(soFar) === "tuple" ? elementsOf(typeOf(soFar)) : null;
      return elements === null ? null : [elementNames(elements).join(", ")];
    },
    check: checkFields,
    askList: askFields,
    stored: true,
  },
  {
    id: "entries",
    prompt: "Entries",
    flag: "entries",
    kind: "list",
    value: "<name>[=<n>],…",
    help: "enum: its entries, behind commas: nearest,linear=3",
    defaultHelp: "asked",
    applies: (soFar) => kindOf(soFar) === "enum",
    default: () => null,
    check: checkEntries,
    askList: askEntries,
    stored: true,
  },
  {
    id: "include",
    prompt: "Header that declares it",
    flag: "include",
    kind: "text",
    value: "<header>",
    help: "external: what to include for the type: geo/shape.h",
    defaultHelp: "asked",
    applies: (soFar) => kindOf(soFar) === "external",
    default: () => null,
    check: (value) =>
      /^[<"]?[\w+./-]+[>"]?$/u.test(value)
        ? accept(value.replace(/^[<"]|[>"]$/gu, ""))
        : refuse(`"${value}" is no header: write it as an #include has it, geo/shape.h.`),
    stored: true,
  },
  {
    id: "as",
    prompt: "What hosts have in its place (a C++ type that crosses)",
    flag: "as",
    kind: "text",
    value: '"<C++ type>"',
    help: "external: what it is converted from and to: std::string, torch::Tensor, std::vector<double>",
    defaultHelp: "std::string",
    applies: (soFar) => kindOf(soFar) === "external",
    default: () => "std::string",
    check: (value, _, world) => {
      const problem = world.problem({ name: "from", type: value, default: null });
      return problem === null ? accept(value.trim()) : refuse(problem);
    },
    stored: true,
  },
  {
    id: "direction",
    prompt: "It travels",
    flag: "direction",
    kind: "choice",
    value: "in|out|both",
    choices: () => directions,
    help: "into functions, out of them, or both: the worked function shows it",
    defaultHelp: "both",
    default: () => "both",
    check: oneOf("direction", directions),
    stored: true,
  },
  {
    id: "tsName",
    prompt: "Name in TypeScript",
    flag: "ts-name",
    kind: "text",
    value: "<name>",
    help: "of its interface or class in TypeScript; fields are camelCase there",
    defaultHelp: "the name, in PascalCase",
    host: { name: "ts", isThere: (world) => world.hosts.includes("ts") },
    default: (soFar) => recordName({ name: String(soFar.get("name")) }),
    check: (value, soFar, world) =>
      hostNameChecked(value, soFar, world, recordName({ name: value }) === value ? null : recordName({ name: value })),
    stored: true,
  },
  {
    id: "rName",
    prompt: "Name in R",
    flag: "r-name",
    kind: "text",
    value: "<name>",
    help: "opaque, external: of the function that makes one and, behind the package's name, of its class in R; fields are as in C++",
    defaultHelp: "the name",
    host: { name: "r", isThere: (world) => world.hosts.includes("r") },
    applies: (soFar) => ["opaque", "external"].includes(kindOf(soFar)),
    default: (soFar) => String(soFar.get("name")),
    check: (value, soFar, world) => hostNameChecked(value, soFar, world, null),
    stored: true,
  },
  {
    id: "build",
    prompt: "Build now?",
    flag: "build",
    kind: "yes-no",
    help: "build the package once the files are written",
    defaultHelp: "yes",
    default: () => true,
    check: accept,
    stored: false,
  },
];

export const TYPE_TABLE: Table<TypeWorld> = {
  command: "type",
  thing: "type",
  summary:
    "Adds a type to a package: its C++, a function that it travels through, a test for each host language, a page. Tuples, structs, " +
    "enums and classes need no converters; of a type of another library, the conversion alone is yours to write.",
  rows,
  notes: [
    'Example: torch-extension type "std::tuple<torch::Tensor, double>" --kind tuple --name scored --fields tensor,score --yes',
    "The files are yours from then on.",
  ],
};

function checkKind(value: string, soFar: Values): Checked {
  const known = oneOf("kind", kinds)(value);
  if (!known.ok) return known;
  const isTuple = elementsOf(typeOf(soFar)) !== null;
  if (known.value === "tuple" && !isTuple) {
    return refuse(`"${typeOf(soFar)}" is no tuple: write "std::tuple<torch::Tensor, double>", say.`);
  }
  if (known.value !== "tuple" && isTuple)
    return refuse(`"${typeOf(soFar)}" is a tuple: --kind tuple names its elements.`);
  return known;
}

const isNamedFreely = (soFar: Values): boolean => ["tuple", "external"].includes(kindOf(soFar));

function checkName(name: string, soFar: Values, world: TypeWorld): Checked {
  const problemOf = (one: string): string | null => {
    const taken = typeNameProblem(one) ?? world.taken(one);
    if (taken !== null || isNamedFreely(soFar)) return taken;
    const written = lastName(typeOf(soFar));
    // Where its own name cannot be had, another one is given.
    const isFree = typeNameProblem(written) === null && world.taken(written) === null;
    return written === one || !isFree
      ? null
      : `The type is written ${written}, and would be named ${one}: write --name ${written}, or leave it out.`;
  };
  const problem = problemOf(name);
  if (problem === null) return accept(name);
  if (problem.includes("--name")) return refuse(problem);
  const base = name.replace(/\W+/gu, "_").replace(/^[_\d]+|_+$/gu, "") || "my_type";
  const fresh = [
    base,
    `${base}_type`,
    `${world.nativeName}_${base}`,
    ...Array.from({ length: 20 }, (_, i) => `${base}${i + 2}`),
  ];
  const free = fresh.find((one) => typeNameProblem(one) === null && world.taken(one) === null);
  return refuse(`${problem} Try ${free ?? `${base}_type`}.`);
}

/** A name in one host: as the type's own, but that a host may call it what its C++ name is. `mended` is what has to be written. */
function hostNameChecked(name: string, soFar: Values, world: TypeWorld, mended: string | null): Checked {
  const own = String(soFar.get("name"));
  if (name === own || name === recordName({ name: own })) return accept(name);
  const problem = typeNameProblem(name) ?? world.taken(name);
  if (problem !== null) return refuse(`${problem} Try ${name}Type, or leave it out.`);
  return mended === null ? accept(name) : refuse(`"${name}" would be ${mended} there: write that.`);
}

function checkFields(text: string, soFar: Values, world: TypeWorld): Checked {
  return kindOf(soFar) === "tuple" ? checkElements(text, soFar, world) : checkMembers(text, soFar, world);
}

function checkElements(text: string, soFar: Values, world: TypeWorld): Checked {
  const elements = elementsOf(typeOf(soFar)) ?? [];
  const names = readNames([text]);
  if (names.length !== elements.length) {
    return refuse(
      `The tuple has ${elements.length} elements, and "${text}" names ${names.length}: ${elementNames(elements).join(",")}, say.`,
    );
  }
  for (const [i, name] of names.entries()) {
    const problem = memberProblem(name) ?? elementProblem(name, elements[i] ?? "", soFar, world);
    if (problem !== null) return refuse(problem);
  }
  const twice = twiceProblem(names);
  return twice === null ? accept(names.join(", ")) : refuse(twice);
}

function elementProblem(name: string, type: string, soFar: Values, world: TypeWorld): string | null {
  return recursion(type, soFar) ?? world.problem({ name, type, default: null });
}

/** A type that holds itself. */
function recursion(type: string, soFar: Values): string | null {
  const name = String(soFar.get("name"));
  if (!new RegExp(`\\b${name}\\b`, "u").test(type)) return null;
  return (
    `"${type}" holds values of ${name} itself: a type that crosses by what it holds would have no end here. ` +
    "Keep the tree in a class of yours (--kind opaque) that holds it in a private member, and let methods walk it."
  );
}

function checkMembers(text: string, soFar: Values, world: TypeWorld): Checked {
  const read = readFields([text]);
  if (!read.ok) return refuse(read.problem);
  for (const field of read.value) {
    const problem = memberProblem(field.name) ?? recursion(field.type, soFar) ?? world.problem(field);
    if (problem !== null) return refuse(problem);
  }
  const twice = twiceProblem(read.value.map((field) => field.name));
  return twice === null ? accept(text.trim()) : refuse(twice);
}

function checkEntries(text: string): Checked {
  const read = readEntries([text]);
  if (!read.ok) return refuse(read.problem);
  const names = read.value.map((entry) => entry.name);
  const problem = names.map(memberProblem).find((one) => one !== null) ?? twiceProblem(names);
  return problem == null ? accept(text.trim()) : refuse(problem);
}

async function askText(
  io: Io,
  name: string,
  message: string,
  offer: string,
  check: (text: string) => Checked,
): Promise<string> {
  const validate = (typed: unknown): true | string => {
    const result = check(String(typed ?? "").trim());
    return result.ok || result.problem;
  };
  const usual = offer === "" ? {} : { default: offer };
  return String((await io.prompt([{ type: "input", name, message, validate, ...usual }]))[name] ?? "").trim();
}

const keptTexts = (offer: Value | null): readonly string[] =>
  Array.isArray(offer) ? (offer as readonly string[]) : [];

async function askFields(offer: Value | null, soFar: Values, world: TypeWorld, io: Io): Promise<readonly string[]> {
  const kept = keptTexts(offer);
  if (kindOf(soFar) === "tuple") {
    const elements = (elementsOf(typeOf(soFar)) ?? []).join(", ");
    return [
      await askText(io, "fields", `Names of its elements (${elements})`, kept.join(", "), (text) =>
        checkFields(text, soFar, world),
      ),
    ];
  }
  const texts = [...kept];
  for (;;) {
    const said = texts.length === 0 ? "" : ` (${texts.join("; ")})`;
    const check = (text: string): Checked => {
      if (text === "" && texts.length > 0) return accept(text);
      const read = checkFields(text, soFar, world);
      const twice = read.ok ? twiceProblem(allFields([...texts, text]).map((field) => field.name)) : null;
      return twice === null ? read : refuse(twice);
    };
    const text = await askText(
      io,
      "field",
      `${texts.length === 0 ? "First field" : "Next field"}${said}, as "x: torch::Tensor"${texts.length === 0 ? "" : ", or nothing"}`,
      "",
      check,
    );
    if (text === "") return texts;
    texts.push(text);
  }
}

function allFields(texts: readonly string[]): readonly ParameterText[] {
  const read: Read<readonly ParameterText[]> = readFields(texts);
  return read.ok ? read.value : [];
}

async function askEntries(offer: Value | null, _soFar: Values, _world: TypeWorld, io: Io): Promise<readonly string[]> {
  return [await askText(io, "entries", "Entries, behind commas", keptTexts(offer).join(", "), checkEntries)];
}
