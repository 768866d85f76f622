import { existsSync } from "node:fs";
import { join } from "node:path";
import { constructorSymbol, destructorSymbol, familyOf } from "../../c-abi/names.js";
import { pipelineInput } from "../../generate/generate.js";
import { readInput } from "../../generate/input.js";
import { type PipelineInput, runPipeline } from "../../generate/pipeline.js";
import { rClassesAround } from "../../machine/r/classes.js";
import { ABSENT } from "../../model/description.js";
import type { SourceFile } from "../../model/file.js";
import type { ExportedClass, ExportedFunction, Module, Type } from "../../model/module.js";
import { commandLine } from "../../naming/command.js";
import type { PackageSources } from "../../package/read.js";
import { plainAnswers } from "../../questions/dialogue.js";
import { UsageError } from "../../questions/flags.js";
import type { Choice } from "../../questions/questions.js";
import { type CallStack, type CallStackFunction, callStackOf } from "../../targets/call-stack/call-stack.js";
import { functionName } from "../../targets/typescript/names.js";
import { partsOf, readable } from "../../types/derive.js";
import type { Addition } from "../engine/addition.js";
import { probeFunction } from "../engine/probe.js";
import type { AdditionCommand } from "../engine/run.js";
import { pointee, type TypeAnswers, typeAnswers } from "./answers.js";
import { travellerOf, typeHeader, typePaths, typeSource } from "./cpp.js";
import { typeFiles } from "./files.js";
import { twiceProblem } from "./names.js";
import { type TypePlan, valueProblem } from "./plan.js";
import { typeRExports } from "./r.js";
import { TYPE_TABLE, type TypeWorld } from "./table.js";

interface World extends TypeWorld {
  readonly input: PipelineInput;
}

/** The addition of a custom type. */
export const typeAddition: AdditionCommand<TypeWorld> = {
  table: TYPE_TABLE,
  look,
  nameIn: (soFar) => {
    const name = soFar.get("name");
    return typeof name === "string" ? name : null;
  },
  make: async (values, world, read, replay) =>
    additionOf(typeAnswers(values), world as World, read, replay, plainAnswers(TYPE_TABLE, values)),
};

async function look(read: PackageSources): Promise<World> {
  const { root, manifest, facts, sources } = read;
  const [input, rClasses] = await Promise.all([
    readInput(root, sources, facts).then(pipelineInput),
    facts.hosts.includes("r") ? rClassesAround(root) : new Map<string, string>(),
  ]);
  const { module, diagnostics } = runPipeline(input);
  const additions = manifest?.additions ?? {};
  const ownFiles = (name: string): readonly string[] => additions[`type:${name}`]?.files ?? [];
  return {
    input,
    nativeName: facts.names.nativeName,
    hosts: facts.hosts,
    refused: refusedTypes(diagnostics, sources),
    taken: (name) => {
      const package_ = rClasses.get(name);
      if (package_ !== undefined) return `"${name}" is a class of the R package ${package_}, which DESCRIPTION names.`;
      return takenBy(name, module, sources, new Set(ownFiles(name)), root, facts.names.nativeName);
    },
    problem: (field) => {
      const name = "torch_extension_probe";
      const { problems } = probeFunction(input, { name, parameters: [field], results: [] });
      // It is not a parameter of the user's function.
      return problems[0]?.replace(/^--param /u, "") ?? null;
    },
  };
}

/** What bind does not know, and a type of that name could be; in a package that switched, it passes that on unchanged. */
const unknownTypes = new Set(["TX1201", "TX1203", "TX1214"]);
/** Returns the pointers to a type that does not belong to another library. */
const plainPointers = /^(?:(?:torch|at|c10|std)::|(?:double|float|char|bool|void|unsigned|u?int\w*)\b)[^*]*\*$/u;

function refusedTypes(diagnostics: ReturnType<typeof runPipeline>["diagnostics"], sources: readonly SourceFile[]) {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const choices = new Map<string, Choice>();
  for (const { code, span } of diagnostics) {
    if (!unknownTypes.has(code)) continue;
    const type = (texts.get(span.file) ?? "")
      .slice(span.start.offset, span.end.offset)
      .replace(/^const\s+/u, "")
      .replace(/\s*[&]+$/u, "");
    if (type === "" || choices.has(type) || plainPointers.test(type)) continue;
    const did = code === "TX1214" ? "passes on unchanged" : "refused";
    choices.set(type, { value: type, label: `${type}  (${span.file}:${span.start.line}, which bind ${did})` });
  }
  return [...choices.values()];
}

