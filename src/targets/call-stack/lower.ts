// A call's way through all layers, for people: docs/call-stack.md.

import { declareFunction } from "../../c-abi/lower/calls.js";
import { constructorSymbol, destructorSymbol, familyOf, functionSymbol, methodSymbol } from "../../c-abi/names.js";
import type { ExportedFunction, HandleInfo, Host, Module, Type } from "../../model/module.js";
import type { CppSignature } from "../../print/expression.js";
import { cppType, cType, hasFamily, isByValue, storedType, typeTitle } from "../../types/derive.js";
import { operatorProblem, registeredBy } from "../dispatcher/lower.js";
import { schemaOf } from "../dispatcher/schema.js";
import { schemaProblem, schemaType } from "../dispatcher/types.js";
import { type RLayers, rLayers } from "../r/describe.js";
import { describeInR, describeResultInR } from "../r/lower/wrappers.js";
import { classMembers, functionMembers } from "../typescript/lower/members.js";
import { lowerTypescript, type TypescriptCallable, type TypescriptModule } from "../typescript/lower/module.js";
import { tsParameterType, tsResultType } from "../typescript/lower/type-names.js";
import { className } from "../typescript/names.js";
import { typescriptProblem } from "../typescript/problem.js";

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
  readonly r: string;
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
  /** Its own page, from docs/: `operators/scale.md`; null where it has none. */
  readonly page: string | null;
}

/** A page about one type, from docs/. */
export interface TypePage {
  readonly name: string;
  readonly page: string;
}

export interface CallStack {
  readonly packageName: string;
  readonly hosts: readonly Host[];
  readonly functions: readonly CallStackFunction[];
  readonly types: readonly TypePage[];
}

/** A function of C++ that is exported, free or of a class. */
interface Documented {
  readonly exported: ExportedFunction;
  readonly owner: HandleInfo | null;
  readonly isConstructor: boolean;
}

/** What is asked for every function and found out once. */
interface Run {
  readonly module: Module;
  readonly wrappers: ReadonlyMap<ExportedFunction, TypescriptCallable>;
  readonly r: ReadonlyMap<ExportedFunction, RLayers>;
  readonly isRegistered: ReturnType<typeof registeredBy>;
  readonly pages: readonly string[];
}

/** `typescript` is what `lowerNode` made of the module, where it did; `pages` are those that people wrote, below docs/. */
export function lowerDocs(module: Module, typescript?: TypescriptModule, pages: readonly string[] = []): CallStack {
  const run: Run = {
    module,
    wrappers: wrappersOf(module, typescript),
    r: rLayers(module),
    isRegistered: registeredBy(module),
    pages,
  };
  const free = module.functions.map((exported): Documented => ({ exported, owner: null, isConstructor: false }));
  const members = module.classes.flatMap(({ decl, make, methods }): readonly Documented[] => [
    ...(make === null ? [] : [{ exported: make, owner: decl, isConstructor: true }]),
    ...methods.map((exported) => ({ exported, owner: decl, isConstructor: false })),
  ]);
  return {
    packageName: module.packageName,
    hosts: module.hosts,
    functions: [...free, ...members].map((documented) => lowerCallStack(run, documented)),
    types: pages.flatMap((page) => {
      const name = /^types\/(.+)\.md$/u.exec(page)?.[1];
      return name === undefined ? [] : [{ name, page }];
    }),
  };
}

function wrappersOf(module: Module, typescript?: TypescriptModule): Run["wrappers"] {
  const wrappers = new Map<ExportedFunction, TypescriptCallable>();
  if (!module.hosts.includes("ts")) return wrappers;
  const lowered = typescript ?? lowerTypescript(module);
  for (const [i, { exported }] of functionMembers(module).entries()) {
    const wrapper = lowered.functions[i];
    if (wrapper !== undefined) wrappers.set(exported, wrapper);
  }
  for (const [i, { make, methods }] of classMembers(module).entries()) {
    const wrapper = lowered.classes[i];
    if (wrapper === undefined) continue;
    if (make !== null && wrapper.make !== null) wrappers.set(make.exported, wrapper.make);
    for (const [j, { exported }] of methods.entries()) {
      const method = wrapper.methods[j];
      if (method !== undefined) wrappers.set(exported, method);
    }
  }
  return wrappers;
}

