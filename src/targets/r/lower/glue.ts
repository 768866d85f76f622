// The glue of our own R packages: rcpp_f for every exported function, between R's values and the C ABI.

import { localNames } from "../../../c-abi/lower/calls.js";
import { classMembers, functionMember, type Member } from "../../../c-abi/members.js";
import type { FunctionKey } from "../../../model/description.js";
import type { ExportedClass, ExportedFunction, HandleInfo, Module, Type } from "../../../model/module.js";
import type { CppSignature } from "../../../print/expression.js";
import { qualifiedName } from "../../../types/derive.js";
import { glueFunction, glueMember, rName, s3Class } from "../names.js";
import { type Converter, lowerConverter } from "./converters.js";
import { convertedTypes, glueResultType, glueType, passParameter, returnValue } from "./values.js";

export interface GlueFunction {
  /** Null for a function that is not exported itself. */
  readonly key: FunctionKey | null;
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
  const members = [
    ...seenByR(module).map((exported) => ({
      member: functionMember(exported),
      name: glueFunction(exported.name),
    })),
    ...module.classes.flatMap((exported) =>
      membersInR(exported).map((member) => ({ member, name: nameOfMember(member, exported.decl) })),
    ),
  ];
  const uses = members.flatMap(({ member: { exported } }) => [
    ...exported.parameters.map(({ type }) => ({ type, isParameter: true })),
    { type: exported.returns, isParameter: false },
  ]);
  return {
    functions: [
      ...members.map(({ member, name }) => lowerFunction(nativeName, member, name)),
      ...module.classes.filter(isDisposable).map(({ decl }) => lowerDispose(nativeName, decl)),
    ],
    converters: convertedTypes(nativeName, uses).map((converted) => lowerConverter(nativeName, converted)),
  };
}

/** The functions that R sees. */
export function seenByR(module: Module): readonly ExportedFunction[] {
  return module.functions.filter(({ visibleToHosts }) => visibleToHosts);
}

/** The constructor and methods of a class that R sees. */
export function membersInR(exported: Pick<ExportedClass, "decl" | "make" | "methods">): readonly Member[] {
  return classMembers(exported).filter((member) => member.exported.visibleToHosts);
}

/** `rcpp_Counter_add`; `rcpp_Counter_new` for the constructor. */
export function nameOfMember({ exported, isConstructor }: Member, decl: HandleInfo): string {
  return glueMember(decl.name, isConstructor ? "new" : exported.name);
}

/** The type of the object on which a method is called; null for a function and a constructor. */
export function selfOf({ owner, isConstructor }: Member): Type | null {
  return owner === null || isConstructor ? null : { kind: "handle", decl: owner };
}

/** Whether R's objects of a class have a `dispose()` from here: not where the class has a method of that name itself. */
export function isDisposable({ methods }: Pick<ExportedClass, "methods">): boolean {
  return methods.every((method) => rName(method.hostName ?? method.name) !== "dispose" && method.name !== "dispose");
}

/** What frees an object at once, for those who do not wait for R to collect it. */
export function lowerDispose(nativeName: string, decl: ExportedClass["decl"]): GlueFunction {
  return {
    key: null,
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

function lowerFunction(nativeName: string, member: Member, name: string): GlueFunction {
  const { key, exported } = member;
  const self = selfOf(member);
  const names = rParameterNames(exported, [...glueNames, ...(self === null ? [] : ["self"])]);
  const given = [
    ...(self === null ? [] : [{ type: self, name: "self" }]),
    ...exported.parameters.map(({ type }, i) => ({ type, name: names[i] ?? "" })),
  ];
  const result = localNames(given.map((one) => one.name))("result");
  const call = `${key}(${given.map((one) => passParameter(nativeName, one.type, one.name)).join(", ")})`;
  const returns = glueResultType(exported.returns);
  return {
    key,
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
