// A class that is marked, in a package that switched: what makes and frees its objects, and its members.

import type { Member } from "../../../c-abi/members.js";
import { destructorSymbol } from "../../../c-abi/names.js";
import type { FunctionKey } from "../../../model/description.js";
import type { ExportedClass, HandleInfo, Module, Type } from "../../../model/module.js";
import type { CppParameter, CppSignature } from "../../../print/expression.js";
import { cppType, qualifiedName } from "../../../types/derive.js";
import { classesByName, declaredTypes } from "../../../types/walk.js";
import { isDisposable, lowerDispose, membersInR, nameOfMember, rParameterNames, selfOf } from "../lower/glue.js";
import { readValue } from "../lower/values.js";
import { isMarked, type SwitchedBody, type SwitchedFamily, sharedType } from "./families.js";
import { type Layers, switchedLayers } from "./layers.js";

/** A constructor or method in the glue. */
export interface SwitchedMember {
  /** Null for a function that is not exported itself. */
  readonly key: FunctionKey | null;
  readonly signature: CppSignature;
  readonly body: readonly string[];
}

interface SwitchedClass {
  readonly family: SwitchedFamily;
  readonly members: readonly SwitchedMember[];
}

/** What of a class is exported. */
type MarkedClass = Pick<ExportedClass, "decl" | "make" | "methods">;

/** The classes whose annotation says what R calls them; all others pass unchanged, as torchexport had it. */
export function markedClasses(module: Module): readonly MarkedClass[] {
  const known = classesByName(module);
  return declaredTypes(module).flatMap((type) => {
    if (type.kind !== "handle" || !isMarked(type)) return [];
    return [known.get(qualifiedName(type.decl)) ?? { decl: type.decl, make: null, methods: [] }];
  });
}

export function lowerSwitchedClass(nativeName: string, exported: MarkedClass): SwitchedClass {
  const { decl } = exported;
  const members = membersInR(exported).map((member) => lowerMember(nativeName, member, decl));
  const alias = `${nativeName}_${decl.name}_handle`;
  const free: SwitchedBody = {
    c: { returns: "void", name: destructorSymbol(decl.name), parameters: [self] },
    body: [`delete reinterpret_cast<${alias}*>(self);`],
    failure: null,
  };
  return {
    family: { alias, cpp: sharedType({ decl }), functions: [...members.map(({ abi }) => abi), free] },
    members: [...members.map(({ glue }) => glue), ...(isDisposable(exported) ? [lowerDispose(nativeName, decl)] : [])],
  };
}

const self: CppParameter = { type: "void*", name: "self" };

function lowerMember(
  nativeName: string,
  member: Member,
  decl: HandleInfo,
): { readonly abi: SwitchedBody; readonly glue: SwitchedMember } {
  const { key, exported } = member;
  const object = selfOf(member);
  const result = switchedLayers(nativeName, exported.returns, exported.returnsSpelling, true);
  const names = rParameterNames(exported, ["self"]);
  const given = exported.parameters.map((parameter, i) => ({
    ...switchedLayers(nativeName, parameter.type, parameter.spelling, true),
    name: names[i] ?? "",
  }));
  const selves = (type: string): readonly CppParameter[] => (object === null ? [] : [{ type, name: "self" }]);
  const typed = (layer: "c" | "rcpp"): readonly CppParameter[] =>
    given.map((one) => ({ type: one[layer], name: one.name }));
  const read = given.map((one) => one.read(one.name)).join(", ");
  const passed = [
    ...(object === null ? [] : [readValue(nativeName, object, "self")]),
    ...given.map((one) => one.pass(one.name)),
  ];
  const isVoid = result.c === "void";
  const called = `${key}(${passed.join(", ")})`;
  return {
    abi: {
      c: { returns: result.c, name: key, parameters: [...selves("void*"), ...typed("c")] },
      body: bodyOf(exported.returns, object, exported.name, read, result),
      failure: isVoid ? null : result.zero,
    },
    glue: {
      key,
      signature: {
        returns: result.rcpp,
        name: nameOfMember(member, decl),
        parameters: [...selves("SEXP"), ...typed("rcpp")],
      },
      body: isVoid
        ? [`${called};`, "host_exception_handler();"]
        : [`return ${result.wrap(`torch_extension::checked(${called})`)};`],
    },
  };
}

/** The statements that make an object, or call a method of one. */
function bodyOf(
  returns: Type,
  object: Type | null,
  name: string,
  read: string,
  result: Pick<Layers, "c" | "make">,
): readonly string[] {
  if (object === null) {
    const made = returns.kind === "handle" ? returns.decl : null;
    if (made === null) return [];
    const cpp = cppType({ kind: "handle", decl: made });
    return [`return make_ptr<${sharedType({ decl: made })}>(std::make_shared<${cpp}>(${read}));`];
  }
  if (object.kind !== "handle") return [];
  const call = `(*reinterpret_cast<${sharedType(object)}*>(self))->${name}(${read})`;
  return result.c === "void" ? [`${call};`] : result.make(call);
}