function lowerCallStack(run: Run, documented: Documented): CallStackFunction {
  const { exported, owner, isConstructor } = documented;
  const { nativeName } = run.module;
  const around = owner === null ? exported.namespace : [...owner.namespace, owner.name];
  return {
    title: isConstructor ? around.join("::") : [...around, exported.name].join("::"),
    summary: exported.doc?.summary ?? "",
    layers: layersOf(run, documented),
    values: [
      ...(owner === null || isConstructor ? [] : [selfRow(nativeName, owner)]),
      ...exported.parameters.map((parameter) => parameterRow(nativeName, parameter.name, parameter.type)),
      resultRow(nativeName, exported, run.wrappers.get(exported)?.returns ?? null),
    ],
    page: run.pages.find((page) => page === `operators/${exported.name}.md`) ?? null,
  };
}

function layersOf(run: Run, documented: Documented): readonly Layer[] {
  const { exported, owner, isConstructor } = documented;
  const { nativeName } = run.module;
  const declared = declareFunction(exported);
  return [
    ...typescriptLayers(run, documented),
    ...hostedByR(run, documented),
    {
      name: "C ABI",
      signature: cppText(run.r.get(exported)?.abi ?? abiSignature(documented)),
      file: `csrc/include/${nativeName}/exports.h, csrc/src/exports.cpp`,
    },
    {
      name: "C++",
      signature: isConstructor ? cppParameters(`${owner?.name}`, declared.parameters) : cppText(declared),
      file: exported.span.file,
    },
    ...(owner === null && run.module.mode === "ours" ? [dispatcherLayer(run, exported)] : []),
  ];
}

function abiSignature({ exported, owner, isConstructor }: Documented): CppSignature {
  const parameters = exported.parameters.map(({ name, type }) => ({ type: cType(type), name }));
  const returns = cType(exported.returns);
  if (owner === null) return { returns, name: functionSymbol(exported.name), parameters };
  if (isConstructor) return { returns: "void*", name: constructorSymbol(owner.name), parameters };
  const self = { type: "void*", name: "self" };
  return { returns, name: methodSymbol(owner.name, exported), parameters: [self, ...parameters] };
}

function typescriptLayers(run: Run, { exported, owner, isConstructor }: Documented): readonly Layer[] {
  if (!run.module.hosts.includes("ts")) return [];
  const wrapper = run.wrappers.get(exported);
  if (wrapper === undefined) {
    const why = exported.rcpp ? unreachable(exported) : "`rcpp=FALSE`";
    return [{ name: "TypeScript", signature: "–", file: `not there: ${why}` }];
  }
  const parameters = wrapper.parameters.map(
    (p) => `${p.name}: ${p.type}${p.default === null ? "" : ` = ${p.default}`}`,
  );
  const returns = wrapper.returns === null ? "" : `: ${wrapper.returns}`;
  const of = owner === null ? "" : className(owner);
  const name = isConstructor ? `new ${of}` : owner === null ? wrapper.name : `${of}.${wrapper.name}`;
  const { method } = wrapper;
  return [
    { name: "TypeScript", signature: `${name}(${parameters.join(", ")})${returns}`, file: "ts/generated.ts" },
    {
      name: "Node-API glue",
      signature: `${method.name}(${method.parameters.join(", ")}): ${method.returns}`,
      file: "csrc/node/addon.cpp",
    },
  ];
}

