// The questions of `torch-extension function` and `yo torch-extension:function`.

import { functionSymbol, systemSymbols, windowsSymbols } from "../../c-abi/names.js";
import type { Io } from "../../io.js";
import { isPortableIdentifier } from "../../naming/identifier.js";
import { isWindowsDevice, reservedWords } from "../../naming/reserved.js";
import type { Checked, Choice } from "../../questions/questions.js";
import type { Row, Table, Value, Values } from "../../questions/table.js";
import { rName } from "../../targets/r/names.js";
import { functionName } from "../../targets/typescript/names.js";
import { type ParameterText, type ResultText, readParameter, readResults } from "../engine/text.js";

/** What the questions know of the package. */
export interface FunctionWorld {
  /** Names of the functions that are exported, but for those that this command added with the one of that name. */
  readonly functionsBut: (name: string) => readonly string[];
  /** Whether a file lies in the package that this command did not write for a function of the name. */
  readonly isTaken: (path: string, name: string) => boolean;
  /** Types that can be picked. */
  readonly types: readonly Choice[];
  /** What bind would say of a parameter, of results; null for nothing. */
  readonly parameterProblem: (parameter: ParameterText) => string | null;
  readonly resultsProblem: (results: readonly ResultText[]) => string | null;
}

const accept = (value: string): Checked => ({ ok: true, value });
const refuse = (problem: string): Checked => ({ ok: false, problem });

const backends: readonly Choice[] = [
  { value: "cpu", label: "the CPU" },
  { value: "cpu,cuda", label: "the CPU and CUDA" },
];

const noDefault = "";
/** What stands for «none of these» among types. */
const OTHER = "\u0000other";