/** What of the package has a name, or one of those that come with it. */
function takenBy(
  name: string,
  module: Module,
  sources: readonly SourceFile[],
  own: ReadonlySet<string>,
  root: string,
  nativeName: string,
): string | null {
  const defined = new RegExp(
    `\\b(?:struct|class|union|enum(?:\\s+(?:class|struct))?)\\s+${name}\\b[^;{()]*\\{|\\busing\\s+${name}\\s*=|\\btypedef\\b[^;]*\\b${name}\\s*;`,
    "u",
  );
  for (const { path, text } of sources) {
    const at = own.has(path) ? -1 : text.search(defined);
    if (at >= 0) return `The package has a type "${name}" already, at ${path}:${text.slice(0, at).split("\n").length}.`;
  }
  const called = ["pass", "parts", "make"].map((what) => `${name}_${what}`);
  for (const one of [name, ...called]) {
    const other = module.functions.find(
      (exported) =>
        !own.has(exported.span.file) &&
        (exported.name === one || functionName(exported) === functionName({ name: one, hostName: null })),
    );
    if (other !== undefined) return `The package has a function "${other.name}" already.`;
  }
  const path = Object.values(typePaths(name, nativeName)).find((one) => !own.has(one) && existsSync(join(root, one)));
  return path === undefined ? null : `${path} is there already, and belongs to something else.`;
}

async function additionOf(
  answers: TypeAnswers,
  world: World,
  read: PackageSources,
  replay: string,
  kept: Addition["answers"],
): Promise<Addition> {
  const problem = wholeProblem(answers);
  if (problem !== null) throw new UsageError(problem);
  const { names, hosts, mode } = read.facts;
  const { nativeName } = names;
  const switched = mode === "switched";
  const paths = typePaths(answers.name, nativeName);
  const place = { nativeName, switched };
  const cpp: readonly SourceFile[] = [
    { path: paths.header, text: typeHeader(answers, place) },
    { path: paths.source, text: typeSource(answers, place) },
  ];
  const mine = new Set(cpp.map(({ path }) => path));
  const sources = [...world.input.sources.filter(({ path }) => !mine.has(path)), ...cpp];
  const { module, diagnostics, described } = runPipeline({ ...world.input, sources });
  const found = module.functions.find((one) => one.name === travellerOf(answers) && mine.has(one.span.file));
  if (found === undefined) {
    const said = diagnostics.filter(({ severity, span }) => severity === "error" && mine.has(span.file));
    throw new UsageError(
      said.map(({ message, fix }) => `${message}. ${fix}`).join("\n") ||
        `${answers.name} cannot be added as the package is: ${commandLine("bind")} says why.`,
    );
  }
  const theirs = diagnostics.find(({ code, severity, span }) => {
    return severity === "error" && unknownTypes.has(code) && !mine.has(span.file) && isNamedAt(sources, span, answers);
  });
  if (theirs !== undefined) {
    const { file, start } = theirs.span;
    throw new UsageError(
      `${file}:${start.line}:${start.column} takes or returns ${pointee(answers.cpp)} itself, which bind refuses: write const ${nativeName}::${answers.name}& there (its get() gives the ${pointee(answers.cpp)}), #include <${paths.header.slice("csrc/include/".length)}>, then: ${replay}`,
    );
  }
  const headers = headersIn(found, module.classes, paths.header);
  const type: Type = answers.direction === "out" ? found.returns : (found.parameters[0]?.type ?? found.returns);
  const plan: TypePlan = {
    answers,
    ...names,
    hosts,
    switched,
    headers,
    type,
    exported: found,
    classes: module.classes,
  };
  const cannot = valueProblem(plan);
  if (cannot !== null) throw new UsageError(cannot);
  return {
    id: `type:${answers.name}`,
    files: typeFiles(plan, { layers: layersOf(callStackOf(module, described, read.facts.pages), plan) }),
    answers: kept,
    shown: [travellerOf(answers), ...(type.kind === "handle" ? [`${nativeName}::${type.decl.name}`] : [])],
    remarks: remarksOf(plan),
    replay,
  };
}

/** The headers of the package's own types that a value is made of, but its own. */
function headersIn(traveller: ExportedFunction, classes: readonly ExportedClass[], own: string): readonly string[] {
  const types = [traveller, ...classes.flatMap(({ decl, make }) => (isAt(decl, own) && make !== null ? [make] : []))]
    .flatMap(({ parameters, returns }) => [...parameters.map(({ type }) => type), returns])
    .flatMap(declaredIn);
  return [...new Set(types.filter((decl) => !isAt(decl, own)).map(({ header }) => header))].sort();
}

const isAt = ({ header }: { readonly header: string }, path: string): boolean => path === `csrc/include/${header}`;

function declaredIn(type: Type): readonly { readonly header: string }[] {
  const isDeclared = type.kind === "enum" || type.kind === "record" || type.kind === "handle";
  return [...(isDeclared ? [type.decl] : []), ...partsOf(type).flatMap(declaredIn)];
}

