// Each exported function in R, for the call stack.
import { abiSignature, formsOf, placesIn, signatureText } from "../../c-abi/describe.js";
import { type Member, membersOf } from "../../c-abi/members.js";
import {
  ABSENT,
  type Description,
  type FunctionDescription,
  type FunctionKey,
  type Layer,
} from "../../model/description.js";
import type { Module } from "../../model/module.js";
import type { CppSignature } from "../../print/expression.js";
import type { PrintedFile } from "../../print/printer.js";
import type { RBinding } from "./lower/binding.js";
import { selfOf } from "./lower/glue.js";
import { describeInR, describeResultInR, type RFunction } from "./lower/wrappers.js";
import { rClassName } from "./names.js";
import { gluePath } from "./print/glue.js";
import { nativePath } from "./print/native.js";
import { wrappersPath } from "./print/wrappers.js";
import type { Switched } from "./torchexport/lower.js";

const key = "r";

/** The layers of a package of ours: wrapper, glue, trampoline. */
export function describeOwn(
  module: Module,
  { glue, wrappers }: Pick<RBinding, "glue" | "wrappers">,
  files: readonly PrintedFile[],
): Description {
  const ofClasses = wrappers.classes.flatMap(({ constructor: make, methods }) =>
    make === null ? methods : [make, ...methods],
  );
  const wrapperOf = new Map([...wrappers.functions, ...ofClasses].map((one) => [one.key, one]));
  const glueOf = new Map(glue.functions.map((one) => [one.key, one.signature]));
  return describe(module, (member) => {
    const [wrapper, signature] = [wrapperOf.get(member.key), glueOf.get(member.key)];
    if (wrapper === undefined || signature === undefined) return [hidden];
    const self = selfOf(member) === null || member.owner === null ? "" : `${rClassName(member.owner)}$`;
    const [called, parameters] = [`${self}${wrapper.name}`, parametersOf(wrapper)];
    return [
      { ...layer("R", files, wrappersPath, member.key), called, signature: `${called}(${parameters})` },
      cppLayer("Rcpp glue", signature, files, gluePath, member.key),
      cppLayer("trampoline", abiSignature(member), files, nativePath, member.key),
    ];
  });
}

/** The layers that torchexport has: Rcpp's wrapper, the glue, and a C ABI whose types are spelled as the user spelled them. */
export function describeSwitched(
  module: Module,
  { functions, families, members }: Switched,
  files: readonly PrintedFile[],
): Description {
  const glueOf = new Map<FunctionKey, CppSignature>([
    ...functions.flatMap(({ c, rcpp }) => (rcpp === null ? [] : [[c.name, rcpp.signature] as const])),
    ...members.flatMap(({ key: symbol, signature }) => (symbol === null ? [] : [[symbol, signature] as const])),
  ]);
  const bodies = [...functions, ...families.flatMap((family) => family.functions)];
  const abiOf = new Map(bodies.map(({ c }) => [c.name, c]));
  const cAbiFiles = files.filter(({ path }) => path.startsWith("csrc/"));
  return describe(module, (member) => {
    const glue = glueOf.get(member.key);
    const abi = abiOf.get(member.key) ?? abiSignature(member);
    const cAbi: Layer = {
      name: "C ABI",
      called: abi.name,
      signature: signatureText(abi),
      places: placesIn(cAbiFiles, member.key),
      note: null,
    };
    if (glue === undefined) return [hidden, cAbi];
    const call = `${glue.name}(${glue.parameters.map(({ name }) => name).join(", ")})`;
    const places = [{ path: "R/RcppExports.R", line: null, column: null }];
    return [
      { name: "R", called: glue.name, signature: call, places, note: null },
      cppLayer("Rcpp glue", glue, files, gluePath, member.key),
      cAbi,
    ];
  });
}

const hidden: Layer = { name: "R", called: null, signature: ABSENT, places: [], note: "not there: `rcpp=FALSE`" };

function describe(module: Module, layersOf: (member: Member) => readonly Layer[]): Description {
  const { nativeName } = module;
  const descriptions = membersOf(module).map((member): [FunctionKey, FunctionDescription] => {
    const forms = formsOf(member, (type) => describeInR(nativeName, type));
    const inR = { ...forms, result: describeResultInR(nativeName, member.exported) };
    return [member.key, { layers: layersOf(member), forms: { [key]: inR } }];
  });
  return { columns: [{ key, title: "R" }], functions: new Map(descriptions) };
}

function layer(
  name: string,
  files: readonly PrintedFile[],
  path: string,
  symbol: FunctionKey,
): Pick<Layer, "name" | "places" | "note"> {
  const printed = files.filter((file) => file.path === path);
  return { name, places: placesIn(printed, symbol), note: null };
}

function cppLayer(
  name: string,
  signature: CppSignature,
  files: readonly PrintedFile[],
  path: string,
  symbol: FunctionKey,
): Layer {
  return { ...layer(name, files, path, symbol), called: signature.name, signature: signatureText(signature) };
}

function parametersOf({ parameters }: RFunction): string {
  return parameters.map((one) => (one.default === null ? one.name : `${one.name} = ${one.default}`)).join(", ");
}