const rows: readonly Row<FunctionWorld>[] = [
  {
    id: "name",
    prompt: "Name of the function, in C++",
    flag: null,
    kind: "text",
    value: "name",
    help: "of the function in C++ and R, such as scale_add; TypeScript makes scaleAdd of it",
    defaultHelp: "asked",
    default: () => null,
    check: (value, _, world) => checkName(value, world),
    stored: true,
  },
  {
    id: "param",
    prompt: "Parameters",
    flag: "param",
    kind: "list",
    value: '"<name>: <type> [= <default>]"',
    help: 'a parameter: "x: torch::Tensor", "n: int64_t = 2"; once for each, in the order of C++',
    defaultHelp: "none",
    default: () => [],
    check: (value, _, world) => checkParameter(value, world),
    stored: true,
    askList: (offer, _, world, io) => askParameters(offer, world, io),
  },
  {
    id: "returns",
    prompt: "Results",
    flag: "returns",
    kind: "list",
    value: '"[<name>:] <type>"',
    help: 'a result: "out: torch::Tensor", a type alone, or void; several with names, repeated or behind commas',
    defaultHelp: "out: torch::Tensor",
    default: () => ["out: torch::Tensor"],
    check: (value, _, world) => checkResults(value, world),
    stored: true,
    askList: (offer, _, world, io) => askResults(offer, world, io),
  },
  {
    id: "backend",
    prompt: "Kernels for",
    flag: "backend",
    kind: "choice",
    value: "cpu|cpu,cuda",
    choices: () => backends,
    help: "what it runs on; with cuda, a kernel of each is registered",
    defaultHelp: "cpu",
    default: () => "cpu",
    check: checkBackend,
    stored: true,
  },
  {
    id: "differentiable",
    prompt: "With gradients of its own (an autograd function)?",
    flag: "differentiable",
    kind: "yes-no",
    help: "write an autograd function, and test it by finite differences",
    defaultHelp: "no",
    default: () => false,
    check: accept,
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

export const FUNCTION_TABLE: Table<FunctionWorld> = {
  command: "function",
  thing: "function",
  summary:
    "Adds an operator to a package: the annotated C++ with a body that works, kernels for each backend, an autograd function, " +
    "tests for each host language, a page. Then binds and builds.",
  rows,
  notes: [
    'Example: torch-extension function scale_add --param "x: torch::Tensor" --param "n: int64_t = 2" --returns "out: torch::Tensor" --backend cpu,cuda --differentiable --yes',
    "The files are yours from then on: replace the body by your own. Types are those of the manual, and what the package declares itself.",
  ],
};

function checkName(name: string, world: FunctionWorld): Checked {
  if (!isPortableIdentifier(name) || name.startsWith("_")) {
    const mended = name.replace(/\W+/gu, "_").replace(/^[_\d]+|_+$/gu, "");
    const hint = isPortableIdentifier(mended) ? ` Try ${free(mended, world)}.` : " Try scale_add, say.";
    return refuse(`"${name}" is no name of a function in every language: letters, digits, underscores.${hint}`);
  }
  const problem = nameProblem(name, world);
  return problem === null ? accept(name) : refuse(`${problem} Try ${free(name, world)}.`);
}

function nameProblem(name: string, world: FunctionWorld): string | null {
  const language = languageOf(name);
  if (language !== null) return `"${name}" is a word that ${language} keeps for itself.`;
  if (systemSymbols.has(functionSymbol(name)) || windowsSymbols.has(functionSymbol(name))) {
    return `"${name}" cannot be a function here: its C symbol, ${functionSymbol(name)}, is one of the system's.`;
  }
  const [inTypescript, inR] = [functionName({ name, hostName: null }), rName(name)];
  const other = world
    .functionsBut(name)
    .find((one) => one === name || functionName({ name: one, hostName: null }) === inTypescript || rName(one) === inR);
  if (other !== undefined) {
    return other === name
      ? `The package has a function "${name}" already.`
      : `"${name}" and the function "${other}" of the package would have one name in TypeScript or R.`;
  }
  if (isWindowsDevice(name)) return `"${name}" is a device on Windows, where no file can have that name.`;
  const taken = [`csrc/src/${name}.cpp`, `test/${name}.test.ts`, `tests/testthat/test-${name}.R`].find((path) =>
    world.isTaken(path, name),
  );
  return taken === undefined ? null : `${taken} is there already, and belongs to something else.`;
}

/** A name like this one that nothing stands against. */
function free(name: string, world: FunctionWorld): string {
  const candidates = [name, `${name}_op`, ...Array.from({ length: 50 }, (_, i) => `${name}${i + 2}`)];
  return candidates.find((one) => nameProblem(one, world) === null) ?? `${name}_op`;
}

const languages = { cpp: "C++", typescript: "TypeScript", r: "R" } as const;

function languageOf(name: string): string | null {
  for (const key of ["cpp", "typescript", "r"] as const) if (reservedWords[key].has(name)) return languages[key];
  return null;
}

function wordProblem(name: string): string | null {
  const language = languageOf(name);
  return language === null
    ? null
    : `"${name}" is a word that ${language} keeps for itself. Try ${name}_, or ${name}_value.`;
}

function checkParameter(text: string, world: FunctionWorld): Checked {
  const read = readParameter(text);
  if (!read.ok) return refuse(read.problem);
  const problem = wordProblem(read.value.name) ?? world.parameterProblem(read.value);
  return problem === null ? accept(spellParameter(read.value)) : refuse(problem);
}

const spellParameter = ({ name, type, default: value }: ParameterText): string =>
  `${name}: ${type}${value === null ? "" : ` = ${value}`}`;

function checkResults(text: string, world: FunctionWorld): Checked {
  const read = readResults([text]);
  if (!read.ok) return refuse(read.problem);
  const word = read.value.map(({ name }) => (name === null ? null : wordProblem(name))).find((one) => one !== null);
  const problem = word ?? world.resultsProblem(read.value);
  return problem === null ? accept(text.trim()) : refuse(problem);
}

function checkBackend(value: string): Checked {
  const named = new Set(value.split(",").map((one) => one.trim().toLowerCase()));
  const known = ["cpu", "cuda"];
  if (![...named].every((one) => known.includes(one))) {
    return refuse(`--backend knows cpu and cpu,cuda; "${value}" is neither.`);
  }
  // A kernel of CUDA alone could not be tested where there is no GPU.
  return accept(named.has("cuda") ? "cpu,cuda" : "cpu");
}

async function askText(
  io: Io,
  name: string,
  message: string,
  validate: (text: string) => string | null,
): Promise<string> {
  const replies = await io.prompt([
    { type: "input", name, message, validate: (typed) => validate(String(typed ?? "").trim()) ?? true },
  ]);
  return String(replies[name] ?? "").trim();
}

async function askType(
  io: Io,
  world: FunctionWorld,
  name: string,
  message: string,
  first: readonly Choice[],
  problem: (type: string) => string | null,
): Promise<string> {
  const choices = [...first, ...world.types].map(({ label, value }) => ({ name: label, value }));
  const replies = await io.prompt([
    { type: "select", name, message, choices: [...choices, { name: "another, which I type", value: OTHER }] },
  ]);
  if (replies[name] !== OTHER) return String(replies[name] ?? "");
  return askText(io, `${name}Text`, `${message}, as C++`, problem);
}

/** A parameter after the other: name, type from the registry, default; until no name is typed. */
async function askParameters(offer: Value | null, world: FunctionWorld, io: Io): Promise<readonly string[]> {
  const kept = Array.isArray(offer) ? (offer as readonly string[]) : [];
  if (kept.length > 0) {
    const replies = await io.prompt([
      { type: "confirm", name: "keepParameters", message: `Parameters as before (${kept.join("; ")})?`, default: true },
    ]);
    if (replies.keepParameters !== false) return kept;
  }
  const texts: string[] = [];
  const names = new Set<string>();
  const nameOf = (text: string): string | null => {
    if (text === "") return null;
    if (names.has(text)) return `There is a parameter "${text}" already.`;
    if (!isPortableIdentifier(text)) return "A name is letters, digits and underscores, no digit first.";
    return wordProblem(text);
  };
  for (;;) {
    const which = texts.length === 0 ? "First parameter" : "Next parameter";
    const name = await askText(io, "parameterName", `${which}: its name, or nothing when there is none`, nameOf);
    if (name === "") return texts;
    const typeOf = (type: string): string | null => world.parameterProblem({ name, type, default: null });
    const type = await askType(io, world, "parameterType", `Type of ${name}`, [], typeOf);
    const isNeeded = texts.some((text) => text.includes("="));
    const value = await askText(
      io,
      "parameterDefault",
      `Default of ${name}, as C++${isNeeded ? "" : ", or nothing when it has none"}`,
      (text) => {
        if (text === noDefault)
          return isNeeded ? "A parameter before it has a default, so that this one needs one." : null;
        return world.parameterProblem({ name, type, default: text });
      },
    );
    names.add(name);
    texts.push(spellParameter({ name, type, default: value === noDefault ? null : value }));
  }
}

/** A result after the other: type, name; until no more is wanted. */
async function askResults(offer: Value | null, world: FunctionWorld, io: Io): Promise<readonly string[]> {
  const kept = Array.isArray(offer) ? (offer as readonly string[]) : [];
  const nothing = { value: "void", label: "nothing" };
  const texts: string[] = [];
  const names = new Set<string>();
  const typeOf = (type: string): string | null => world.resultsProblem([{ name: null, type }]);
  if (kept.length > 0) {
    const replies = await io.prompt([
      { type: "confirm", name: "keepResults", message: `Returns ${kept.join(", ")}?`, default: true },
    ]);
    if (replies.keepResults !== false) return kept;
  }
  for (;;) {
    const isFirst = texts.length === 0;
    const type = await askType(
      io,
      world,
      "resultType",
      isFirst ? "Type of the result" : "Type of the next result",
      isFirst ? [nothing] : [],
      typeOf,
    );
    if (type === "void") return ["void"];
    const name = await askText(io, "resultName", "Its name", (text) => {
      if (!isPortableIdentifier(text)) return "A name is letters, digits and underscores, no digit first.";
      return names.has(text) ? `There is a result "${text}" already.` : wordProblem(text);
    });
    names.add(name);
    texts.push(`${name}: ${type}`);
    const { moreResults } = await io.prompt([
      { type: "confirm", name: "moreResults", message: "Another result?", default: false },
    ]);
    if (moreResults !== true) return texts;
  }
}

/** What was answered, read: texts were checked one by one. */
export interface FunctionAnswers {
  readonly name: string;
  readonly parameters: readonly ParameterText[];
  readonly results: readonly ResultText[];
  readonly cuda: boolean;
  readonly differentiable: boolean;
}

/** The answers, or what is wrong with them together. */
export function functionAnswers(answers: Values): FunctionAnswers | string {
  const list = (id: string): readonly string[] => {
    const value = answers.get(id);
    return Array.isArray(value) ? (value as readonly string[]) : [];
  };
  const parameters: ParameterText[] = [];
  for (const text of list("param")) {
    const read = readParameter(text);
    if (!read.ok) return read.problem;
    parameters.push(read.value);
  }
  const results = readResults(list("returns"));
  if (!results.ok) return results.problem;
  for (const [what, names] of [
    ["parameters", parameters.map(({ name }) => name)],
    ["results", results.value.flatMap(({ name }) => name ?? [])],
  ] as const) {
    const again = names.find((name, i) => names.indexOf(name) < i);
    if (again !== undefined) return `Two ${what} are named "${again}": name one of them ${again}2, say.`;
  }
  const first = parameters.findIndex((one) => one.default !== null);
  const bare = first < 0 ? undefined : parameters.slice(first).find((one) => one.default === null);
  if (bare !== undefined) {
    return `--param "${spellParameter(bare)}" has no default, and "${parameters[first]?.name}" before it has one: put it first, or give it a default.`;
  }
  return {
    name: String(answers.get("name")),
    parameters,
    results: results.value,
    cuda: answers.get("backend") === "cpu,cuda",
    differentiable: answers.get("differentiable") === true,
  };
}
