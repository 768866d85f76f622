import { existsSync } from "node:fs";
import { join } from "node:path";
import { pipelineInput } from "../../generate/generate.js";
import { readInput } from "../../generate/input.js";
import type { PipelineInput } from "../../generate/pipeline.js";
import type { ExportedFunction, Module, Type, TypeId } from "../../model/module.js";
import type { PackageFacts } from "../../model/package.js";
import { commandLine } from "../../naming/command.js";
import { OutputError } from "../../output/errors.js";
import type { PackageSources } from "../../package/read.js";
import { plainAnswers } from "../../questions/dialogue.js";
import { UsageError } from "../../questions/flags.js";
import type { Choice } from "../../questions/questions.js";
import { cppType, typeTitle } from "../../types/derive.js";
import { registry } from "../../types/registry.js";
import { declaredTypes } from "../../types/walk.js";
import type { Addition } from "../engine/addition.js";
import { type Probed, probeFunction } from "../engine/probe.js";
import type { AdditionCommand } from "../engine/run.js";
import { thinDefault } from "./cpp.js";
import { functionFiles, functionPaths } from "./files.js";
import { backwardName, type FunctionPlan, kernelName, planProblem } from "./plan.js";
import { FUNCTION_TABLE, type FunctionAnswers, type FunctionWorld, functionAnswers } from "./table.js";

/** What the command knows of the package: what the questions may ask, and what bind's stages say. */
interface World extends FunctionWorld {
  readonly probe: (answers: Pick<FunctionAnswers, "name" | "parameters" | "results">) => Probed;
}

/** The addition of an operator. */
export const operatorAddition: AdditionCommand<FunctionWorld> = {
  table: FUNCTION_TABLE,
  look,
  nameIn: (soFar) => {
    const name = soFar.get("name");
    return typeof name === "string" ? name : null;
  },
  make: async (values, world, read, replay) => {
    const answers = functionAnswers(values);
    if (typeof answers === "string") throw new UsageError(answers);
    return additionOf(answers, world as World, read, replay, plainAnswers(FUNCTION_TABLE, values));
  },
};

/** What the written files build on. @throws {OutputError} where the package has none of it, with what to do */
function checkGround({ root, facts }: PackageSources): void {
  if (facts.mode === "switched") {
    throw new OutputError(
      `${root} keeps to what torchexport wrote: nothing registers its operators, and its tests are its own.`,
      `Write the function by hand in csrc/src, with // [[torch::export]] above it, and run ${commandLine("bind")}.`,
    );
  }
  const shim = "lib/cpp/include/torch_extension/tensor.h";
  if (existsSync(join(root, shim))) return;
  throw new OutputError(
    `${join(root, shim)} is not there, which what would be written includes. Nothing was written.`,
    `Where lib/ was moved, move it back; ${commandLine("upgrade")} brings files of lib/ that were deleted, and ${commandLine("new <name>")}, in a package that never had lib/.`,
  );
}

async function look(read: PackageSources): Promise<World> {
  checkGround(read);
  const { root, manifest, facts, sources } = read;
  const additions = manifest?.additions ?? {};
  const own = new Map(
    Object.entries(additions).flatMap(([id, { files }]) =>
      id.startsWith("function:") ? files.map((path) => [path, id.slice("function:".length)] as const) : [],
    ),
  );
  const known = await pipelineInput(await readInput(root, sources, facts));
  const probe = (answers: Pick<FunctionAnswers, "name" | "parameters" | "results">): Probed =>
    probeFunction(withoutAddition(known, own, answers.name), answers);
  const nothing = { name: "torch_extension_probe", parameters: [], results: [] };
  const { module } = probe(nothing);
  return {
    probe,
    functionsBut: (name) =>
      module.functions
        .filter((one) => one.name !== nothing.name && own.get(one.span.file) !== name)
        .map((one) => one.name),
    isTaken: (path, name) => existsSync(join(root, path)) && own.get(path) !== name,
    types: typeChoices(module),
    parameterProblem: (parameter) => probe({ ...nothing, parameters: [parameter] }).problems[0] ?? null,
    resultsProblem: (results) => probe({ ...nothing, results }).problems[0] ?? null,
  };
}

/** The package as it is without the files of an earlier run for the same function. */
function withoutAddition(input: PipelineInput, own: ReadonlyMap<string, string>, name: string): PipelineInput {
  return { ...input, sources: input.sources.filter(({ path }) => own.get(path) !== name) };
}

/** The registry's types, their optionals and lists, and those that the package declares. */
function typeChoices(module: Module): readonly Choice[] {
  const rows = (Object.keys(registry) as TypeId[])
    .filter((id) => id !== "void" && id !== "pointer")
    .map((id): Type => ({ kind: "row", id }));
  const types: readonly Type[] = [
    ...rows,
    ...rows.map((of): Type => ({ kind: "optional", of })),
    ...rows.map((of): Type => ({ kind: "list", of })),
    ...declaredTypes(module),
  ];
  return types.map((type) => ({ value: cppType(type), label: `${cppType(type)}  (${typeTitle(type)})` }));
}

function additionOf(
  answers: FunctionAnswers,
  world: World,
  { facts }: PackageSources,
  replay: string,
  kept: Addition["answers"],
): Addition {
  const { name } = answers;
  const probed = world.probe(answers);
  if (probed.exported === null) {
    throw new UsageError(
      probed.problems.join("\n") || `${name} cannot be exported as the package is: ${commandLine("bind")} says why.`,
    );
  }
  const plan = planOf(answers, probed.exported, probed.module, facts);
  const problem = planProblem(plan) ?? helperProblem(plan, world);
  if (problem !== null) throw new UsageError(problem);
  const files = functionFiles(plan);
  const id = `function:${name}`;
  return {
    id,
    files,
    answers: kept,
    shown: [name, ...(plan.differentiable ? [backwardName(plan)] : [])],
    remarks: [
      `${functionPaths({ ...plan, name })[0]} is yours now: put your own body in place of the worked one, and let its test say what that does.`,
    ],
    replay,
  };
}

/** What is to be written, by what the stages made of the answers. */
export function planOf(
  { parameters, results, cuda, differentiable }: FunctionAnswers,
  exported: ExportedFunction,
  { classes }: Module,
  { names, hosts }: Pick<PackageFacts, "names" | "hosts">,
): FunctionPlan {
  const elements = results.length > 1 && exported.returns.kind === "tuple" ? exported.returns.of : [exported.returns];
  return {
    ...names,
    hosts,
    exported,
    defaults: parameters.map((one) => (one.default === null ? null : thinDefault(one.default))),
    results: results.map((one, i) => ({ name: one.name, type: elements[i] ?? exported.returns })),
    cuda,
    differentiable,
    classes,
  };
}

/** The functions beside the one that was asked for have names as well. */
function helperProblem(plan: FunctionPlan, world: FunctionWorld): string | null {
  const helpers = [
    ...(plan.differentiable ? [backwardName(plan)] : []),
    ...(kernelName(plan) === plan.exported.name ? [] : [kernelName(plan)]),
  ];
  const taken = helpers.find((name) => world.functionsBut(plan.exported.name).includes(name));
  if (taken === undefined) return null;
  return `The package has a function "${taken}" already, and ${plan.exported.name} needs that name: call it ${plan.exported.name}2, say.`;
}
