// R's layers of docs/call-stack.md, and of `bind --explain`.
import type { ExportedFunction, Module } from "../../model/module.js";
import type { CppSignature } from "../../print/expression.js";
import { lowerGlue, membersOf, seenByR } from "./lower/glue.js";
import { lowerWrappers, type RFunction } from "./lower/wrappers.js";
import { glueMember } from "./names.js";
import { markedClasses } from "./torchexport/classes.js";
import { lowerSwitched } from "./torchexport/lower.js";

/** What R adds to a function: how it is called, and the glue's signature. */
export interface RLayers {
  /** `leaky_step(x, state = NULL)`. */
  readonly call: string;
  readonly callFile: string;
  readonly glue: CppSignature;
  /** The C ABI where it differs from our own packages', as torchexport has it. */
  readonly abi: CppSignature | null;
}

/** Of every function that R sees. */
export function rLayers(module: Module): ReadonlyMap<ExportedFunction, RLayers> {
  if (!module.hosts.includes("r")) return new Map();
  return module.mode === "switched" ? switchedLayers(module) : ownLayers(module);
}

function ownLayers(module: Module): ReadonlyMap<ExportedFunction, RLayers> {
  const { functions: glue } = lowerGlue(module);
  const { functions, classes } = lowerWrappers(module);
  const members = module.classes.flatMap((exported, i) => {
    const wrapper = classes[i];
    const wrappers = [wrapper?.constructor ?? null, ...(wrapper?.methods ?? [])].filter((one) => one !== null);
    return membersOf(exported).map((member, j) => ({
      exported: member.exported,
      wrapper: wrappers[j],
      owner: member.self === null ? null : (wrapper?.name ?? null),
    }));
  });
  const all = [...seenByR(module).map((exported, i) => ({ exported, wrapper: functions[i], owner: null })), ...members];
  return new Map(
    all.flatMap(({ exported, wrapper, owner }, i) => {
      const signature = glue[i]?.signature;
      if (wrapper === undefined || signature === undefined) return [];
      const call = `${owner === null ? "" : `${owner}$`}${callOf(wrapper)}`;
      return [[exported, { call, callFile: "R/generated.R", glue: signature, abi: null }] as const];
    }),
  );
}

function callOf({ name, parameters }: RFunction): string {
  const list = parameters.map((one) => (one.default === null ? one.name : `${one.name} = ${one.default}`));
  return `${name}(${list.join(", ")})`;
}

function switchedLayers(module: Module): ReadonlyMap<ExportedFunction, RLayers> {
  const { functions, families, members } = lowerSwitched(module, { common: false, types: false, rTypes: false });
  const bodies = new Map(families.flatMap((family) => family.functions).map(({ c }) => [c.name, c]));
  const glue = new Map(members.map(({ signature }) => [signature.name, signature]));
  const layersOf = (signature: CppSignature, abi: CppSignature): RLayers => {
    const call = `${signature.name}(${signature.parameters.map(({ name }) => name).join(", ")})`;
    return { call, callFile: "R/RcppExports.R", glue: signature, abi };
  };
  const ofClasses = markedClasses(module)
    .flatMap(membersOf)
    .flatMap(({ exported, owner, name, symbol }) => {
      const [signature, abi] = [glue.get(glueMember(owner, name)), bodies.get(symbol)];
      return signature === undefined || abi === undefined ? [] : [[exported, layersOf(signature, abi)] as const];
    });
  return new Map([
    ...module.functions.flatMap((exported, i) => {
      const lowered = functions[i];
      if (lowered === undefined || lowered.rcpp === null) return [];
      return [[exported, layersOf(lowered.rcpp.signature, lowered.c)] as const];
    }),
    ...ofClasses,
  ]);
}
