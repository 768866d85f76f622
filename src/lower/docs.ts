// A call's way through all layers, for people: docs/call-stack.md.
import type { ExportedFunction, Module, Type } from "../ir/module.js";
import { destructorSymbol, familyOf, functionSymbol } from "../names/c-abi.js";
import {
  cppType,
  cType,
  hasFamily,
  isByValue,
  storedType,
  tsParameterType,
  tsResultType,
  typeTitle,
} from "../types/derive.js";
import { schemaProblem, schemaType } from "../types/dispatcher.js";
import { typescriptProblem } from "../types/hosts.js";
import { declareFunction } from "./cpp.js";
import { hostFunctions } from "./node.js";
import { operatorProblem, registeredBy } from "./operators.js";
import { schemaOf } from "./schema.js";
import type { CppSignature } from "./shared.js";
import { lowerTypescript, type TypescriptFunction, type TypescriptModule } from "./typescript.js";

/** One layer of one function. */
interface Layer {
  readonly name: string;
  readonly signature: string;
  /** Where it is written. Sources are named without lines, which would change with every comment. */
  readonly file: string;
}

/** A parameter or the result, in every language. */
interface ValueRow {
  readonly name: string;
  readonly title: string;
  readonly typescript: string;
  readonly c: string;
  readonly cpp: string;
  readonly schema: string;
  readonly memory: string;
}

export interface CallStackFunction {
  readonly title: string;
  readonly summary: string;
  readonly layers: readonly Layer[];
  readonly values: readonly ValueRow[];
}

export interface CallStack {
  readonly packageName: string;
  readonly functions: readonly CallStackFunction[];
}

/** What is asked for every function and found out once. */
interface Run {
  readonly module: Module;
  readonly wrappers: ReadonlyMap<ExportedFunction, TypescriptFunction>;
  readonly isRegistered: ReturnType<typeof registeredBy>;
}

/** `typescript` is what `lowerNode` made of the module, where it did. */
export function lowerDocs(module: Module, typescript?: TypescriptModule): CallStack {
  const hosted = hostFunctions(module);
  const wrapped = (typescript ?? lowerTypescript(module, hosted)).functions;
  const wrappers = new Map(hosted.flatMap((exported, i) => (wrapped[i] === undefined ? [] : [[exported, wrapped[i]]])));
  const run: Run = { module, wrappers, isRegistered: registeredBy(module) };
  return {
    packageName: module.packageName,
    functions: module.functions.map((exported) => lowerCallStack(run, exported)),
  };
}

function lowerCallStack(run: Run, exported: ExportedFunction): CallStackFunction {
  const { module } = run;
  return {
    title: [...exported.namespace, exported.name].join("::"),
    summary: exported.doc?.summary ?? "",
    layers: layersOf(run, exported),
    values: [
      ...exported.parameters.map((parameter) => parameterRow(module.nativeName, parameter.name, parameter.type)),
      resultRow(module.nativeName, exported),
    ],
  };
}

function layersOf(run: Run, exported: ExportedFunction): readonly Layer[] {
  const { nativeName } = run.module;
  const wrapper = run.wrappers.get(exported);
  const layers: Layer[] = [];
  if (wrapper !== undefined) {
    const parameters = wrapper.parameters.map(
      (p) => `${p.name}: ${p.type}${p.default === null ? "" : ` = ${p.default}`}`,
    );
    const method = `${wrapper.method.name}(${wrapper.method.parameters.join(", ")}): ${wrapper.method.returns}`;
    layers.push({
      name: "TypeScript",
      signature: `${wrapper.name}(${parameters.join(", ")}): ${wrapper.returns}`,
      file: "ts/generated.ts",
    });
    layers.push({ name: "Node-API glue", signature: method, file: "csrc/node/addon.cpp" });
  }
  const abi: CppSignature = {
    returns: cType(exported.returns),
    name: functionSymbol(exported.name),
    parameters: exported.parameters.map(({ name, type }) => ({ type: cType(type), name })),
  };
  layers.push({
    name: "C ABI",
    signature: cppText(abi),
    file: `csrc/include/${nativeName}/exports.h, csrc/src/exports.cpp`,
  });
  layers.push({ name: "C++", signature: cppText(declareFunction(exported)), file: exported.span.file });
  layers.push(dispatcherLayer(run, exported));
  return layers;
}

function dispatcherLayer({ module, isRegistered }: Run, exported: ExportedFunction): Layer {
  const problem = operatorProblem(exported);
  if (problem !== null) return { name: "dispatcher", signature: "–", file: `not registered: ${problem}` };
  const signature = `${module.nativeName}::${schemaOf(exported)}`;
  if (isRegistered(exported, "def")) return { name: "dispatcher", signature, file: "yours: TORCH_LIBRARY" };
  const kernel = isRegistered(exported, "impl") ? "; kernels yours: TORCH_LIBRARY_IMPL" : "";
  return { name: "dispatcher", signature, file: `csrc/src/operators.cpp${kernel}` };
}

function cppText(signature: CppSignature): string {
  const parameters = signature.parameters.map((parameter) => `${parameter.type} ${parameter.name}`);
  return `${signature.returns} ${signature.name}(${parameters.join(", ")})`;
}

function parameterRow(nativeName: string, name: string, type: Type): ValueRow {
  return {
    ...typesOf(type),
    name,
    typescript: typescriptProblem(type) === null ? tsParameterType(type) : "–",
    memory: isByValue(type) ? "copied" : `the caller's, borrowed for the call${madeBy(nativeName, type)}`,
  };
}

function resultRow(nativeName: string, exported: ExportedFunction): ValueRow {
  const { returns } = exported;
  return {
    ...typesOf(returns),
    name: "result",
    typescript: typescriptProblem(returns) === null ? tsResultType(returns) : "–",
    memory: isByValue(returns) ? "copied" : `a new handle, the caller's to free${freedBy(nativeName, returns)}`,
  };
}

function typesOf(type: Type): Pick<ValueRow, "title" | "c" | "cpp" | "schema"> {
  return {
    title: typeTitle(type),
    c: cType(type),
    cpp: cppType(type),
    schema: schemaProblem(type) === null ? schemaType(type) : "–",
  };
}

/** The function of its family that makes a value, or the first of those that do. */
function madeBy(nativeName: string, whole: Type): string {
  const type = storedType(whole);
  return hasFamily(type) ? `; made by \`${familyOf(nativeName, type).new}\`` : "";
}

function freedBy(nativeName: string, type: Type): string {
  if (type.kind === "handle") return ` with \`${destructorSymbol(type.decl.name)}\``;
  const stored = storedType(type);
  return hasFamily(stored) ? ` with \`${familyOf(nativeName, stored).delete}\`` : "";
}