/** Whether a finding is about the external type that is to be held. */
function isNamedAt(
  sources: readonly SourceFile[],
  span: {
    readonly file: string;
    readonly start: { readonly offset: number };
    readonly end: { readonly offset: number };
  },
  { kind, cpp }: TypeAnswers,
): boolean {
  const text = sources.find(({ path }) => path === span.file)?.text.slice(span.start.offset, span.end.offset) ?? "";
  return kind === "external" && pointee(text) === pointee(cpp);
}

/** What no single answer shows. */
function wholeProblem({ kind, fields, entries, cpp }: TypeAnswers): string | null {
  if ((kind === "record" || kind === "opaque") && fields.length === 0) {
    return `A ${kind === "record" ? "struct" : "class"} holds something: give --fields "x: torch::Tensor, n: int64_t".`;
  }
  const bare = fields.findIndex(
    (field, i) => field.default === null && fields.slice(0, i).some((one) => one.default !== null),
  );
  if (kind === "opaque" && bare >= 0) {
    return `"${fields[bare]?.name}" has no default, and a field before it has one: its constructor could not be called. Put it first, or give it a default.`;
  }
  if (kind === "enum" && entries.length === 0) return `The enum ${cpp} has no entries: give --entries nearest,linear.`;
  return twiceProblem([...fields, ...entries].map(({ name }) => name));
}

/** What the type is at each layer, as Markdown. */
function layersOf(callStack: CallStack, plan: TypePlan): readonly (readonly [layer: string, text: string])[] {
  const { answers, hosts, nativeName, type, switched } = plan;
  const called = `${nativeName}::${travellerOf(answers)}`;
  const { values = [] } =
    callStack.functions.find(({ title }) => title === called) ?? ({} as Partial<CallStackFunction>);
  const [first] = values;
  const result = values.at(-1);
  const [into, out] = [
    answers.direction === "out" ? undefined : first,
    answers.direction === "in" ? undefined : result,
  ];
  const one = (into ?? out)?.forms;
  if (one === undefined) return [];
  const [a, b] = [into?.forms.typescript, out?.forms.typescript];
  const ts = a === undefined || b === undefined || a === b ? `\`${a ?? b}\`` : `\`${a}\` in, \`${b}\` out`;
  const entries = type.kind === "enum" ? type.decl.entries.map(({ name }) => JSON.stringify(name)) : [];
  return [
    ["C++", `\`${readable(one.cpp ?? "")}\``],
    ["C ABI", `\`${one.c}\`${carriers(nativeName, type)}`],
    ...(hosts.includes("ts")
      ? [["TypeScript", `${ts}${entries.length === 0 ? "" : `: \`${entries.join(" | ")}\``}`] as const]
      : []),
    ...(hosts.includes("r") ? [["R", one.r ?? ""] as const] : []),
    ...(switched
      ? []
      : [["dispatcher", one.schema === ABSENT ? "not registered: it knows no classes" : `\`${one.schema}\``] as const]),
  ];
}

/** The C functions that make, read and free a value. */
function carriers(nativeName: string, type: Type): string {
  if (type.kind === "handle") {
    const { name } = type.decl;
    return `, which \`${constructorSymbol(name)}\` makes and \`${destructorSymbol(name)}\` frees`;
  }
  if (type.kind !== "record") return ", by value";
  const family = familyOf(nativeName, type);
  const read = family.get.map((symbol) => `\`${symbol}\``).join(", ");
  return `, which \`${family.new}\` makes, ${read} read and \`${family.delete}\` frees`;
}

function remarksOf(plan: TypePlan): readonly string[] {
  const { answers, hosts, switched, nativeName } = plan;
  const { source, ts, header } = typePaths(answers.name, nativeName);
  const isClass = answers.kind === "external" || answers.kind === "opaque";
  const switching = switched
    ? [
        `${source} has to be among the sources of your csrc/CMakeLists.txt.`,
        ...(isClass
          ? [
              `NAMESPACE has to have these, which roxygen2 writes where it writes NAMESPACE: ${typeRExports(plan).join(", ")}`,
            ]
          : []),
      ]
    : [];
  if (answers.kind === "external") {
    return [
      `Yours to write: both conversions in ${source}; until then they throw, and their tests are left open with that place.`,
      `Where ${pointee(answers.cpp)} needs a library to link: target_link_libraries in csrc/CMakeLists.txt.`,
      ...(hosts.includes("ts")
        ? [`For your package to export its conversions, add to ts/index.ts: export * from "./${ts.slice(3, -3)}.js";`]
        : []),
      ...switching,
    ];
  }
  return [
    `#include <${header.slice("csrc/include/".length)}> where your functions take or return ${answers.name}.`,
    ...switching,
  ];
}
