// The glue of our own R packages: rcpp_f for every exported function, between R's values and the C ABI.

import { localNames } from "../../../c-abi/lower/calls.js";
import { constructorSymbol, functionSymbol, methodSymbol } from "../../../c-abi/names.js";
import type { ExportedClass, ExportedFunction, Module, Type } from "../../../model/module.js";
import type { CppSignature } from "../../../print/expression.js";
import { qualifiedName } from "../../../types/derive.js";
import { glueFunction, glueMember, rName, s3Class } from "../names.js";
import { type Converter, lowerConverter } from "./converters.js";
import { convertedTypes, glueResultType, glueType, passParameter, returnValue } from "./values.js";

export interface GlueFunction {
  readonly signature: CppSignature;
  /** What it is of, for those who read a compiler's error here: `myext::scale, marked in csrc/src/a.cpp`. */
  readonly about: string;
  readonly body: readonly string[];
}

export interface Glue {
  readonly functions: readonly GlueFunction[];
  readonly converters: readonly Converter[];
}

export function lowerGlue(module: Module): Glue {
  const { nativeName } = module;
  const functions = seenByR(module);
  const members = module.classes.flatMap((exported) => membersOf(exported));
  const uses = [...functions, ...members.map(({ exported }) => exported)].flatMap((exported) => [
    ...exported.parameters.map(({ type }) => ({ type, isParameter: true })),
    { type: exported.returns, isParameter: false },
  ]);
  return {
    functions: [
      ...functions.map((exported) =>
        lowerFunction(nativeName, exported, glueFunction(exported.name), functionSymbol(exported.name), null),
      ),
      ...members.map(({ exported, owner, name, symbol, self }) =>
        lowerFunction(nativeName, exported, glueMember(owner, name), symbol, self),
      ),
      ...module.classes.filter(isDisposable).map(({ decl }) => lowerDispose(nativeName, decl)),
    ],
    converters: convertedTypes(nativeName, uses).map((converted) => lowerConverter(nativeName, converted)),
  };
}

/** The functions that R sees: `rcpp=FALSE` keeps one in the C ABI. */
export function seenByR(module: Module): readonly ExportedFunction[] {
  return module.functions.filter((exported) => exported.rcpp);
}

export interface Member {
  readonly exported: ExportedFunction;
  readonly owner: string;
  /** `new`, or the method's name. */
  readonly name: string;
  readonly symbol: string;
  /** The type of the object that comes first; null for a constructor. */
  readonly self: Type | null;
}

/** The constructor and methods of a class that R sees. */
export function membersOf(exportedClass: Pick<ExportedClass, "decl" | "make" | "methods">): readonly Member[] {
  const { decl } = exportedClass;
  const owner = decl.name;
  const self: Type = { kind: "handle", decl };
  const maker = exportedClass.make;
  const made: readonly Member[] =
    maker === null ? [] : [{ exported: maker, owner, name: "new", symbol: constructorSymbol(owner), self: null }];
  const called = exportedClass.methods.map((method): Member => {
    return { exported: method, owner, name: method.name, symbol: methodSymbol(owner, method), self };
  });
  return [...made, ...called].filter(({ exported }) => exported.rcpp);
}

/** Whether R's objects of a class have a `dispose()` from here: not where the class has a method of that name itself. */
export function isDisposable({ methods }: Pick<ExportedClass, "methods">): boolean {
  return methods.every((method) => rName(method.hostName ?? method.name) !== "dispose" && method.name !== "dispose");
}

/** What frees an object at once, for those who do not wait for R to collect it. */
export function lowerDispose(nativeName: string, decl: ExportedClass["decl"]): GlueFunction {
  return {
    about: `the end of a ${qualifiedName(decl)} of ${decl.header}`,
    signature: {
      returns: "void",
      name: glueMember(decl.name, "dispose"),
      parameters: [{ type: "SEXP", name: "self" }],
    },
    body: [`torch_extension::dispose_handle(self, "${s3Class(nativeName, decl)}");`],
  };
}

/** The names that parameters have in R and in the glue, which R's are made of. */
export function rParameterNames(exported: ExportedFunction, taken: readonly string[] = []): readonly string[] {
  const local = localNames(taken);
  return exported.parameters.map((parameter) => local(rName(parameter.name)));
}

/** What a function of the glue names that is no qualified name: a parameter would hide it. */
const glueNames: readonly string[] = ["SEXP", "host_exception_handler"];

function lowerFunction(
  nativeName: string,
  exported: ExportedFunction,
  name: string,
  symbol: string,
  self: Type | null,
): GlueFunction {
  const names = rParameterNames(exported, [...glueNames, ...(self === null ? [] : ["self"])]);
  const given = [
    ...(self === null ? [] : [{ type: self, name: "self" }]),
    ...exported.parameters.map(({ type }, i) => ({ type, name: names[i] ?? "" })),
  ];
  const result = localNames(given.map((one) => one.name))("result");
  const call = `${symbol}(${given.map((one) => passParameter(nativeName, one.type, one.name)).join(", ")})`;
  const returns = glueResultType(exported.returns);
  return {
    about: `${qualifiedName(exported)}, marked in ${exported.span.file}`,
    signature: { returns, name, parameters: given.map((one) => ({ type: glueType(one.type), name: one.name })) },
    body:
      returns === "void"
        ? [`${call};`, "host_exception_handler();"]
        : [
            `const auto ${result} = ${call};`,
            "host_exception_handler();",
            `return ${returnValue(nativeName, exported.returns, result)};`,
          ],
  };
}