function hostedByR({ module, r }: Run, documented: Documented): readonly Layer[] {
  if (!module.hosts.includes("r")) return [];
  const layers = r.get(documented.exported);
  if (layers === undefined) return [{ name: "R", signature: "–", file: "not there: `rcpp=FALSE`" }];
  const trampoline = { name: "trampoline", signature: cppText(abiSignature(documented)), file: "src/native.cpp" };
  return [
    { name: "R", signature: layers.call, file: layers.callFile },
    { name: "Rcpp glue", signature: cppText(layers.glue), file: "src/exports.cpp" },
    ...(module.mode === "ours" ? [trampoline] : []),
  ];
}

function unreachable({ parameters, returns }: ExportedFunction): string {
  const problems = [...parameters.map(({ type }) => type), returns].map(typescriptProblem);
  return problems.find((problem) => problem !== null) ?? "nothing calls it";
}

function dispatcherLayer({ module, isRegistered }: Run, exported: ExportedFunction): Layer {
  const problem = operatorProblem(exported);
  if (problem !== null) return { name: "dispatcher", signature: "–", file: `not registered: ${problem}` };
  const signature = `${module.nativeName}::${schemaOf(exported)}`;
  if (isRegistered(exported, "def")) return { name: "dispatcher", signature, file: "yours: TORCH_LIBRARY" };
  const kernel = isRegistered(exported, "impl") ? "; kernels yours: TORCH_LIBRARY_IMPL" : "";
  return { name: "dispatcher", signature, file: `csrc/src/operators.cpp${kernel}` };
}

function cppText({ returns, name, parameters }: CppSignature): string {
  return cppParameters(`${returns} ${name}`, parameters);
}

function cppParameters(before: string, parameters: CppSignature["parameters"]): string {
  return `${before}(${parameters.map(({ type, name }) => `${type} ${name}`).join(", ")})`;
}

function selfRow(nativeName: string, owner: HandleInfo): ValueRow {
  const type: Type = { kind: "handle", decl: owner };
  return {
    ...typesOf(nativeName, type),
    name: "self",
    typescript: tsParameterType(type),
    memory: "the caller's, borrowed for the call",
  };
}

function parameterRow(nativeName: string, name: string, type: Type): ValueRow {
  return {
    ...typesOf(nativeName, type),
    name,
    typescript: typescriptProblem(type) === null ? tsParameterType(type) : "–",
    memory: isByValue(type) ? "copied" : `the caller's, borrowed for the call${madeBy(nativeName, type)}`,
  };
}

/** @param named how TypeScript's signature names the result */
function resultRow(nativeName: string, exported: ExportedFunction, named: string | null): ValueRow {
  const { returns, returnNames } = exported;
  const inTypescript = returnNames !== null && named !== null ? named : tsResultType(returns);
  const isNothing = returns.kind === "row" && returns.id === "void";
  const owner = `a new handle, the caller's to free${freedBy(nativeName, returns)}`;
  return {
    ...typesOf(nativeName, returns),
    name: "result",
    r: describeResultInR(nativeName, exported),
    typescript: typescriptProblem(returns) === null ? inTypescript : "–",
    memory: isNothing ? "–" : isByValue(returns) ? "copied" : owner,
  };
}

function typesOf(nativeName: string, type: Type): Pick<ValueRow, "title" | "r" | "c" | "cpp" | "schema"> {
  return {
    title: typeTitle(type),
    r: describeInR(nativeName, type),
    c: cType(type),
    cpp: cppType(type),
    schema: schemaProblem(type) === null ? schemaType(type) : "–",
  };
}

function madeBy(nativeName: string, type: Type): string {
  const stored = storedType(type);
  if (!hasFamily(stored)) return "";
  const family = familyOf(nativeName, stored);
  const more = family.kind === "list" ? family.push : family.kind === "dict" ? family.set : null;
  return `; made by \`${family.new}\`${more === null ? "" : ` and \`${more}\``}`;
}

function freedBy(nativeName: string, type: Type): string {
  const stored = storedType(type);
  if (stored.kind === "handle") return ` with \`${destructorSymbol(stored.decl.name)}\``;
  return hasFamily(stored) ? ` with \`${familyOf(nativeName, stored).delete}\`` : "";
}
